/// A document to cluster, besides its vector.
package struct ClusterItem: Sendable, Hashable {
    package var id: String
    package var title: String?
    package var text: String
    package var source: String
    /// The words to name clusters by, in their order: lower-cased, without stop words.
    package var tokens: [String]
    package var date: String?

    package init(
        id: String, title: String? = nil, text: String, source: String = "", tokens: [String], date: String? = nil
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.source = source
        self.tokens = tokens
        self.date = date
    }
}

/// How `ClusterReportBuilder` works.
package struct ClusterOptions: Sendable, Hashable {
    /// The number of clusters; nil to choose one (see `ClusterCount`).
    package var k: Int?
    package var seed: UInt64
    /// Starts of k-means, of which the best is kept.
    package var restarts: Int
    package var threads: Int
    /// Whether to place the documents on a map.
    package var layout: Bool
    package var about: ClusterReport.About

    package init(
        k: Int? = nil, seed: UInt64 = 42, restarts: Int = KMeansOptions().restarts, threads: Int = 1,
        layout: Bool = true,
        about: ClusterReport.About = ClusterReport.About()
    ) {
        self.k = k
        self.seed = seed
        self.restarts = restarts
        self.threads = threads
        self.layout = layout
        self.about = about
    }
}
