import AkinCore
import AkinPostings
import AkinStore
import Foundation
import Logging

extension Database {
    /// Whether the store's size calls for a file of postings and there is none that fits, or one that is far behind.
    func isPostingsFileDue(_ reader: any StoreReading) throws -> Bool {
        guard try reader.passageCount() > configuration.postingsThreshold, try !KeywordTextVersion.isOutdated(reader)
        else { return false }
        guard let base = try postings.file(store: store, reader: reader).file?.postings else { return true }
        let tail = try PassageTail(after: base.header.lastSequence, reader: reader)
        return Double(tail.count) > PostingsCache.largestTail * Double(base.passageCount)
    }

    /// Builds the postings of all passages and publishes them beside the store; older files are removed. Returns the
    /// path.
    ///
    /// Where a file fits the store, it is merged with what changed since, and only passages that are not in it are
    /// tokenized; else all are. They are read in one transaction, outside the writer's lock; commits made meanwhile are
    /// the new file's tail. Memory: `PostingsRuns.standardCapacity`, and the words themselves.
    @discardableResult
    func buildPostingsFile() throws -> String {
        let files = IndexFiles(store: store)
        let gathered = try store.read { reader in
            try changedPostings(reader, files) ?? allPostings(reader, files)
        }
        let path = try store.write { writer in
            files.removeLeftovers()
            let file = files.next(of: .words)
            let header = PostingsHeader(
                storeUUID: store.uuid, generation: file.generation, lastSequence: gathered.head.sequence,
                chain: gathered.head.chain, textVersion: KeywordTextVersion.current)
            try gathered.runs.write(header, to: file.path, after: gathered.base, like: store.path)
            files.remove(.words, before: file.generation)
            return file.path
        }
        logger.debug(
            "built the postings \(path): \(gathered.runs.passageCount) passages read, \(gathered.base == nil ? 0 : 1) file merged"
        )
        return path
    }

    /// What a new file is made of.
    private struct GatheredPostings {
        /// An older file, and passages in it that are there no more.
        var base: (postings: Postings, removed: Set<Int64>)?
        var runs: PostingsRuns
        /// The change log's head that all this stands for.
        let head: (sequence: Int64, chain: Data)
    }

    private func allPostings(_ reader: any StoreReading, _ files: IndexFiles) throws -> GatheredPostings {
        var gathered = GatheredPostings(
            base: nil, runs: PostingsRuns(besides: files.next(of: .words).path), head: try reader.lastChange())
        try gathered.runs.add(afterPassage: 0, reader)
        return gathered
    }

    /// The newest file and what changed since; nil where none fits, or where the change log does not say what the
    /// tables hold.
    private func changedPostings(_ reader: any StoreReading, _ files: IndexFiles) throws -> GatheredPostings? {
        guard let base = try postings.file(store: store, reader: reader).file?.postings else { return nil }
        let tail = try PassageTail(after: base.header.lastSequence, reader: reader)
        var gathered = GatheredPostings(
            base: (base, tail.deleted), runs: PostingsRuns(besides: files.next(of: .words).path),
            head: try reader.lastChange())
        if let first = tail.added.min() {
            guard base.lastPassage.map({ $0 < first }) ?? true else { return nil }
            try gathered.runs.add(afterPassage: first - 1, reader)
        }
        let kept = base.passageCount - tail.deleted.count(where: base.holds)
        return try kept + gathered.runs.passageCount == reader.passageCount() ? gathered : nil
    }

    /// Builds the file of postings where the store's size calls for one and there is none of its present state. Returns
    /// what was done.
    func buildOutdatedPostingsFile() throws -> Note? {
        let isOutdated = try store.read { reader in
            guard try reader.passageCount() > configuration.postingsThreshold,
                try !KeywordTextVersion.isOutdated(reader)
            else { return false }
            guard let base = try postings.file(store: store, reader: reader).file?.postings else { return true }
            // Vectors that were logged since change no words, but each process would read their changes.
            return try base.header.lastSequence < reader.lastChange().sequence
        }
        guard isOutdated else { return nil }
        return Note("The index over the words was built: \(try buildPostingsFile()).")
    }
}

extension PostingsRuns {
    /// Adds every passage of a store behind one. Cost: reads and tokenizes their texts.
    fileprivate mutating func add(afterPassage passage: Int64, _ reader: any StoreReading) throws {
        try reader.forEachKeywordText(afterPassage: passage) {
            try CancellationFlag.check()
            try add(passage: $0, terms: $1)
        }
    }
}
