import Foundation

/// What made a family of vectors that may be compared with each other.
package struct VectorSpace: Hashable, Sendable {
    package enum Status: String, Sendable, CaseIterable {
        /// Serves queries.
        case active
        /// Is being filled, while another serves.
        case building
        /// Kept, but serves no more.
        case retired
    }

    /// The store's number for it, never reused; 0 before it is stored.
    package var id: Int64
    /// `bert`, `words` or `user`.
    package var kind: String
    /// The encoder's name, to show people.
    package var encoderName: String
    /// The encoder's identity: only vectors of equal fingerprints may be compared.
    package var fingerprint: String
    /// The arithmetic the vectors were made with, such as `int8` or `fp32`.
    package var precision: String
    /// Components of a vector.
    package var dimension: Int
    /// `cosine`, `dot` or `l2`. Under cosine every vector has unit length.
    package var metric: String
    /// How a component is stored: `f32`.
    package var elementType: String
    /// Whatever else the encoder wants remembered, as a JSON object.
    package var detailsJSON: String
    package var status: Status
    /// Seconds since 1970.
    package var created: Int64

    package init(
        id: Int64 = 0, kind: String, encoderName: String, fingerprint: String, precision: String, dimension: Int,
        metric: String = "cosine", elementType: String = "f32", detailsJSON: String = "{}", status: Status = .active,
        created: Int64 = Int64(Date().timeIntervalSince1970)
    ) {
        self.id = id
        self.kind = kind
        self.encoderName = encoderName
        self.fingerprint = fingerprint
        self.precision = precision
        self.dimension = dimension
        self.metric = metric
        self.elementType = elementType
        self.detailsJSON = detailsJSON
        self.status = status
        self.created = created
    }
}
