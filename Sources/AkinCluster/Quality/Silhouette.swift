package import AkinVectors

/// The silhouette over all pairs of rows, under the distance 1 − cosine.
package enum Silhouette {
    /// The mean silhouette of all rows, −1 … 1: (b − a) / max(a, b) with a the mean distance to the other members of
    /// the own cluster and b the smallest mean distance to the members of another; 0 for a row alone in its cluster.
    ///
    /// Under this distance the mean over a cluster needs no pairs: Σ over its members y of 1 − x·y is |C| − x·S, where
    /// S is the sum of the members.
    ///
    /// - Parameters:
    ///   - rows: (n, dimension), unit rows.
    ///   - result: a clustering of these rows; every row is assigned.
    /// - Complexity: rows × k × dimension.
    package static func mean(_ rows: Matrix, _ result: KMeansResult, threads: Int) throws -> Double {
        guard result.k > 1 else { return 0 }
        let members = result.members
        var sums = Matrix(rows: result.k, columns: rows.columns)
        unsafe sums.withUnsafeMutablePointer { sums in
            unsafe rows.withUnsafePointer { base in
                for (row, cluster) in result.assignments.enumerated() {
                    unsafe VectorMath.axpy(1, base + row * rows.columns, sums + cluster * rows.columns, rows.columns)
                }
            }
        }
        let (sizes, k) = (members.map { Double($0.count) }, result.k)
        let totals = try RowBlocks.map(rows.rows, threads: threads) { [sums] range in
            let products = RowBlocks.products(rows, range, with: sums)
            var total = 0.0
            for row in range {
                let own = result.assignments[row]
                guard sizes[own] > 1 else { continue }
                let distances = (0..<k).map { sizes[$0] - Double(products[(row - range.lowerBound) * k + $0]) }
                let a = max(0, distances[own] / (sizes[own] - 1))
                var b = Double.infinity
                for cluster in 0..<k where cluster != own { b = min(b, max(0, distances[cluster] / sizes[cluster])) }
                if max(a, b) > 0 { total += (b - a) / max(a, b) }
            }
            return total
        }
        return totals.reduce(0, +) / Double(max(rows.rows, 1))
    }
}
