import AkinCore
package import Foundation
import GRDB

/// The changes that can be made to a store within one transaction, beside all that a reader can do. A writer lives only
/// as long as the body of `Store.write`.
package final class StoreWriter: StoreReader {
    /// The first failed change. A transaction with a failed change is not committed, since it may be incomplete.
    private(set) var failure: (any Error)?

    /// Documents put or deleted.
    var changedDocuments = 0

    /// Spaces by id, as this transaction sees them.
    var knownSpaces: [Int64: VectorSpace]?
    /// The newest change, once it has been asked for.
    private var head: (sequence: Int64, chain: Data)?

    /// Runs a change. If it fails, the whole transaction fails.
    func change<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch {
            if failure == nil { failure = error }
            throw error
        }
    }

    func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Adds a row to the change log.
    func log(_ operation: ChangeOperation, passage: Int64, space: Int64?, vector: Data, textHash: Data) throws {
        let last = try head ?? lastChange()
        let sequence = last.sequence + 1
        let chain = ChangeChain.next(
            after: last.chain, sequence: sequence, operation: operation, passage: passage, vector: vector,
            textHash: textHash)
        try execute(
            "INSERT INTO change (sequence, op, passage, space, chain) VALUES (?, ?, ?, ?, ?)",
            [sequence, operation.rawValue, passage, space, chain])
        head = (sequence, chain)
    }

    func spacesByID() throws -> [Int64: VectorSpace] {
        if let knownSpaces { return knownSpaces }
        let spaces = Dictionary(try self.spaces().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        knownSpaces = spaces
        return spaces
    }

    /// Stores a value under a key; nil deletes it.
    package func setSetting(_ key: String, _ value: String?) throws {
        guard key != "uuid", key != Self.anchorKey else {
            throw AkinError(
                .invalidArgument,
                "The setting \(key) belongs to the store itself and cannot be changed; choose another key.")
        }
        try change { try storeSetting(key, value) }
    }

    private func storeSetting(_ key: String, _ value: String?) throws {
        if let value {
            try execute(
                "\(RowChecksum.store.insertion) ON CONFLICT (key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum",
                [key, value])
        } else {
            try execute("DELETE FROM store WHERE key = ?", [key])
        }
    }

    /// Stores a space, whose `id` is ignored.
    ///
    /// - Returns: its id.
    package func createSpace(_ space: VectorSpace) throws -> Int64 {
        guard space.dimension > 0, let element = space.element, space.isImported || element.isOfEncoders,
            DistanceMetric(rawValue: space.metric) != nil
        else {
            throw AkinError(
                .invalidArgument,
                "A vector space needs a dimension above 0, the element type f16 or f32 (or int8, uint8 for imported vectors) "
                    + "and the metric cosine, dot or l2; got \(space.dimension), \(space.elementType) and \(space.metric)."
            )
        }
        knownSpaces = nil
        return try change {
            try execute(
                RowChecksum.vectorSpace.insertion,
                [
                    space.kind, space.encoderName, space.fingerprint, space.precision, space.dimension, space.metric,
                    space.elementType,
                    space.detailsJSON, space.status.rawValue, space.created,
                ])
            return database.lastInsertedRowID
        }
    }

    package func setStatus(_ status: VectorSpace.Status, space: Int64) throws {
        knownSpaces = nil
        try change {
            try execute("UPDATE vector_space SET status = ? WHERE id = ?", [status.rawValue, space])
            try execute(RowChecksum.vectorSpace.sealing(where: "id = ?"), [space])
        }
        guard database.changesCount == 1 else { throw noSpace(space) }
    }

    /// Deletes a space with its vectors, word model and query adapter. The change log keeps its rows.
    package func deleteSpace(id: Int64) throws {
        guard try spacesByID()[id] != nil else { throw noSpace(id) }
        knownSpaces = nil
        let keys = VectorKey.all(of: id)
        try change {
            try execute("DELETE FROM vector WHERE id BETWEEN ? AND ?", [keys.lowerBound, keys.upperBound])
            try execute("DELETE FROM vector_space WHERE id = ?", [id])
        }
        try deleteQueryAdapter(space: id)
    }

    func noSpace(_ id: Int64) -> AkinError { AkinError(.notFound, "There is no vector space \(id) in the store.") }

    /// Stores the model of a space of word vectors in place of an earlier one.
    package func saveWordModel(space: Int64, _ model: Data) throws {
        guard try spacesByID()[space] != nil else { throw noSpace(space) }
        try change {
            try execute("DELETE FROM word_model WHERE space = ?", [space])
            for (piece, start) in stride(from: 0, to: max(model.count, 1), by: Self.pieceBytes).enumerated() {
                let data = model.dropFirst(start).prefix(Self.pieceBytes)
                try execute("INSERT INTO word_model (space, piece, data) VALUES (?, ?, ?)", [space, piece, Data(data)])
            }
        }
    }

    private static let pieceBytes = 4 << 20

    /// Adds checksums to the rows that were written before there were checksums.
    package func sealRows() throws {
        try change {
            for table in RowChecksum.allCases { try execute(table.sealing(where: "checksum IS NULL"), []) }
        }
    }

    /// Deletes the changes before `through`. Its own row stays, as the anchor of the rest of the chain.
    ///
    /// A `through` beyond the newest change keeps the newest.
    package func pruneChanges(through: Int64) throws {
        let last = try lastChange().sequence
        let anchor = min(through, last)
        guard anchor > (try firstLoggedSequence()) else { return }
        try change {
            try execute("DELETE FROM change WHERE sequence < ?", [anchor])
            try storeSetting(Self.anchorKey, String(anchor))
        }
    }
}
