import AkinCore
import AkinIndex
import AkinStore
import AkinVectors

/// The passages nearest to a vector, with how they were found.
struct NearestPassages: Sendable {
    var neighbors: [Neighbor]
    var plan: SearchPlan
    var explanation: [String]
    var warnings: [String]
    /// Vectors in the space, so that the caller can tell when everything was returned.
    var total: Int
}

extension Database {
    /// The k passages nearest to `query` as the reader's transaction sees the store: graph ∪ exact scan of the log's tail − deleted ones,
    /// or an exact scan of everything.
    func nearest(
        _ query: [Float], space: VectorSpace, k: Int, plan: SearchPlan, reader: StoreReader
    ) throws -> NearestPassages {
        // Passages, of which each has at most one vector in a space, are counted without reading a vector.
        if plan == .exact { return try searchAll(query, space: space, k: k, reason: "asked for by --plan exact", reader: reader) }
        if plan == .auto, try reader.passageCount() <= configuration.exactThreshold {
            return try searchAll(
                query, space: space, k: k, reason: "there are at most \(configuration.exactThreshold)", reader: reader)
        }
        let total = try reader.vectorCount(space: space.id)
        var warnings: [String] = []
        var reason = "\(total) vectors are at most \(configuration.exactThreshold)"
        if plan == .graph || total > configuration.exactThreshold {
            let (snapshot, findings) = try snapshots.snapshot(of: space, store: store, reader: reader)
            warnings += findings.map { $0 + " Every vector was compared instead; 'akin optimize' builds the index anew." }
            if let snapshot {
                return try searchGraph(query, snapshot: snapshot, space: space, k: k, total: total, warnings: warnings, reader: reader)
            }
            if plan == .graph && findings.isEmpty {
                warnings.append(
                    total > configuration.exactThreshold
                        ? "This store has no index file yet, so every vector was compared; 'akin optimize' builds one."
                        : "No index file is kept up to \(configuration.exactThreshold) vectors, so every vector was compared.")
            }
            reason = "no index file fits the store"
        }
        return try searchAll(query, space: space, k: k, reason: reason, warnings: warnings, reader: reader)
    }

    private func searchAll(
        _ query: [Float], space: VectorSpace, k: Int, reason: String, warnings: [String] = [], reader: StoreReader
    ) throws -> NearestPassages {
        let index = try exactIndexes.index(of: space, reader: reader)
        let result = index.search(query, k: k, ef: nil, isAllowed: nil)
        return NearestPassages(
            neighbors: result.neighbors, plan: .exact,
            explanation: ["vectors: exact scan (\(reason)), \(result.distancesComputed) distances"], warnings: warnings,
            total: index.count)
    }

    private func searchGraph(
        _ query: [Float], snapshot: SnapshotCache.Mapped, space: VectorSpace, k: Int, total: Int, warnings: [String], reader: StoreReader
    ) throws -> NearestPassages {
        let tail = try LogTail(after: snapshot.header.lastSequence, space: space.id, reader: reader)
        let replaced = tail.deleted.union(tail.added)
        let isAllowed: ((Int64) -> Bool)? = replaced.isEmpty ? nil : { !replaced.contains($0) }
        let found = snapshot.index.search(query, k: k, ef: nil, isAllowed: isAllowed)
        var best = TopSelection(capacity: k)
        for neighbor in found.neighbors { best.offer(id: Int(neighbor.id), score: neighbor.similarity) }
        for (passage, vector) in zip(tail.added, try reader.vectors(space: space.id, passages: tail.added)) {
            if let vector { best.offer(id: Int(passage), score: try space.similarity(query, vector)) }
        }
        return NearestPassages(
            neighbors: best.sorted().map { Neighbor(id: Int64($0.id), similarity: $0.score) }, plan: .graph,
            explanation: [
                "vectors: HNSW graph of \(snapshot.index.count) (generation \(snapshot.header.generation)), "
                    + "\(found.distancesComputed) distances; "
                    + "log tail of \(tail.added.count) added scanned, \(tail.deleted.count) deleted left out"
            ],
            warnings: warnings, total: total)
    }
}

/// What changed in a space since an index file was written.
struct LogTail: Sendable {
    /// Passages that got a vector and still have one, each once.
    var added: [Int64] = []
    var deleted: Set<Int64> = []

    init(after sequence: Int64, space: Int64, reader: StoreReader) throws {
        for change in try reader.changes(after: sequence) {
            switch change.operation {
            case .add, .vector: if change.space == space { added.append(change.passage) }
            case .delete: deleted.insert(change.passage)
            }
        }
        var known = deleted
        added = added.filter { known.insert($0).inserted }
    }
}
