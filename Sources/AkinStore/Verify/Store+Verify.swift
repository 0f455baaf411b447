package import AkinCore
import Foundation
import GRDB

extension Store {
    /// Looks for whatever is wrong with the store; a whole store has no findings.
    ///
    /// Checks SQLite's own structure, foreign keys, the checksums of documents, passages and vectors, the hash chain of
    /// the change log, vectors without a passage or space, of the wrong size, not finite or not of unit length, the
    /// entries for filters, and the keyword index: word by word when the store was opened for writing, since FTS5 calls
    /// that a write, otherwise by passages only (see `keywordFindings`).
    ///
    /// - Parameter metadataEntries: The entries for filters of a document's metadata, nil when the JSON is no object;
    ///   without it they are unchecked.
    /// - Complexity: reads everything once; memory for one number a logged vector.
    package func verify(metadataEntries: ((String) -> [MetadataEntry]?)? = nil) throws -> [StoreFinding] {
        try examine(metadataEntries: metadataEntries).findings
    }

    /// What `verify` finds, and the passages that the change log contradicts and no checksum does.
    package func examine(metadataEntries: ((String) -> [MetadataEntry]?)?) throws -> (
        findings: [StoreFinding], contradicted: Set<Int64>
    ) {
        let found = Findings()
        // SQLite refuses to end a transaction in which it met a damaged page, so what was found must not hang on its
        // end.
        try noting(in: found) {
            try readOnce { StoreVerifier($0, found, metadataEntries: metadataEntries).run() }
        }
        if isWriter { try keywordFindings().forEach(found.add) }
        return (found.all, found.contradicted)
    }

    /// Compares the keyword index with the passages word by word, under the writer's lock. Changes nothing.
    ///
    /// - Throws: `AkinError(.locked)` when another writer holds the lock beyond the time limit;
    ///   `AkinError(.cannotCreate)` where a reader's store cannot be written.
    package func keywordFindings() throws -> [StoreFinding] {
        do {
            if isWriter { try write { try $0.checkKeywordIndex() } } else { try checkKeywordIndexForReader() }
            return []
        } catch let error as AkinError where [.invalidData, .internalFailure].contains(error.code) {
            return [StoreFinding(.keywordIndex, .outdated, "The keyword index does not match the passages.")]
        }
    }

    /// FTS5 takes the comparison for a write, so a reader uses a connection that can write. What it begins is rolled
    /// back.
    private func checkKeywordIndexForReader() throws {
        let lock = try FileLock(ofStore: path)
        try translatingErrors(path: path) {
            try lock.withLock(timeout: lockTimeout) {
                try DatabaseQueue(path: path, configuration: Connections.configuration()).writeWithoutTransaction {
                    database in
                    try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                    try database.inTransaction(.immediate) {
                        try StoreWriter(database).checkKeywordIndex()
                        return .rollback
                    }
                }
            }
        }
    }

    /// Turns an error of the stored bytes into a finding; others, such as a held lock, pass.
    private func noting(in findings: Findings, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as AkinError where error.code != .locked && error.cause != nil {
            findings.stop(error.cause ?? error)
        }
    }
}

/// What `Store.verify` has found so far.
final class Findings {
    private(set) var all: [StoreFinding] = []
    /// Passages whose rows do not have the checksums they should.
    var altered: Set<Int64> = []
    /// Passages that the change log contradicts.
    var contradicted: Set<Int64> = []

    func add(_ finding: StoreFinding) { all.append(finding) }

    func add(_ subject: StoreFinding.Subject, _ fault: StoreFinding.Fault, _ message: String) {
        add(StoreFinding(subject, fault, message))
    }

    /// Records what stopped a check, once for each reason.
    func stop(_ error: any Error) {
        let reason =
            switch error {
            case let error as DatabaseError: error.message ?? error.resultCode.description
            case let error as AkinError: error.message
            default: String(describing: error)
            }
        let finding = StoreFinding(
            .file, .unreadable, "Reading stopped: \(reason)\(reason.hasSuffix(".") ? "" : ".")")
        if !all.contains(finding) { add(finding) }
    }
}
