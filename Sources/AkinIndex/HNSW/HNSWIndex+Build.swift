import AkinCore
package import AkinVectors

extension HNSWIndex {
    /// Builds an index over identified vectors.
    ///
    /// With one thread the index, and the snapshot of it, is the same byte for byte whenever rows, order and parameters are; more threads
    /// promise its quality only.
    ///
    /// - Parameters:
    ///   - ids: One for each row, all different.
    ///   - vectors: (ids, dimension), finite; unit length under `cosine`. Copied.
    ///   - progress: Called now and then with the rows inserted and to insert (identical rows count once), from any of the threads.
    /// - Throws: `AkinError.invalidArgument` for parameters out of range, ids that repeat, or as many ids as rows there are not.
    /// - Complexity: about rows × efConstruction × 20 comparisons.
    package static func build(
        ids: [Int64], vectors: Matrix, metric: VectorMetric, parameters: HNSWParameters = HNSWParameters(), threads: Int = 1,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> HNSWIndex {
        if let fault = parameters.fault { throw AkinError(.invalidArgument, fault) }
        return try make(
            from: nil, kept: [], ids: ids, vectors: vectors, metric: metric, parameters: parameters, threads: threads, progress: progress)
    }

    /// A new index with vectors added and ids removed; this one stays as it is.
    ///
    /// Removed nodes stay as waypoints until more than a quarter of all are, then the graph is built anew from what is left.
    ///
    /// - Parameters:
    ///   - ids: One for each added row, different from each other and from those that stay; an id both removed and added is replaced.
    ///   - vectors: (ids, dimension).
    ///   - removed: Ids to leave out; those that the index does not hold are ignored.
    /// - Throws: `AkinError.invalidArgument` for ids that repeat or vectors of another dimension.
    package func extended(
        ids: [Int64], vectors: Matrix, removed: Set<Int64> = [], threads: Int = 1, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> HNSWIndex {
        guard ids.isEmpty || vectors.columns == dimension else {
            throw AkinError(
                .invalidArgument, "The added vectors have \(vectors.columns) components, the index's have \(dimension); encode them alike.")
        }
        let added = ids.isEmpty ? Matrix(rows: 0, columns: dimension) : vectors
        var kept: [(node: UInt32, id: Int64)] = []
        kept.reserveCapacity(count)
        var liveNodes = 0
        for node in 0..<UInt32(graph.nodeCount) {
            let before = kept.count
            for member in graph.members(of: node) where !removed.contains(graph.ids[member]) { kept.append((node, graph.ids[member])) }
            if kept.count > before { liveNodes += 1 }
        }
        if 4 * liveNodes >= 3 * graph.nodeCount, graph.nodeCount > 0 {
            return try Self.make(
                from: graph, kept: kept, ids: ids, vectors: added, metric: metric, parameters: parameters, threads: threads,
                progress: progress)
        }
        var all = Matrix(rows: kept.count + added.rows, columns: dimension)
        all.withUnsafeMutablePointer { target in
            for (row, member) in kept.enumerated() {
                (target + row * dimension).update(from: graph.measure.row(member.node), count: dimension)
            }
            added.withUnsafePointer { (target + kept.count * dimension).update(from: $0, count: added.rows * dimension) }
        }
        return try Self.make(
            from: nil, kept: [], ids: kept.map(\.id) + ids, vectors: all, metric: metric, parameters: parameters, threads: threads,
            progress: progress)
    }

    private static func make(
        from existing: HNSWGraph?, kept: [(node: UInt32, id: Int64)], ids: [Int64], vectors: Matrix, metric: VectorMetric,
        parameters: HNSWParameters, threads: Int, progress: (@Sendable (Int, Int) -> Void)?
    ) throws -> HNSWIndex {
        guard ids.count == vectors.rows else {
            throw AkinError(.invalidArgument, "There are \(ids.count) ids for \(vectors.rows) vectors; give one for each.")
        }
        var seen = Set<Int64>(minimumCapacity: ids.count + kept.count)
        for id in kept.lazy.map(\.id) + ids where !seen.insert(id).inserted {
            throw AkinError(
                .invalidArgument, "The id \(id) stands for two vectors of one index; remove the old one with it or choose another.")
        }
        let old = existing?.nodeCount ?? 0
        guard old + ids.count < GraphLinks.maximumNodes else {
            throw AkinError(.invalidArgument, "An index holds fewer than \(GraphLinks.maximumNodes) vectors; split the store.")
        }
        let distinct = vectors.withUnsafePointer { added in
            DistinctRows(
                existing: existing?.rows ?? added, existingCount: old, added: added, addedCount: vectors.rows, dimension: vectors.columns)
        }
        let builder = HNSWBuilder(existing: existing, added: vectors, newRows: distinct.newRows, metric: metric, parameters: parameters)
        try builder.run(threads: threads, progress: progress)
        return HNSWIndex(graph: builder.graph(members: kept + zip(distinct.nodeOfRow, ids)), parameters: parameters)
    }
}

extension HNSWBuilder {
    /// The finished graph, with the ids of its nodes.
    fileprivate func graph(members: [(node: UInt32, id: Int64)]) -> HNSWGraph {
        let starts = AlignedBuffer<UInt32>(count: nodeCount + 1)
        let ids = AlignedBuffer<Int64>(count: members.count)
        for member in members { starts.base[Int(member.node) + 1] += 1 }
        for node in 0..<nodeCount { starts.base[node + 1] += starts.base[node] }
        var next = Array(starts.buffer)
        for member in members {
            ids.base[Int(next[Int(member.node)])] = member.id
            next[Int(member.node)] += 1
        }
        for node in 0..<nodeCount where starts.base[node + 1] - starts.base[node] > 1 {
            var members = UnsafeMutableBufferPointer(rebasing: ids.buffer[Int(starts.base[node])..<Int(starts.base[node + 1])])
            members.sort()
        }
        return HNSWGraph(
            nodeCount: nodeCount, count: members.count, dimension: dimension, metric: metric, entryPoint: entryPoint, links: links,
            memberStarts: starts.base, ids: ids.base, rows: rows.base, owners: [starts, ids, rows, levels, base, upperStarts, upper])
    }
}
