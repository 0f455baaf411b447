package import AkinCore

/// The result of clustering as a value that can be printed, shown, stored and compared.
package struct ClusterReport: Sendable, Codable, Hashable {
    /// What was clustered and when; given by the caller.
    package struct About: Sendable, Codable, Hashable {
        package var title: String
        /// The name of the run in its store.
        package var run: String
        /// ISO 8601.
        package var created: String
        /// The store's name.
        package var store: String
        /// The encoder's name.
        package var encoder: String
        /// What a point is.
        package var unit: ClusterUnit
        /// The condition that the documents meet; nil when all were taken.
        package var filter: String?

        package init(
            title: String = "Clusters", run: String = "", created: String = "", store: String = "",
            encoder: String = "",
            unit: ClusterUnit = .document, filter: String? = nil
        ) {
            self.title = title
            self.run = run
            self.created = created
            self.store = store
            self.encoder = encoder
            self.unit = unit
            self.filter = filter
        }
    }

    /// A document named in a cluster's section.
    package struct Example: Sendable, Codable, Hashable {
        package var id: String
        package var title: String?
        package var text: String
        package var source: String
        /// Cosine to the cluster's centroid.
        package var similarity: Double
        /// For a borderline document, the cluster it nearly belongs to.
        package var otherCluster: Int?

        package init(
            id: String, title: String? = nil, text: String, source: String, similarity: Double, otherCluster: Int? = nil
        ) {
            self.id = id
            self.title = title
            self.text = text
            self.source = source
            self.similarity = similarity
            self.otherCluster = otherCluster
        }
    }

    /// Another cluster and the cosine of the two centroids.
    package struct Neighbor: Sendable, Codable, Hashable {
        package var id: Int
        package var similarity: Double

        package init(id: Int, similarity: Double) {
            self.id = id
            self.similarity = similarity
        }
    }

    /// A value with the number of documents that have it.
    package struct Count: Sendable, Codable, Hashable {
        package var name: String
        package var documents: Int

        package init(name: String, documents: Int) {
            self.name = name
            self.documents = documents
        }
    }

    /// How often the labels of a field occur in a cluster.
    package struct FieldLabels: Sendable, Codable, Hashable {
        package var field: String
        /// The most frequent first.
        package var labels: [Count]

        package init(field: String, labels: [Count]) {
            self.field = field
            self.labels = labels
        }
    }

    /// A join of two clusters or of earlier joins: clusters are numbered 0 ..< k, the result of join i is k + i.
    package struct Merge: Sendable, Codable, Hashable {
        package var left: Int
        package var right: Int
        /// Cosine of the two mean directions.
        package var similarity: Double
        /// Documents of both.
        package var size: Int

        package init(left: Int, right: Int, similarity: Double, size: Int) {
            self.left = left
            self.right = right
            self.similarity = similarity
            self.size = size
        }
    }

    package struct Cluster: Sendable, Codable, Hashable {
        /// 0 for the largest cluster, then by falling size.
        package var id: Int
        package var size: Int
        /// Of all clustered documents, 0 … 1.
        package var share: Double
        package var label: String
        /// The heaviest first; see `ClassKeywords`.
        package var keywords: [Keyword]
        /// Mean cosine of the members to the centroid.
        package var cohesion: Double
        /// Mean simplified silhouette of the members, −1 … 1.
        package var silhouette: Double
        /// The members nearest to the centroid, with distinct texts.
        package var representatives: [Example]
        /// The members with the smallest margin to another cluster, the smallest first.
        package var borderline: [Example]
        /// The nearest other clusters, the nearest first.
        package var neighbors: [Neighbor]
        /// The cosine below which a member is an outlier (see `Outliers`), and how many are. The cosine is nil for a
        /// cluster that is too small for outliers.
        package var outlierFence: Double?
        package var outliers: Int?
        /// The sources of the members, those with most members first.
        package var sources: [Count]?
        /// The labels that models gave the members; nil where none did.
        package var labels: [FieldLabels]?
        /// Members in each of the report's periods.
        package var periodCounts: [Int]?

        /// The label made from the keywords, which it has unless the user gave it another.
        package var keywordLabel: String {
            keywords.isEmpty ? "Cluster \(id)" : keywords.prefix(3).map(\.term).joined(separator: " · ")
        }

        package init(
            id: Int, size: Int, share: Double, label: String, keywords: [Keyword], cohesion: Double, silhouette: Double,
            representatives: [Example], borderline: [Example], neighbors: [Neighbor]
        ) {
            self.id = id
            self.size = size
            self.share = share
            self.label = label
            self.keywords = keywords
            self.cohesion = cohesion
            self.silhouette = silhouette
            self.representatives = representatives
            self.borderline = borderline
            self.neighbors = neighbors
        }
    }

    /// One clustered document.
    package struct Point: Sendable, Codable, Hashable {
        package var id: String
        package var cluster: Int
        /// Cosine to the cluster's centroid.
        package var similarity: Double
        /// Place on the map, 0 … 1; nil when no map was made.
        package var x: Double?
        package var y: Double?
        /// Title or beginning of the text, on one line.
        package var text: String
        package var date: String?
        /// Whether it fits its cluster much worse than the others do; nil in reports of versions that did not look for
        /// outliers.
        package var isOutlier: Bool?

        package init(
            id: String, cluster: Int, similarity: Double, x: Double? = nil, y: Double? = nil, text: String,
            date: String? = nil
        ) {
            self.id = id
            self.cluster = cluster
            self.similarity = similarity
            self.x = x
            self.y = y
            self.text = text
            self.date = date
        }
    }

    /// A number of clusters that was tried, and its score.
    package struct Candidate: Sendable, Codable, Hashable {
        package var k: Int
        package var score: Double

        package init(k: Int, score: Double) {
            self.k = k
            self.score = score
        }
    }

    package var about: About
    package var algorithm: String
    package var seed: UInt64
    /// The number of clusters found.
    package var k: Int
    /// The number of clusters asked for; nil when it was chosen.
    package var requestedK: Int?
    /// Where k was chosen, the numbers tried.
    package var candidates: [Candidate]
    /// Σ cosine to the assigned unit centroid; larger is better.
    package var objective: Double
    /// Mean simplified silhouette of all clustered documents, −1 … 1.
    package var silhouette: Double
    package var clusters: [Cluster]
    /// Every clustered document, in the order given.
    package var points: [Point]
    /// Ids of documents without a vector, which are in no cluster.
    package var withoutVector: [String]
    /// Clusters of clusters; see `ClusterHierarchy`.
    package var hierarchy: [Merge]?
    /// The documents that fit their clusters worst, the worst first.
    package var outliers: [Example]?
    /// The periods that the clusters' `periodCounts` are of; empty when the documents have no dates.
    package var periods: [String]?
    /// What changed since an earlier run.
    package var comparison: ClusterRunComparison?

    package init(
        about: About, algorithm: String, seed: UInt64, k: Int, requestedK: Int? = nil, candidates: [Candidate],
        objective: Double,
        silhouette: Double, clusters: [Cluster], points: [Point], withoutVector: [String]
    ) {
        self.about = about
        self.algorithm = algorithm
        self.seed = seed
        self.k = k
        self.requestedK = requestedK
        self.candidates = candidates
        self.objective = objective
        self.silhouette = silhouette
        self.clusters = clusters
        self.points = points
        self.withoutVector = withoutVector
    }
}
