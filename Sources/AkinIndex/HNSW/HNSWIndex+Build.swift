package import AkinCore
package import AkinVectors

extension HNSWIndex {
    /// Builds an index over identified vectors.
    ///
    /// With one thread the index, and the snapshot of it, is the same byte for byte whenever rows, order and parameters
    /// are; more threads promise its quality only.
    ///
    /// - Parameters:
    ///   - ids: One for each row, all different.
    ///   - vectors: (ids, dimension), finite; unit length under `cosine`. Copied.
    ///   - rowFormat: How rows are kept; nil for half precision under `cosine` and floats otherwise. Rows of up to 64
    ///     components, and those under `l2`, are kept in floats.
    ///   - progress: Called now and then with the rows inserted and to insert (identical rows count once), from any of
    ///     the threads.
    /// - Throws: `AkinError.invalidArgument` for parameters out of range, repeated ids, or another number of ids than
    ///   of rows.
    /// - Complexity: about rows × efConstruction × 20 comparisons.
    package static func build(
        ids: [Int64], vectors: Matrix, metric: DistanceMetric, parameters: HNSWParameters = HNSWParameters(),
        rowFormat: RowFormat? = nil,
        threads: Int = 1, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> HNSWIndex {
        var rows = try GraphRows(
            capacity: vectors.rows, dimension: vectors.columns, metric: metric, rowFormat: rowFormat)
        try rows.append(ids: ids, vectors: vectors)
        return try build(rows, parameters: parameters, threads: threads, progress: progress)
    }

    /// As `build(ids:vectors:)`, over vectors that were gathered.
    package static func build(
        _ rows: GraphRows, parameters: HNSWParameters = HNSWParameters(), threads: Int = 1,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> HNSWIndex {
        if let fault = parameters.fault { throw AkinError(.invalidArgument, fault) }
        return try make(
            from: nil, surviving: [], kept: [], rows: rows, parameters: parameters, threads: threads, progress: progress
        )
    }

    /// A new index with vectors added and ids removed; this one stays as it is.
    ///
    /// Nodes whose ids are all removed are dropped, and the lists that led to them are healed (see
    /// `HNSWBuilder.adopt`). Where more than half of the nodes are dropped, the graph is rebuilt from the rest.
    ///
    /// - Parameters:
    ///   - ids: One for each added row, different from each other and from those that stay; an id both removed and
    ///     added is replaced.
    ///   - vectors: (ids, dimension).
    ///   - removed: Ids to leave out; those that the index does not hold are ignored.
    /// - Throws: `AkinError.invalidArgument` for ids that repeat or vectors of another dimension.
    package func extended(
        ids: [Int64], vectors: Matrix, removed: Set<Int64> = [], threads: Int = 1,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> HNSWIndex {
        guard ids.isEmpty || vectors.columns == dimension else {
            throw AkinError(
                .invalidArgument,
                "The added vectors have \(vectors.columns) components, the index's have \(dimension); encode both with one encoder."
            )
        }
        var kept: [(node: UInt32, id: Int64)] = []
        kept.reserveCapacity(count)
        var surviving: [UInt32] = []
        surviving.reserveCapacity(graph.nodeCount)
        for node in 0..<UInt32(graph.nodeCount) {
            let before = kept.count
            for member in graph.members(of: node) where !removed.contains(graph.ids[member]) {
                kept.append((UInt32(surviving.count), graph.ids[member]))
            }
            if kept.count > before { surviving.append(node) }
        }
        var rows = try GraphRows(
            capacity: surviving.count + ids.count, dimension: dimension, metric: metric, rowFormat: rowFormat)
        rows.append(surviving, of: graph)
        try rows.append(ids: ids, vectors: ids.isEmpty ? Matrix(rows: 0, columns: dimension) : vectors)
        return try Self.make(
            from: graph, surviving: surviving, kept: kept, rows: rows, parameters: parameters, threads: threads,
            progress: progress)
    }

    /// - Parameters:
    ///   - surviving: The nodes of `graph` that stay, which `rows` begin with.
    ///   - kept: Their ids, with the places of their nodes among them.
    private static func make(
        from graph: HNSWGraph?, surviving: [UInt32], kept: [(node: UInt32, id: Int64)], rows: GraphRows,
        parameters: HNSWParameters,
        threads: Int, progress: (@Sendable (Int, Int) -> Void)?
    ) throws -> HNSWIndex {
        try requireDifferent(kept.lazy.map(\.id) + rows.ids)
        // Where more than half are dropped, the remaining lists say little.
        let isWorthHealing = graph.map { 2 * surviving.count >= $0.nodeCount } ?? false
        let builder = HNSWBuilder(
            existing: isWorthHealing ? graph : nil, surviving: isWorthHealing ? surviving : [], distinct: rows.distinct,
            metric: rows.metric, parameters: parameters, threads: threads)
        try builder.run(threads: threads, progress: progress)
        return HNSWIndex(graph: builder.graph(members: kept + zip(rows.nodes, rows.ids)), parameters: parameters)
    }

    private static func requireDifferent(_ ids: some Collection<Int64>) throws {
        var seen = Set<Int64>(minimumCapacity: ids.count)
        for id in ids where !seen.insert(id).inserted {
            throw AkinError(
                .invalidArgument,
                "The id \(id) stands for two vectors of one index; remove the old one with it or choose another.")
        }
    }
}
