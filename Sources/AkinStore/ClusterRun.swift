import Foundation

/// A stored clustering of the documents.
package struct ClusterRun: Hashable, Sendable {
    /// The store's number for it, never reused; 0 before it is stored.
    package var id: Int64
    /// Seconds since 1970.
    package var created: Int64
    /// A name its owner gave it, unique in the store.
    package var name: String?
    /// Clusters.
    package var k: Int
    package var seed: UInt64
    /// What was clustered: `document` or `passage`.
    package var unit: String
    /// The result as a JSON value.
    package var body: String
    /// The space whose vectors were clustered; nil in runs of stores of format 1.
    package var space: Int64?
    /// The condition that the documents meet; nil when all were taken.
    package var filter: String?

    package init(
        id: Int64 = 0, created: Int64 = Int64(Date().timeIntervalSince1970), name: String? = nil, k: Int, seed: UInt64,
        unit: String,
        body: String, space: Int64? = nil, filter: String? = nil
    ) {
        self.id = id
        self.created = created
        self.name = name
        self.k = k
        self.seed = seed
        self.unit = unit
        self.body = body
        self.space = space
        self.filter = filter
    }
}

/// A cluster of a stored clustering.
package struct StoredCluster: Hashable, Sendable {
    /// 0 for the largest of its run.
    package var number: Int
    /// The label made from its texts.
    package var label: String
    /// What the user calls it.
    package var givenLabel: String?
    /// A unit vector.
    package var centroid: [Float]

    package init(number: Int, label: String, givenLabel: String? = nil, centroid: [Float]) {
        self.number = number
        self.label = label
        self.givenLabel = givenLabel
        self.centroid = centroid
    }

    /// What it is called.
    package var name: String { givenLabel ?? label }
}
