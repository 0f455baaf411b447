import AkinCore
package import Foundation
import GRDB

extension StoreReader {
    /// Whether there are rows of before there were checksums.
    package func hasUnsealedRows() throws -> Bool {
        try RowChecksum.allCases.contains { table in
            try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM \(table.rawValue) WHERE checksum IS NULL)") ?? false
        }
    }

    /// The newest change and its chain; sequence 0 and 32 zero bytes before the first.
    package func lastChange() throws -> (sequence: Int64, chain: Data) {
        guard let row = try firstRow("SELECT sequence, chain FROM change ORDER BY sequence DESC LIMIT 1") else {
            return (0, ChangeChain.origin)
        }
        return try (row.decode(atIndex: 0), row.decode(atIndex: 1))
    }

    /// The chain at a change; nil when the log does not hold it: not yet written, or pruned. 32 zero bytes at 0, while nothing is pruned.
    package func chain(at sequence: Int64) throws -> Data? {
        if sequence == 0 { return try firstLoggedSequence() == 1 ? ChangeChain.origin : nil }
        return try Data.fetchOne(database.cachedStatement(sql: "SELECT chain FROM change WHERE sequence = ?"), arguments: [sequence])
    }

    /// The changes after a sequence number, oldest first. Meaningful only if `chain(at: sequence)` is not nil.
    package func changes(after sequence: Int64) throws -> [ChangeRow] {
        var changes: [ChangeRow] = []
        let cursor = try rows("SELECT sequence, op, passage, space, chain FROM change WHERE sequence > ? ORDER BY sequence", [sequence])
        while let row = try cursor.next() { changes.append(try Self.change(row)) }
        return changes
    }

    /// The sequence number that the log's first row must have: 1, or the anchor that pruning left.
    func firstLoggedSequence() throws -> Int64 { try setting(Self.anchorKey).flatMap { Int64($0) } ?? 1 }

    /// The setting that holds the sequence number of the first row kept by pruning.
    static let anchorKey = "change.anchor"

    static func change(_ row: Row) throws -> ChangeRow {
        let code: Int = try row.decode(atIndex: 1)
        guard let operation = ChangeOperation(rawValue: code) else {
            throw AkinError(
                .invalidData, "Change \(try row.decode(Int64.self, atIndex: 0)) has the unknown operation \(code); run akin verify.")
        }
        return try ChangeRow(
            sequence: row.decode(atIndex: 0), operation: operation, passage: row.decode(atIndex: 2), space: row.decode(atIndex: 3),
            chain: row.decode(atIndex: 4))
    }
}
