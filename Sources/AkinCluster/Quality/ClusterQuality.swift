/// How tight the clusters are, and how well they are set apart.
package struct ClusterQuality: Sendable, Hashable {
    /// For each cluster the mean cosine of its members to its centroid.
    package var cohesion: [Double]
    /// For each cluster the mean simplified silhouette of its members.
    package var silhouettes: [Double]
    /// The mean simplified silhouette of all rows, −1 … 1; 0 when there are no rows.
    package var silhouette: Double

    package init(_ memberships: [Membership], k: Int) {
        var sizes = [Double](repeating: 0, count: k)
        cohesion = sizes
        silhouettes = sizes
        for membership in memberships {
            sizes[membership.cluster] += 1
            cohesion[membership.cluster] += Double(membership.similarity)
            silhouettes[membership.cluster] += membership.silhouette
        }
        silhouette = memberships.isEmpty ? 0 : silhouettes.reduce(0, +) / Double(memberships.count)
        for cluster in 0..<k where sizes[cluster] > 0 {
            cohesion[cluster] /= sizes[cluster]
            silhouettes[cluster] /= sizes[cluster]
        }
    }
}
