import AkinVectors

/// A finished graph: links, the rows its nodes stand for, and the ids that share each node. Immutable, in memory or mapped from a file.
///
/// Identical vectors share one node, so that a hundred copies of a text do not fill each other's lists. A node whose ids were all
/// removed stays as a waypoint until the graph is built anew.
///
/// ```
/// memberStarts (nodes + 1)   ids of node n: ids[memberStarts[n] ..< memberStarts[n + 1]], ascending
/// ids          (count)
/// rows         (nodes, dimension)
/// ```
final class HNSWGraph: @unchecked Sendable {
    // Safe: nothing behind these pointers is written after init, and `owners` keeps it alive.
    let nodeCount: Int
    let count: Int
    let dimension: Int
    let metric: VectorMetric
    let entryPoint: UInt32
    let highestLevel: Int
    let links: GraphLinks
    let memberStarts: UnsafePointer<UInt32>
    let ids: UnsafePointer<Int64>
    let rows: UnsafePointer<Float>
    /// Nodes without an id.
    let vacantCount: Int
    private let owners: [AnyObject]

    init(
        nodeCount: Int, count: Int, dimension: Int, metric: VectorMetric, entryPoint: UInt32, links: GraphLinks,
        memberStarts: UnsafePointer<UInt32>, ids: UnsafePointer<Int64>, rows: UnsafePointer<Float>, owners: [AnyObject]
    ) {
        self.nodeCount = nodeCount
        self.count = count
        self.dimension = dimension
        self.metric = metric
        self.entryPoint = entryPoint
        self.highestLevel = nodeCount == 0 ? 0 : Int(links.levels[Int(entryPoint)])
        self.links = links
        self.memberStarts = memberStarts
        self.ids = ids
        self.rows = rows
        self.owners = owners
        vacantCount = (0..<nodeCount).reduce(into: 0) { total, node in
            if memberStarts[node] == memberStarts[node + 1] { total += 1 }
        }
    }

    var measure: RowMeasure { RowMeasure(base: rows, dimension: dimension, metric: metric) }

    @inline(__always)
    func members(of node: UInt32) -> Range<Int> { Int(memberStarts[Int(node)])..<Int(memberStarts[Int(node) + 1]) }
}
