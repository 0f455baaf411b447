import AkinCore
import AkinIndex
import AkinStore
import AkinVectors

/// The passages nearest to a vector, with how they were found.
struct NearestPassages: Sendable {
    var neighbors: [Neighbor]
    var plan: SearchPlan
    /// Vectors compared with the query.
    var distances: Int
    /// How they were found.
    var step: SearchStep
    var warnings: [Note]
    /// The most passages that could be returned, so that the caller can see when everything was returned.
    var total: Int
}

/// What is looked for: the k passages of a space nearest to a vector, among those that may be returned.
struct NearestRequest {
    var query: [Float]
    var space: VectorSpace
    var k: Int
    var plan: SearchPlan
    /// Nil allows all.
    var admission: Admission?
}

extension Database {
    /// Allowed passages up to which their vectors are read from the store and compared, without an index. A look-up
    /// takes a few microseconds.
    private static let fewPassages = 200

    /// The passages nearest to a vector as the reader's transaction sees the store: graph ∪ exact scan of the log's
    /// tail − deleted ones, an exact scan of everything, or of the few that are allowed. As many as asked for, or
    /// all that there are.
    func nearest(_ request: NearestRequest, reader: any StoreReading) throws -> NearestPassages {
        if let allowed = request.admission?.knownRows, allowed.count <= Self.fewPassages, request.plan != .graph {
            return try searchFew(request, allowed: allowed, reader: reader)
        }
        if request.plan == .exact { return try searchAll(request, reason: .askedFor, reader: reader) }
        // Passages, of which each has at most one vector in a space, are counted without reading a vector.
        let passages = try passageCounts.count(reader)
        let threshold = configuration.exactThreshold(dimension: request.space.dimension)
        if request.plan == .auto, passages <= threshold {
            return try searchAll(request, reason: .few(atMost: threshold), reader: reader)
        }
        let (snapshot, findings, _) = try snapshots.snapshot(of: request.space, store: store, reader: reader)
        var warnings = findings.map {
            Note("\($0) Every vector was compared instead.", remedy: .optimize)
        }
        if let snapshot {
            return try searchGraph(request, snapshot: snapshot, warnings: warnings, reader: reader)
        }
        if request.plan == .graph && findings.isEmpty {
            warnings.append(
                passages > threshold
                    ? Note("This store has no index file yet, so every vector was compared.", remedy: .optimize)
                    : "No index file is kept up to \(threshold) vectors, so every vector was compared.")
        }
        return try searchAll(request, reason: .noIndexFile, warnings: warnings, reader: reader)
    }

    /// Compares the vectors of a few passages, read one by one.
    private func searchFew(_ request: NearestRequest, allowed: RowSet, reader: any StoreReading) throws
        -> NearestPassages
    {
        var best = TopSelection(capacity: request.k)
        var distances = 0
        for (passage, vector) in zip(allowed.ids, try reader.vectors(space: request.space.id, passages: allowed.ids)) {
            guard let vector else { continue }
            best.offer(id: Int(passage), score: try request.space.similarity(request.query, vector))
            distances += 1
        }
        return NearestPassages(
            neighbors: best.neighbors, plan: .exact, distances: distances,
            step: .vectorScan(.allowed, distances: distances), warnings: [], total: distances)
    }

    private func searchAll(
        _ request: NearestRequest, reason: SearchStep.VectorScan.Reason, warnings: [Note] = [], reader: any StoreReading
    ) throws -> NearestPassages {
        try request.admission?.settle()
        let allowed = request.admission?.knownRows
        if let allowed, try exactIndexes.knownIndex(of: request.space, reader: reader) == nil,
            allowed.count * 4 < (try passageCounts.count(reader))
        {
            return try searchFew(request, allowed: allowed, reader: reader)
        }
        let index = try exactIndexes.index(of: request.space, reader: reader)
        let result = index.search(
            request.query, k: request.k, ef: nil,
            isAllowed: request.admission.map { admission in { admission.admits($0) } })
        try request.admission?.rethrow()
        return NearestPassages(
            neighbors: result.neighbors, plan: .exact, distances: result.distancesComputed,
            step: .vectorScan(.all(reason), distances: result.distancesComputed), warnings: warnings,
            total: min(index.count, allowed?.count ?? .max))
    }

    private func searchGraph(
        _ request: NearestRequest, snapshot: SnapshotCache.Mapped, warnings: [Note], reader: any StoreReading
    ) throws -> NearestPassages {
        let tail = try LogTail(after: snapshot.header.lastSequence, space: request.space.id, reader: reader)
        let found = snapshot.index.search(
            request.query, k: request.k, ef: nil, isAllowed: Self.isAllowed(tail, request.admission))
        try request.admission?.rethrow()
        var best = TopSelection(capacity: request.k)
        for neighbor in try scoredByStore(found.neighbors, snapshot.index, request, reader: reader) {
            best.offer(id: Int(neighbor.id), score: neighbor.similarity)
        }
        let added = try tail.added.filter { try request.admission?.allows($0) ?? true }
        for (passage, vector) in zip(added, try reader.vectors(space: request.space.id, passages: added)) {
            if let vector { best.offer(id: Int(passage), score: try request.space.similarity(request.query, vector)) }
        }
        let route: SearchStep.GraphRoute =
            switch found.plan {
            case .walk: .walk
            case .scan: request.admission == nil ? .scan : .allowedScan
            case .walkThenScan: .walkThenScan
            }
        return NearestPassages(
            neighbors: best.neighbors, plan: .graph, distances: found.distancesComputed + added.count,
            step: .graphSearch(
                route, vectors: snapshot.index.count, generation: snapshot.header.generation,
                distances: found.distancesComputed, pending: added.count, deleted: tail.deleted.count),
            warnings: warnings,
            total: min(snapshot.index.count + tail.added.count, request.admission?.knownRows?.count ?? .max))
    }

    /// Neighbours with the scores that the store's vectors give: the index's own, where it keeps the same ones.
    private func scoredByStore(
        _ neighbors: [Neighbor], _ index: HNSWIndex, _ request: NearestRequest, reader: any StoreReading
    ) throws -> [Neighbor] {
        // Imported vectors are normalised in the index, where they are compared by cosine.
        if !request.space.isImported, let element = request.space.element, index.keepsExactly(element) {
            return neighbors
        }
        let vectors = try reader.vectors(space: request.space.id, passages: neighbors.map(\.id))
        return try zip(neighbors, vectors).map { neighbor, vector in
            guard let vector else { return neighbor }
            return Neighbor(id: neighbor.id, similarity: try request.space.similarity(request.query, vector))
        }
    }

    /// What the graph may return: nothing that the log's tail replaces or that is refused.
    private static func isAllowed(_ tail: LogTail, _ admission: Admission?) -> ((Int64) -> Bool)? {
        let replaced = tail.deleted.union(tail.added)
        switch (admission, admission?.knownRows) {
        case (nil, _): return replaced.isEmpty ? nil : { !replaced.contains($0) }
        case (_, let rows?):
            // Sets of the present state hold no deleted passages.
            let added = Set(tail.added)
            return added.isEmpty ? { rows.contains($0) } : { rows.contains($0) && !added.contains($0) }
        case (let admission?, nil): return { !replaced.contains($0) && admission.admits($0) }
        }
    }
}

extension TopSelection {
    /// The kept entries as passages, best first.
    fileprivate var neighbors: [Neighbor] { sorted().map { Neighbor(id: Int64($0.id), similarity: $0.score) } }
}

/// What changed in a space since an index file was written.
struct LogTail: Sendable {
    /// Passages that got a vector and still have one, each once.
    var added: [Int64] = []
    var deleted: Set<Int64> = []

    init(after sequence: Int64, space: Int64, reader: any StoreReading) throws {
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
