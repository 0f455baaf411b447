package import AkinCore
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
    /// A `DistanceMetric`: `cosine`, `dot` or `l2`. Under cosine every vector has unit length, unless it was imported.
    package var metric: String
    /// How a component is stored, a `VectorElement`: `f32`, `f16`, `int8` or `uint8`. Vectors of encoders are rounded to
    /// it, imported ones must fit it.
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

extension VectorSpace {
    /// The `kind` of a space of imported vectors.
    package static let importedKind = "user"

    /// Whether the vectors were imported: they are kept as they came, and no encoder makes more of them.
    package var isImported: Bool { kind == Self.importedKind }

    /// Whether a vector is made of the vectors of a text's words alone: word vectors, or a static model.
    package var isOfWords: Bool { kind == "words" || kind == "static" }

    /// Nil for an element type that this version of Akin does not know.
    package var element: VectorElement? { VectorElement(rawValue: elementType) }
}
