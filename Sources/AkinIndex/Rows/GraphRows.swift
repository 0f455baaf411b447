package import AkinCore
package import AkinVectors

/// Identified vectors gathered for a new graph, in the format that the graph keeps. Their original format need not be
/// held in memory.
package struct GraphRows {
    let metric: DistanceMetric
    let format: RowFormat
    let dimension: Int
    private let capacity: Int
    private(set) var distinct: DistinctRows
    private(set) var ids: [Int64] = []
    /// (ids) the node of each vector: identical ones share one.
    private(set) var nodes: [UInt32] = []

    /// - Parameters:
    ///   - capacity: The most vectors there can be; room is made for as many at once.
    ///   - rowFormat: How rows are kept; nil for half precision under `cosine` and floats otherwise. Rows of up to 64
    ///     components, and those under `l2`, are kept in floats.
    /// - Throws: `AkinError.invalidArgument` for a format that does not suit, or more vectors than an index can hold.
    package init(capacity: Int, dimension: Int, metric: DistanceMetric, rowFormat: RowFormat? = nil) throws {
        let format = rowFormat ?? .preferred(metric: metric, dimension: dimension)
        guard format.suits(metric: metric, dimension: dimension) else {
            throw AkinError(
                .invalidArgument,
                "Rows of \(dimension) components under the metric \(metric.rawValue) are kept in floats; leave the format out."
            )
        }
        guard capacity < GraphLinks.maximumNodes else {
            throw AkinError(
                .invalidArgument, "An index holds fewer than \(GraphLinks.maximumNodes) vectors; split the store.")
        }
        (self.metric, self.format, self.dimension, self.capacity) = (metric, format, dimension, capacity)
        distinct = DistinctRows(capacity: capacity, dimension: dimension, format: format)
    }

    package var count: Int { ids.count }

    /// Takes vectors.
    ///
    /// - Parameters:
    ///   - ids: One for each row.
    ///   - vectors: (ids, dimension), finite; unit length under `cosine`.
    /// - Throws: `AkinError.invalidArgument` for another number of ids than of rows, `.internalFailure` for more than
    ///   there is room for.
    package mutating func append(ids new: [Int64], vectors: Matrix) throws {
        guard new.count == vectors.rows else {
            throw AkinError(
                .invalidArgument, "There are \(new.count) ids for \(vectors.rows) vectors; give one for each.")
        }
        guard distinct.count + new.count <= capacity else {
            throw AkinError(
                .internalFailure, "There are more vectors than were counted (\(capacity)); please report it.")
        }
        ids += new
        vectors.withUnsafePointer { base in
            for row in 0..<vectors.rows { nodes.append(distinct.insert(base + row * vectors.columns)) }
        }
    }

    /// Takes the nodes of another graph that stay, ascending, as the first.
    mutating func append(_ surviving: [UInt32], of graph: HNSWGraph) {
        for node in surviving { distinct.append(node, of: graph.rows) }
    }
}
