package import AkinVectors

/// How well one row fits its own cluster and the next one.
package struct Membership: Sendable, Hashable {
    package var cluster: Int
    /// Cosine to the centroid of the own cluster.
    package var similarity: Float
    /// The other cluster whose centroid is nearest; nil when there is only one cluster.
    package var runnerUp: Int?
    /// Cosine to the centroid of `runnerUp`; 0 without one.
    package var runnerUpSimilarity: Float

    package init(cluster: Int, similarity: Float, runnerUp: Int?, runnerUpSimilarity: Float) {
        self.cluster = cluster
        self.similarity = similarity
        self.runnerUp = runnerUp
        self.runnerUpSimilarity = runnerUpSimilarity
    }

    /// How much nearer the own centroid is than the next one; small or negative for a row between two clusters.
    package var margin: Float { similarity - runnerUpSimilarity }

    /// The simplified silhouette, −1 … 1: (b − a) / max(a, b) with a and b the cosine distances to the own and the next
    /// centroid.
    ///
    /// Hruschka, Campello and de Castro, "Evolving clusters in gene-expression data" (2006): distances to centroids in
    /// place of mean distances to all members, linear in the rows. 0 when there is one cluster or both distances
    /// vanish.
    package var silhouette: Double {
        guard runnerUp != nil else { return 0 }
        let own = max(0, 1 - Double(similarity))
        let other = max(0, 1 - Double(runnerUpSimilarity))
        return max(own, other) > 0 ? (other - own) / max(own, other) : 0
    }

    /// The memberships of all rows. Cost: rows × k × dimension.
    ///
    /// - Parameters:
    ///   - rows: (n, dimension), unit rows.
    ///   - assignments: n clusters, 0 ..< centroids.rows.
    ///   - centroids: (k, dimension), unit rows.
    package static func all(_ rows: Matrix, assignments: [Int], centroids: Matrix, threads: Int) throws -> [Membership]
    {
        precondition(assignments.count == rows.rows)
        let k = centroids.rows
        return try RowBlocks.map(rows.rows, threads: threads) { range in
            let products = RowBlocks.products(rows, range, with: centroids)
            return range.map { row in
                let cosines = products[(row - range.lowerBound) * k..<(row - range.lowerBound + 1) * k]
                let own = assignments[row]
                var next: (cluster: Int, cosine: Float)?
                for (cluster, cosine) in cosines.enumerated()
                where cluster != own && cosine > next?.cosine ?? -.infinity {
                    next = (cluster, cosine)
                }
                return Membership(
                    cluster: own, similarity: cosines[cosines.startIndex + own], runnerUp: next?.cluster,
                    runnerUpSimilarity: next?.cosine ?? 0)
            }
        }.flatMap(\.self)
    }
}
