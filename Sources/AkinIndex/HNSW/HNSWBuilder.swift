import AkinVectors
import Synchronization

/// Inserts nodes into a graph (algorithm 1 of the paper), alone or on several threads.
///
/// The node with the highest level goes in first and is the entry point from then on, so that threads never wait for a lock on it.
/// A node's own lists are complete on every level before the first link to it is made: whoever can reach it can go on from it.
/// With one thread the graph is a function of rows, order and seed; with more, of their timing too.
final class HNSWBuilder: @unchecked Sendable {
    // Safe: lists are read and written under the stripe of their node while threads run; everything else is constant then.
    let parameters: HNSWParameters
    let metric: VectorMetric
    let dimension: Int
    let nodeCount: Int
    private let existingCount: Int
    private(set) var entryPoint: UInt32

    let rows: AlignedBuffer<Float>  // (nodes, dimension)
    private let lifted: LiftedRows?
    let levels: AlignedBuffer<UInt8>  // (nodes)
    let base: AlignedBuffer<UInt32>  // (nodes, 2M)
    let upperStarts: AlignedBuffer<UInt32>  // (nodes)
    let upper: AlignedBuffer<UInt32>  // (Σ levels, M)

    /// Copies a graph, when there is one, and makes room for new nodes.
    ///
    /// Under `dot` links are chosen in a lifted space; see `LiftedRows`.
    ///
    /// - Parameters:
    ///   - added: (any, dimension) rows, of which `newRows` names those to insert, distinct from each other and from the graph's.
    init(existing: HNSWGraph?, added: Matrix, newRows: [Int], metric: VectorMetric, parameters: HNSWParameters) {
        self.parameters = parameters
        self.metric = metric
        let dimension = added.columns
        self.dimension = dimension
        let old = existing?.nodeCount ?? 0
        existingCount = old
        nodeCount = old + newRows.count
        let connectivity = parameters.connectivity

        let rows = AlignedBuffer<Float>(count: nodeCount * dimension)
        if let existing { rows.base.update(from: existing.rows, count: old * dimension) }
        added.withUnsafePointer { source in
            for (index, row) in newRows.enumerated() {
                (rows.base + (old + index) * dimension).update(from: source + row * dimension, count: dimension)
            }
        }
        self.rows = rows
        lifted = metric == .dot ? LiftedRows(rows: rows.base, count: nodeCount, dimension: dimension) : nil

        levels = AlignedBuffer(count: nodeCount)
        base = AlignedBuffer(count: nodeCount * 2 * connectivity)
        upperStarts = AlignedBuffer(count: nodeCount)
        if let existing {
            levels.base.update(from: existing.links.levels, count: old)
            base.base.update(from: existing.links.base, count: old * 2 * connectivity)
        }
        var random = SeededGenerator(seed: parameters.seed &+ UInt64(old))
        for node in old..<nodeCount { levels.base[node] = parameters.level(uniform: random.unitDouble()) }
        var upperRows = 0
        for node in 0..<nodeCount {
            upperStarts.base[node] = UInt32(upperRows)
            upperRows += Int(levels.base[node])
        }
        upper = AlignedBuffer(count: upperRows * connectivity)
        (base.base + old * 2 * connectivity).update(repeating: GraphLinks.none, count: newRows.count * 2 * connectivity)
        upper.base.update(repeating: GraphLinks.none, count: upper.count)
        if let existing, old < nodeCount {
            upper.base.update(from: existing.links.upper, count: Int(upperStarts.base[old]) * connectivity)
        } else if let existing {
            upper.base.update(from: existing.links.upper, count: upper.count)
        }
        entryPoint = existing?.entryPoint ?? 0
    }

    var links: GraphLinks {
        GraphLinks(
            connectivity: parameters.connectivity, levels: levels.base, base: base.base, upperStarts: upperStarts.base, upper: upper.base)
    }

    /// Compares nodes with each other.
    var measure: RowMeasure { lifted?.measure ?? RowMeasure(base: rows.base, dimension: dimension, metric: metric) }

    /// Inserts the new nodes, then mends what the walk cannot reach.
    ///
    /// - Parameter progress: Called now and then with nodes inserted and to insert, from any of the threads.
    func run(threads: Int, progress: (@Sendable (Int, Int) -> Void)?) throws {
        let total = nodeCount - existingCount
        guard total > 0 else { return }
        let workspaces = WorkspacePool(nodeCount: nodeCount, connectivity: parameters.connectivity, dimension: dimension)
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
        progress?(total, total)
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
        let query = measure.row(node)
        let highest = Int(levels.base[Int(entryPoint)])
        let top = min(Int(levels.base[Int(node)]), highest)

        var start = Candidate(similarity: measure.similarity(query, entryPoint), node: entryPoint)
        start = walk.descend(towards: query, from: start, level: highest, floor: top + 1, workspace: workspace)
        var degrees = [Int](repeating: 0, count: top + 1)
        for level in stride(from: top, through: 0, by: -1) {
            let pool = walk.nearest(to: query, from: start, level: level, ef: parameters.efConstruction, workspace: workspace)
            let chosen = workspace.chosen.base + level * connectivity
            degrees[level] = NeighborSelection.select(pool.base, count: pool.count, limit: connectivity, measure: measure, into: chosen)
            start = Candidate(similarity: pool.base[0].similarity, node: pool.base[0].node)
        }
        for level in 0...top {
            locks.lock(node)
            mutableList(of: node, level: level).update(from: workspace.chosen.base + level * connectivity, count: degrees[level])
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

    /// Adds a link, choosing anew among all when the list is full.
    private func addLink(from source: UInt32, to target: UInt32, level: Int, rivals: UnsafeMutablePointer<Candidate>) {
        let (list, capacity, measure) = (mutableList(of: source, level: level), links.capacity(level: level), measure)
        let degree = links.degree(of: source, level: level)
        if degree < capacity {
            list[degree] = target
            return
        }
        let row = measure.row(source)
        var pool = CandidatePool(base: rivals, capacity: capacity + 1)
        _ = pool.insert(Candidate(similarity: measure.similarity(row, target), node: target))
        for slot in 0..<degree { _ = pool.insert(Candidate(similarity: measure.similarity(row, list[slot]), node: list[slot])) }
        let kept = NeighborSelection.select(rivals, count: pool.count, limit: capacity, measure: measure, into: list)
        (list + kept).update(repeating: GraphLinks.none, count: capacity - kept)
    }

    func mutableList(of node: UInt32, level: Int) -> UnsafeMutablePointer<UInt32> {
        UnsafeMutablePointer(mutating: links.list(of: node, level: level))
    }
}
