import AkinCore
import AkinVectors
import Synchronization

/// Inserts nodes into a graph (algorithm 1 of the paper), alone or on several threads.
///
/// The node with the highest level goes in first and is the entry point from then on, so that threads never wait for a
/// lock on it. A node's own lists are complete on every level before the first link to it is made: a walk that reaches
/// it can go on from it. With one thread the graph is a function of rows, order and seed; with more, of their timing
/// too.
final class HNSWBuilder: @unchecked Sendable {
    // Safe: lists are read and written under the stripe of their node while threads run; everything else is constant
    // during that time.
    let parameters: HNSWParameters
    let metric: DistanceMetric
    let nodeCount: Int
    private let existingCount: Int
    private(set) var entryPoint: UInt32

    let rows: RowTable
    let basis: CodeBasis?
    private let codes: RowCodes?
    private let lifts: Lifts?
    private let pairRows: PairRows
    /// Compares nodes with each other.
    var pairs: PairMeasure { pairRows.measure }
    let levels: AlignedBuffer<UInt8>  // (nodes)
    let base: AlignedBuffer<UInt32>  // (nodes, 2M)
    let upperStarts: AlignedBuffer<UInt32>  // (nodes)
    let upper: AlignedBuffer<UInt32>  // (Σ levels, M)
    private let owners: [AnyObject]

    /// Copies what stays of a graph, when there is one, and makes room for new nodes.
    ///
    /// - Parameters:
    ///   - surviving: The nodes of `existing` that stay, ascending: they become the first nodes, in this order.
    ///   - distinct: The rows of all nodes, the surviving ones first.
    init(
        existing: HNSWGraph?, surviving: [UInt32], distinct: DistinctRows, metric: DistanceMetric,
        parameters: HNSWParameters, threads: Int
    ) {
        self.parameters = parameters
        self.metric = metric
        rows = distinct.table
        nodeCount = distinct.count
        let (nodeCount, old, connectivity) = (nodeCount, surviving.count, parameters.connectivity)
        existingCount = old
        owners = [distinct.bytes, distinct.scales]

        basis = existing?.basis ?? CodeBasis(of: rows, count: nodeCount, metric: metric)
        codes = basis.map { [rows] in RowCodes(of: rows, count: nodeCount, basis: $0, metric: metric, threads: threads)
        }
        lifts = metric == .dot ? Lifts(of: rows, count: nodeCount) : nil
        pairRows = PairRows(
            rows: RowMeasure(rows: rows, metric: metric), count: nodeCount, metric: metric, lifts: lifts, basis: basis,
            threads: threads)

        levels = AlignedBuffer(count: nodeCount)
        base = AlignedBuffer(count: nodeCount * 2 * connectivity)
        upperStarts = AlignedBuffer(count: nodeCount)
        if let existing {
            for (node, source) in surviving.enumerated() { levels.base[node] = existing.links.levels[Int(source)] }
        }
        var random = SeededGenerator(seed: parameters.seed &+ UInt64(old))
        for node in old..<nodeCount { levels.base[node] = parameters.level(uniform: random.unitDouble()) }
        var upperRows = 0
        for node in 0..<nodeCount {
            upperStarts.base[node] = UInt32(upperRows)
            upperRows += Int(levels.base[node])
        }
        upper = AlignedBuffer(count: upperRows * connectivity)
        base.base.update(repeating: GraphLinks.none, count: base.count)
        upper.base.update(repeating: GraphLinks.none, count: upper.count)
        entryPoint = 0
        for node in 0..<old where levels.base[node] > levels.base[Int(entryPoint)] { entryPoint = UInt32(node) }
        if let existing { adopt(existing, surviving: surviving, threads: threads) }
    }

    var links: GraphLinks {
        GraphLinks(
            connectivity: parameters.connectivity, levels: levels.base, base: base.base, upperStarts: upperStarts.base,
            upper: upper.base)
    }

    /// Compares nodes with a node that is being inserted: under `dot`, lifted.
    var measure: WalkMeasure {
        let table = basis.flatMap { codes?.table($0) }
        return WalkMeasure(
            rows: RowMeasure(rows: rows, metric: metric),
            codes: lifts.map { table?.with(terms: $0.values.base) } ?? table)
    }

    /// A query that stands for a node, in the workspace.
    func query(for node: UInt32, workspace: SearchWorkspace) -> WalkQuery {
        rows.decode(node, into: workspace.query.base)
        var query = workspace.walkQuery(basis: basis, metric: metric)
        if let lifts { query.weight = lifts.values.base[Int(node)] }
        return query
    }

    func workspaces() -> WorkspacePool {
        WorkspacePool(
            nodeCount: nodeCount, connectivity: parameters.connectivity, dimension: rows.dimension,
            coordinates: basis?.coordinates ?? 0)
    }

    /// Inserts the new nodes, then mends what the walk cannot reach.
    ///
    /// - Parameter progress: Called now and then with the numbers of nodes inserted and to be inserted, from any of the
    ///   threads.
    func run(threads: Int, progress: (@Sendable (Int, Int) -> Void)?) throws {
        let total = nodeCount - existingCount
        defer { progress?(total, total) }
        guard total > 0 else { return mend() }
        let workspaces = workspaces()
        let first = firstNewNode
        var inserted = 0
        if existingCount == 0 {
            entryPoint = first
            inserted = 1
        } else if levels.base[Int(first)] > levels.base[Int(entryPoint)] {
            workspaces.withWorkspace { insert(first, locks: .unneeded, workspace: $0) }
            entryPoint = first
            inserted = 1
        }
        let skipped = inserted == 1 ? first : GraphLinks.none
        let stripes = threads > 1 ? LockStripes() : nil
        let locks = stripes?.locks ?? .unneeded
        let done = Atomic(inserted)
        try withExtendedLifetime(stripes) {
            try Parallel.forEach(total, threads: threads) { index in
                let node = UInt32(self.existingCount + index)
                if node == skipped { return }
                workspaces.withWorkspace { self.insert(node, locks: locks, workspace: $0) }
                let count = done.add(1, ordering: .relaxed).newValue
                if count % 256 == 0, count < total { progress?(count, total) }
            }
        }
        mend()
    }

    /// The new node with the highest level, the first of several.
    private var firstNewNode: UInt32 {
        var first = existingCount
        for node in existingCount..<nodeCount where levels.base[node] > levels.base[first] { first = node }
        return UInt32(first)
    }

    private func insert(_ node: UInt32, locks: LinkLocks, workspace: SearchWorkspace) {
        let (links, measure, connectivity) = (links, measure, parameters.connectivity)
        let walk = GraphWalk(links: links, measure: measure, locks: locks)
        let query = query(for: node, workspace: workspace)
        let highest = Int(levels.base[Int(entryPoint)])
        let top = min(Int(levels.base[Int(node)]), highest)

        var start = Candidate(similarity: measure.similarity(query, entryPoint), node: entryPoint)
        start = walk.descend(towards: query, from: start, level: highest, floor: top + 1, workspace: workspace)
        var degrees = [Int](repeating: 0, count: top + 1)
        for level in stride(from: top, through: 0, by: -1) {
            let pool = walk.nearest(
                to: query, from: start, level: level, ef: parameters.efConstruction, workspace: workspace)
            start = Candidate(similarity: pool.base[0].similarity, node: pool.base[0].node)
            rescore(pool, around: node)
            let chosen = workspace.chosen.base + level * connectivity
            degrees[level] = NeighborSelection.select(
                pool.base, count: pool.count, limit: connectivity, pairs: pairs, into: chosen)
        }
        for level in 0...top {
            locks.lock(node)
            mutableList(of: node, level: level).update(
                from: workspace.chosen.base + level * connectivity, count: degrees[level])
            locks.unlock(node)
        }
        for level in 0...top {
            let chosen = workspace.chosen.base + level * connectivity
            for index in 0..<degrees[level] {
                locks.lock(chosen[index])
                addLink(from: chosen[index], to: node, level: level, rivals: workspace.rivals.base)
                locks.unlock(chosen[index])
            }
        }
    }

    /// Replaces the similarities of the walk by those of pairs, and sorts by them.
    private func rescore(_ pool: CandidatePool, around node: UInt32) {
        let pairs = pairs
        for index in 0..<pool.count { pairs.prefetch(pool.base[index].node) }
        for index in 0..<pool.count {
            let other = pool.base[index].node
            pool.base[index] = Candidate(similarity: pairs.similarity(node, other), node: other)
        }
        pool.sort()
    }

    /// Adds a link, choosing again among all when the list is full.
    private func addLink(from source: UInt32, to target: UInt32, level: Int, rivals: UnsafeMutablePointer<Candidate>) {
        let (list, capacity, pairs) = (mutableList(of: source, level: level), links.capacity(level: level), pairs)
        let degree = links.degree(of: source, level: level)
        if degree < capacity {
            list[degree] = target
            return
        }
        for slot in 0..<degree { pairs.prefetch(list[slot]) }
        var pool = CandidatePool(base: rivals, capacity: capacity + 1)
        _ = pool.insert(Candidate(similarity: pairs.similarity(source, target), node: target))
        for slot in 0..<degree {
            _ = pool.insert(Candidate(similarity: pairs.similarity(source, list[slot]), node: list[slot]))
        }
        replaceList(of: source, level: level, by: pool)
    }

    /// Chooses a node's links on a level again from sorted candidates.
    func replaceList(of node: UInt32, level: Int, by pool: CandidatePool) {
        let (list, capacity) = (mutableList(of: node, level: level), links.capacity(level: level))
        let kept = NeighborSelection.select(pool.base, count: pool.count, limit: capacity, pairs: pairs, into: list)
        (list + kept).update(repeating: GraphLinks.none, count: capacity - kept)
    }

    func mutableList(of node: UInt32, level: Int) -> UnsafeMutablePointer<UInt32> {
        UnsafeMutablePointer(mutating: links.list(of: node, level: level))
    }

    /// The finished graph, with the ids of its nodes.
    func graph(members: [(node: UInt32, id: Int64)]) -> HNSWGraph {
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
            var members = UnsafeMutableBufferPointer(
                rebasing: ids.buffer[Int(starts.base[node])..<Int(starts.base[node + 1])])
            members.sort()
        }
        let kept: [AnyObject?] = [starts, ids, levels, base, upperStarts, upper, basis, codes]
        return HNSWGraph(
            nodeCount: nodeCount, count: members.count, metric: metric, entryPoint: entryPoint, links: links,
            memberStarts: starts.base,
            ids: ids.base, rows: rows, basis: basis, codes: basis.flatMap { codes?.table($0) },
            owners: owners + kept.compactMap { $0 })
    }
}
