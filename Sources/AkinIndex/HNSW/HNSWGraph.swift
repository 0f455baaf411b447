import AkinCore
import AkinVectors

/// A finished graph: links, the rows its nodes stand for, their codes, and the ids that share each node. Immutable, in
/// memory or mapped from a file.
///
/// Identical vectors share one node, so that a hundred copies of a text do not fill each other's lists.
///
/// ```
/// memberStarts (nodes + 1)   ids of node n: ids[memberStarts[n] ..< memberStarts[n + 1]], ascending
/// ids          (count)
/// rows         (nodes, dimension) in one of three formats
/// codes        (nodes, coordinates / 2), where rows are long and many
/// ```
final class HNSWGraph: @unchecked Sendable {
    // Safe: nothing behind these pointers is written after init, and `owners` keeps it alive.
    let nodeCount: Int
    let count: Int
    let metric: DistanceMetric
    let entryPoint: UInt32
    let highestLevel: Int
    let links: GraphLinks
    let memberStarts: UnsafePointer<UInt32>
    let ids: UnsafePointer<Int64>
    let rows: RowTable
    let basis: CodeBasis?
    let codes: CodeTable?
    private let owners: [AnyObject]

    init(
        nodeCount: Int, count: Int, metric: DistanceMetric, entryPoint: UInt32, links: GraphLinks,
        memberStarts: UnsafePointer<UInt32>,
        ids: UnsafePointer<Int64>, rows: RowTable, basis: CodeBasis?, codes: CodeTable?, owners: [AnyObject]
    ) {
        self.nodeCount = nodeCount
        self.count = count
        self.metric = metric
        self.entryPoint = entryPoint
        self.highestLevel = nodeCount == 0 ? 0 : Int(links.levels[Int(entryPoint)])
        self.links = links
        self.memberStarts = memberStarts
        self.ids = ids
        self.rows = rows
        self.basis = basis
        self.codes = codes
        self.owners = owners
    }

    var dimension: Int { rows.dimension }

    var measure: RowMeasure { RowMeasure(rows: rows, metric: metric) }

    @inline(__always) func members(of node: UInt32) -> Range<Int> {
        Int(memberStarts[Int(node)])..<Int(memberStarts[Int(node) + 1])
    }
}
