import AkinCore
import Synchronization

extension Store {
    /// What a writer has committed since it opened its store.
    struct Committed {
        private var commits = 0
        private var documents = 0

        mutating func add(documents: Int) {
            commits += 1
            self.documents += documents
        }

        /// As the subject of a sentence; nil when nothing was committed.
        var sentence: String? {
            guard commits > 0 else { return nil }
            let changed = documents == 0 ? "" : " with \(documents) \(documents == 1 ? "document" : "documents")"
            return commits == 1 ? "1 commit\(changed)" : "\(commits) commits\(changed)"
        }
    }

    /// Makes sure, under the lock, that what is committed goes into the file that the store's path leads to, and that
    /// the lock is the one that others will find.
    func requireInPlace(_ opened: Connections) throws {
        try opened.files.requireInPlace(committed: committed.withLock { $0.sentence })
        guard lock?.isInPlace ?? true else {
            throw AkinError(
                .locked,
                "The lock file \(path)-lock was removed or replaced while Akin was writing, so another process may be writing too: this "
                    + "change was not stored.",
                remedy: .tryAgain)
        }
    }

    /// As `requireInPlace`, before the log is merged for the last time. A log that has lost its name is merged if there
    /// is no other.
    func requireMergeable(_ last: Connections) throws {
        do {
            try requireInPlace(last)
        } catch  where last.files.areOfThePath && StoreStamp(path: path).hasEmptyLog {
            // The connection still has the log open, and nobody else can have written.
        }
    }
}
