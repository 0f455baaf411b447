import AkinCore
import AkinPostings
import AkinStore
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
    /// They are built from one read transaction, outside the writer's lock; commits made meanwhile are the new file's
    /// tail. Cost: reads and tokenizes all texts.
    @discardableResult
    func buildPostingsFile() throws -> String {
        let (builder, head) = try store.read { reader in
            var builder = PostingsBuilder()
            try reader.forEachKeywordText { passage, terms in
                try CancellationFlag.check()
                try builder.add(passage: passage, terms: terms)
            }
            return (builder, try reader.lastChange())
        }
        let files = IndexFiles(store: store)
        let path = try store.write { writer in
            files.removeLeftovers()
            let file = files.next(of: .words)
            let header = PostingsHeader(
                storeUUID: store.uuid, generation: file.generation, lastSequence: head.sequence, chain: head.chain,
                textVersion: KeywordTextVersion.current)
            try builder.write(header, to: file.path, like: store.path)
            files.remove(.words, before: file.generation)
            return file.path
        }
        logger.debug("built the postings \(path) of \(builder.passageCount) passages")
        return path
    }

    /// Builds the file of postings where the store's size calls for one and there is none of its present state. Returns
    /// what was done.
    func buildOutdatedPostingsFile() throws -> Note? {
        let isOutdated = try store.read { reader in
            guard try reader.passageCount() > configuration.postingsThreshold,
                try !KeywordTextVersion.isOutdated(reader)
            else { return false }
            guard let base = try postings.file(store: store, reader: reader).file?.postings else { return true }
            return try PassageTail(after: base.header.lastSequence, reader: reader).count > 0
        }
        guard isOutdated else { return nil }
        return Note("The index over the words was built: \(try buildPostingsFile()).")
    }
}
