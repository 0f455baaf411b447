import AkinCore
import Foundation
import GRDB

extension Store {
    /// Copies the store as it is now into a new file, compacted, while others may go on reading and writing it.
    ///
    /// The copy appears under its name only when it is complete and on the disk.
    ///
    /// - Throws: `AkinError(.cannotCreate)` when the target exists or cannot be written.
    package func backup(to target: String) throws {
        let target = StoreFile.canonical(target)
        guard !FileManager.default.fileExists(atPath: target) else {
            throw AkinError(.cannotCreate, "\(target) exists already; a backup does not overwrite, so choose another name.")
        }
        let partial = target + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try withConnection { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
            try StoreFile.flush(partial)
            try FileManager.default.moveItem(atPath: partial, toPath: target)
            try StoreFile.flush(URL(fileURLWithPath: target).deletingLastPathComponent().path)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            // What cannot be opened here is the target, not the store.
            if let error = error as? AkinError, error.code != .cannotCreate { throw error }
            throw AkinError(
                .cannotCreate, "The backup \(target) cannot be written; see that its folder exists, can be written and has room.",
                cause: (error as? AkinError)?.cause ?? error)
        }
    }

    /// Gives the space of deleted rows back to the file system. Needs as much free disk as the store is large.
    package func compact() throws {
        try withLockedConnection { try $0.execute(sql: "VACUUM") }
        try checkpoint()
    }
}

extension StoreWriter {
    /// Makes the keyword index anew from the passages.
    package func rebuildKeywordIndex() throws {
        try change { try execute("INSERT INTO passage_search (passage_search) VALUES ('rebuild')", []) }
    }

    /// Merges the keyword index into one piece: slow, and searches are faster after it.
    package func optimizeKeywordIndex() throws {
        try change { try execute("INSERT INTO passage_search (passage_search) VALUES ('optimize')", []) }
    }

    /// Compares the keyword index with the texts of the passages; changes nothing.
    func checkKeywordIndex() throws {
        try execute("INSERT INTO passage_search (passage_search, rank) VALUES ('integrity-check', 1)", [])
    }
}
