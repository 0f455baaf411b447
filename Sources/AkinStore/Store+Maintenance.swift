import AkinCore
import Foundation
import GRDB

extension Store {
    /// Returns the space of deleted rows to the file system. Needs as much free disk space as the size of the store.
    package func compact() throws {
        try withLockedConnection { try $0.execute(sql: "VACUUM") }
        try checkpoint()
    }
}

extension StoreWriter {
    /// Merges the keyword index into one piece. This is slow; searches are faster after it.
    package func optimizeKeywordIndex() throws {
        try change { try execute("INSERT INTO passage_search (passage_search) VALUES ('optimize')", []) }
    }

    /// Compares the keyword index with the texts of the passages; changes nothing.
    func checkKeywordIndex() throws {
        try execute("INSERT INTO passage_search (passage_search, rank) VALUES ('integrity-check', 1)", [])
    }
}
