import AkinCore
package import Foundation
import GRDB

extension StoreReader {
    /// Whether there are rows that were written before there were checksums.
    package func hasUnsealedRows() throws -> Bool {
        try RowChecksum.allCases.contains { table in
            try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM \(table.rawValue) WHERE checksum IS NULL)")
                ?? false
        }
    }

    /// The newest change and its chain; sequence 0 and 32 zero bytes before the first.
    package func lastChange() throws -> (sequence: Int64, chain: Data) {
        guard let row = try firstRow("SELECT sequence, chain FROM change ORDER BY sequence DESC LIMIT 1") else {
            return (0, ChangeChain.origin)
        }
        let sequence: Int64 = try row.number(0, in: RowLimits.row, "number", of: "the newest change")
        return (sequence, try Self.chain(row, 1, of: sequence))
    }

    /// The chain at a change; nil when the log does not hold it: not yet written, or pruned. 32 zero bytes at 0, as
    /// long as nothing is pruned.
    package func chain(at sequence: Int64) throws -> Data? {
        if sequence == 0 { return try firstLoggedSequence() == 1 ? ChangeChain.origin : nil }
        return try Data.fetchOne(
            database.cachedStatement(sql: "SELECT chain FROM change WHERE sequence = ?"), arguments: [sequence])
    }

    /// The changes after a sequence number, oldest first. Meaningful only if `chain(at: sequence)` is not nil.
    package func changes(after sequence: Int64) throws -> [ChangeRow] {
        var changes: [ChangeRow] = []
        let cursor = try rows(
            "SELECT sequence, op, passage, space, chain FROM change WHERE sequence > ? ORDER BY sequence", [sequence])
        while let row = try cursor.next() { changes.append(try Self.change(row)) }
        return changes
    }

    /// The sequence number that the log's first row must have: 1, or the anchor that pruning left.
    func firstLoggedSequence() throws -> Int64 {
        Int64(try number(ofSetting: Self.anchorKey, in: 1...Int(RowLimits.row.upperBound)) ?? 1)
    }

    /// The setting that holds the sequence number of the first row kept by pruning.
    static let anchorKey = "change.anchor"

    static func change(_ row: Row) throws -> ChangeRow {
        let sequence: Int64 = try row.number(0, in: RowLimits.row, "number", of: "a change")
        let code: Int = try row.decode(atIndex: 1)
        guard let operation = ChangeOperation(rawValue: code) else {
            throw AkinError.impossible("Change \(sequence) has the unknown operation \(code)")
        }
        // A repaired store's log begins with the deletion of passage 0.
        return try ChangeRow(
            sequence: sequence, operation: operation,
            passage: row.number(2, in: 0...RowLimits.passage.upperBound, "passage", of: "change \(sequence)"),
            space: row.hasNull(atIndex: 3)
                ? nil : row.number(3, in: RowLimits.space, "space", of: "change \(sequence)"),
            chain: chain(row, 4, of: sequence))
    }

    private static func chain(_ row: Row, _ index: Int, of sequence: Int64) throws -> Data {
        let chain: Data = try row.decode(atIndex: index)
        guard chain.count == ChangeChain.origin.count else {
            throw AkinError.impossible(
                "The chain at change \(sequence) has \(chain.count) bytes, not \(ChangeChain.origin.count)")
        }
        return chain
    }
}
