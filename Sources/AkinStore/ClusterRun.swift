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

    package init(
        id: Int64 = 0, created: Int64 = Int64(Date().timeIntervalSince1970), name: String? = nil, k: Int, seed: UInt64, unit: String,
        body: String
    ) {
        self.id = id
        self.created = created
        self.name = name
        self.k = k
        self.seed = seed
        self.unit = unit
        self.body = body
    }
}
