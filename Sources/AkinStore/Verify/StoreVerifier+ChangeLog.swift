import AkinCore
import Foundation
import GRDB

extension StoreVerifier {
    /// Recomputes the chain. A row's texts and vectors may be gone (deleted or replaced since); its chain is then taken
    /// as it is written, and the rows after it still prove that it has not changed.
    func changeLog() throws {
        let first = try reader.firstLoggedSequence()
        var lastVector: [Int64: Int64] = [:]
        var (added, deleted): (Set<Int64>, Set<Int64>) = ([], [])
        try forEachChange { change in
            if let space = change.space {
                lastVector[VectorKey.key(space: space, passage: change.passage)] = change.sequence
            }
            if change.operation == .add { added.insert(change.passage) }
            if change.operation == .delete { deleted.insert(change.passage) }
        }
        let known = Set(try reader.spaces(includingAltered: true).map(\.id))
        /// Whether all that went into a row's chain is still there.
        func isProvable(_ change: ChangeRow) -> Bool {
            if change.operation == .delete { return true }
            if deleted.contains(change.passage) { return false }
            guard let space = change.space else { return true }
            return known.contains(space)
                && lastVector[VectorKey.key(space: space, passage: change.passage)] == change.sequence
        }

        var kind = Kind("change log")
        defer { kind.report(to: found) }
        var (expected, previous): (Int64, ChangeRow?) = (first, nil)
        try forEachChange { change in
            if change.sequence != expected {
                kind.add(
                    .change(change.sequence), .missing,
                    "The change log jumps from \(expected - 1) to \(change.sequence).")
            }
            let before = previous?.chain ?? (change.sequence == 1 ? ChangeChain.origin : nil)
            // What a checksum has already shown needs no second finding.
            if let before, isProvable(change), !found.altered.contains(change.passage),
                try chain(of: change, after: before) != change.chain
            {
                found.contradicted.insert(change.passage)
                kind.add(
                    .change(change.sequence), .altered,
                    "Change \(change.sequence) does not match passage \(change.passage): text, vector or change log was altered."
                )
            }
            (expected, previous) = (change.sequence + 1, change)
        }
        try membership(added: added, deleted: deleted, lastVector: lastVector, isComplete: first == 1)
    }

    /// Compares the log with the rows: each existing passage and vector was logged, and no deleted one exists.
    private func membership(added: Set<Int64>, deleted: Set<Int64>, lastVector: [Int64: Int64], isComplete: Bool) throws
    {
        var kind = Kind("passages against the change log")
        defer { kind.report(to: found) }
        var gone = added.subtracting(deleted)
        let passages = try Int64.fetchCursor(reader.database, sql: "SELECT id FROM passage ORDER BY id")
        while let passage = try passages.next() {
            gone.remove(passage)
            if deleted.contains(passage) {
                kind.add(
                    .passage(passage), .unexpected, "Passage \(passage) exists although the change log deleted it.")
            }
            if isComplete, !added.contains(passage) {
                kind.add(.passage(passage), .unexpected, "Passage \(passage) is not in the change log.")
            }
        }
        for passage in gone.sorted() {
            kind.add(
                .passage(passage), .missing, "Passage \(passage) is missing, but the change log did not delete it.")
        }
        if isComplete {
            let keys = try Int64.fetchCursor(reader.database, sql: "SELECT id FROM vector ORDER BY id")
            while let key = try keys.next() {
                if lastVector[key] == nil {
                    let passage = VectorKey.passage(key)
                    kind.add(
                        .vector(passage: passage, space: nil), .unexpected,
                        "The vector of passage \(passage) is not in the change log.")
                }
            }
        }
    }

    private func chain(of change: ChangeRow, after previous: Data) throws -> Data {
        guard change.operation != .delete else {
            return ChangeChain.next(
                after: previous, sequence: change.sequence, operation: .delete, passage: change.passage, vector: Data(),
                textHash: Data())
        }
        let text = try reader.passage(id: change.passage)?.text ?? ""
        let vector = try change.space.flatMap { try reader.vectorData(space: $0, passage: change.passage) }
        return ChangeChain.next(
            after: previous, sequence: change.sequence, operation: change.operation, passage: change.passage,
            vector: vector ?? Data(), textHash: ChangeChain.textHash(text))
    }

    private func forEachChange(_ body: (ChangeRow) throws -> Void) throws {
        let cursor = try Row.fetchCursor(
            reader.database, sql: "SELECT sequence, op, passage, space, chain FROM change ORDER BY sequence")
        while let row = try cursor.next() { try body(StoreReader.change(row)) }
    }
}
