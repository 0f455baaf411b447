package import AkinCore

/// The format that vectors are written in.
package enum VectorFormat: String, CaseIterable, Sendable {
    /// One object a line: `{"id", "passage", "vector"}`, without the names that a vector does not have.
    case jsonl
    /// NumPy's array file, version 1.0: a header and rows of the vectors' own type, little-endian.
    case npy
    /// A little-endian int32 with the dimension before each float32 row, as the TEXMEX sets are kept.
    case fvecs
}

/// What a vector stands for.
package struct VectorLabel: Sendable {
    /// The id of the text or the document, if it has one.
    package var id: JSONValue?
    /// The passage's number, for vectors of a database.
    package var passage: Int64?

    package init(id: JSONValue?, passage: Int64? = nil) {
        (self.id, self.passage) = (id, passage)
    }
}

/// Takes vectors in order and writes them.
package protocol VectorWriter {
    /// - Parameter values: (labels.count, dimension), row-major.
    mutating func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws

    /// Called once, after the last row.
    mutating func finish(dimension: Int) throws
}

extension VectorFormat {
    /// - Parameter element: how array files hold the components, each of which must be one that this type holds.
    package func writer(to output: BlockOutput, element: VectorElement = .f32) throws -> any VectorWriter {
        switch self {
        case .jsonl: JSONLinesVectorWriter(output)
        case .npy: try NPYVectorWriter(output, element: element)
        case .fvecs: FvecsVectorWriter(output)
        }
    }
}
