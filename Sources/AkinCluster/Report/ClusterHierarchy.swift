import AkinVectors

/// Clusters of clusters: the two whose union costs the objective least are joined until one is left.
///
/// With S the sum of a cluster's rows the objective of spherical k-means is Σ ‖S‖, so joining A and B costs ‖S_A‖ +
/// ‖S_B‖ − ‖S_A + S_B‖: the criterion of Ward ("Hierarchical grouping to optimize an objective function", 1963) for
/// directions.
enum ClusterHierarchy {
    /// The joins in their order. Clusters are numbered 0 ..< k, the result of join i is k + i, as in SciPy's `linkage`.
    ///
    /// - Parameters:
    ///   - centroids: (k, dimension), unit rows.
    ///   - lengths: for each cluster the length of the sum of its rows.
    /// - Complexity: k³ comparisons and k² × dimension.
    static func merges(centroids: Matrix, lengths: [Double], sizes: [Int]) -> [ClusterReport.Merge] {
        var nodes = (0..<centroids.rows).map { cluster in
            Node(id: cluster, sum: centroids.row(cluster).map { $0 * Float(lengths[cluster]) }, size: sizes[cluster])
        }
        var costs = nodes.map { node in nodes.map { node.cost(of: $0) } }
        var merges: [ClusterReport.Merge] = []
        while nodes.count > 1 {
            var best = (cost: Double.infinity, left: 0, right: 1)
            for left in nodes.indices {
                for right in left + 1..<nodes.count where costs[left][right] < best.cost {
                    best = (costs[left][right], left, right)
                }
            }
            let (left, right) = (nodes[best.left], nodes[best.right])
            let joined = Node(
                id: centroids.rows + merges.count, sum: zip(left.sum, right.sum).map { $0 + $1 },
                size: left.size + right.size)
            merges.append(
                ClusterReport.Merge(
                    left: left.id, right: right.id, similarity: left.cosine(to: right), size: joined.size))
            nodes.remove(at: best.right)
            costs.remove(at: best.right)
            for index in costs.indices { costs[index].remove(at: best.right) }
            nodes[best.left] = joined
            for index in nodes.indices where index != best.left {
                costs[index][best.left] = joined.cost(of: nodes[index])
                costs[best.left][index] = costs[index][best.left]
            }
        }
        return merges
    }

    private struct Node {
        let id: Int
        let sum: [Float]
        let size: Int
        let length: Double

        init(id: Int, sum: [Float], size: Int) {
            self.id = id
            self.sum = sum
            self.size = size
            length = Double(VectorMath.dot(sum, sum)).squareRoot()
        }

        func cosine(to other: Node) -> Double {
            length > 0 && other.length > 0 ? Double(VectorMath.dot(sum, other.sum)) / (length * other.length) : 0
        }

        func cost(of other: Node) -> Double {
            let squared = length * length + other.length * other.length + 2 * Double(VectorMath.dot(sum, other.sum))
            return length + other.length - max(0, squared).squareRoot()
        }
    }
}
