import AkinCore
import AkinIndex
import AkinPostings
import AkinStore
import AkinVectors
import Foundation
import Logging

extension Database {
    /// The share of vectors outside an index file, of those inside, from which the file is built again after a write.
    private static let staleShare = 0.1

    /// Builds the index files that the store's size calls for and that are missing or far behind.
    func buildIndexIfDue(progress: ProgressHandler?) throws {
        for space in try servingSpaces() {
            let due = try store.read { reader in
                let total = try reader.vectorCount(space: space.id)
                guard total > configuration.exactThreshold(dimension: space.dimension) else { return false }
                guard let snapshot = try snapshots.snapshot(of: space, store: store, reader: reader).snapshot else {
                    return true
                }
                let tail = try LogTail(after: snapshot.header.lastSequence, space: space.id, reader: reader)
                return Double(tail.added.count + tail.deleted.count) > Self.staleShare * Double(snapshot.index.count)
            }
            if due { _ = try buildIndex(of: space, progress: progress) }
        }
        if try store.read(isPostingsFileDue) { try buildPostingsFile() }
    }

    /// Builds what is due after a commit. An index file that cannot be written, as on a full disk, gives a note and no
    /// error: what was committed stands, and searches work without the file.
    func buildIndexAfterCommit(progress: ProgressHandler?) throws -> [Note] {
        do {
            try buildIndexIfDue(progress: progress)
            return []
        } catch let error as AkinError where [.inputOutput, .cannotCreate].contains(error.code) {
            return [
                Note(
                    "The documents are stored, but no index file could be written: \(error.message) "
                        + "Searches compare all vectors, or look at all words, meanwhile.",
                    remedy: .optimize)
            ]
        }
    }

    /// Builds an index file over a space and publishes it beside the store; older files of the space are removed.
    /// Returns its path.
    ///
    /// Where a file of the space fits the store, only what changed since is inserted into its graph or removed from it;
    /// `again` builds the graph from all vectors in any case. The graph is built from one read transaction, outside the
    /// writer's lock; commits made meanwhile are the new file's tail.
    @discardableResult
    func buildIndex(of space: VectorSpace, fromScratch: Bool = false, progress: ProgressHandler?) throws -> String {
        let path = try publishIndex(of: space, fromScratch: fromScratch, progress: progress)
        // Maps the new file, once the graph is released and there is room.
        try store.write(pruneLog)
        return path
    }

    private func publishIndex(of space: VectorSpace, fromScratch: Bool, progress: ProgressHandler?) throws -> String {
        let files = IndexFiles(store: store)
        let (graph, head) =
            try (fromScratch ? nil : mergedGraph(of: space, progress: progress))
            ?? buildGraph(of: space, progress: progress)
        let file = files.next(of: .graph(space: space.id))
        let header = SnapshotHeader(
            of: graph, storeUUID: store.uuid, space: space.id, encoderFingerprint: space.fingerprint,
            generation: file.generation,
            lastSequence: head.sequence, chain: head.chain)
        try store.write { writer in
            files.removeLeftovers()
            // Another process may have given the store vectors of another encoder meanwhile.
            guard try writer.space(id: space.id) != nil else { return }
            try Snapshot.write(graph, header: header, to: file.path, like: store.path)
            files.remove(.graph(space: space.id), before: file.generation)
        }
        logger.debug("built the index \(file.path) over \(graph.count) vectors")
        return file.path
    }

    /// The graph of a space's index file with what changed since; nil where no file fits the store. Cost: the change,
    /// and one copy of the graph.
    private func mergedGraph(of space: VectorSpace, progress: ProgressHandler?) throws -> (
        HNSWIndex, head: (sequence: Int64, chain: Data)
    )? {
        let change = try store.read { reader -> (HNSWIndex, LogTail, [[Float]?], (sequence: Int64, chain: Data))? in
            guard let snapshot = try snapshots.snapshot(of: space, store: store, reader: reader).snapshot else {
                return nil
            }
            let tail = try LogTail(after: snapshot.header.lastSequence, space: space.id, reader: reader)
            return (
                snapshot.index, tail, try reader.vectors(space: space.id, passages: tail.added), try reader.lastChange()
            )
        }
        guard let (index, tail, vectors, head) = change else { return nil }
        let added = try zip(tail.added, vectors).compactMap { passage, vector in
            try vector.map { (passage, try space.comparable($0)) }
        }
        let graph = try index.extended(
            ids: added.map(\.0), vectors: Matrix(added.map(\.1)), removed: tail.deleted.union(tail.added),
            threads: configuration.threads,
            progress: Self.handler(progress))
        return (graph, head)
    }

    private static func handler(_ progress: ProgressHandler?) -> @Sendable (Int, Int) -> Void {
        { done, total in
            progress?(
                WorkProgress(
                    phase: .buildingIndex, completed: Double(done), total: Double(total), unit: .vectors,
                    documents: 0))
        }
    }

    /// The HNSW graph over a space as one read transaction sees it, in memory, with the log position it stands for.
    func buildGraph(of space: VectorSpace, progress: ProgressHandler?) throws -> (
        HNSWIndex, head: (sequence: Int64, chain: Data)
    ) {
        let (rows, head) = try store.read { (try $0.graphRows(of: space), try $0.lastChange()) }
        let graph = try HNSWIndex.build(rows, threads: configuration.threads, progress: Self.handler(progress))
        return (graph, head)
    }

    /// Forgets changes that every index file already holds; a store without index files needs none of them.
    private func pruneLog(_ writer: StoreWriter) throws {
        var oldest = try writer.lastChange().sequence
        for space in try writer.spaces() where space.status == .active {
            if let header = try snapshots.snapshot(of: space, store: store, reader: writer).snapshot?.header {
                oldest = min(oldest, header.lastSequence)
            }
        }
        if let header = try postings.file(store: store, reader: writer).file?.postings.header {
            oldest = min(oldest, header.lastSequence)
        }
        try writer.pruneChanges(through: oldest)
    }

    /// The spaces that queries may use.
    func servingSpaces() throws -> [VectorSpace] { try store.read { try $0.spaces().filter { $0.status == .active } } }
}
