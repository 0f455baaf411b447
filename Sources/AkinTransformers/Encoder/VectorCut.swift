import AkinCore
import AkinVectors

/// The first components of a model's vectors in place of all, brought to unit length: what models that were trained as
/// Matryoshkas are made for (Kusupati et al. 2022, "Matryoshka Representation Learning").
package struct VectorCut: Equatable, Sendable {
    /// The components that stay.
    package let dimensions: Int
    /// Whether the mean of all components is taken off first. Nomic's models ask for a layer normalisation before the
    /// cut; its scale is lost when the rest is brought to unit length, and its shift stays.
    package let isCentred: Bool

    /// Whether a model asks for the layer normalisation, by the short name that people know it by.
    /// Source: https://huggingface.co/nomic-ai/nomic-embed-text-v1.5
    package static func centres(_ model: String) -> Bool {
        model.lowercased().wholeMatch(of: #/nomic-embed-text-v1\.5(?:-unsupervised)?/#) != nil
    }

    /// - Returns: nil where all components stay.
    /// - Throws: `AkinError(.invalidArgument)` for a number that the model cannot give.
    package init?(to dimensions: Int, of all: Int, model: String, isCentred: Bool) throws {
        guard (1...all).contains(dimensions) else {
            throw AkinError(
                .invalidArgument,
                "The vectors of \(model) have \(all) components and cannot be cut to \(dimensions).",
                remedy: .giveAnother(.dimensions))
        }
        if dimensions == all { return nil }
        (self.dimensions, self.isCentred) = (dimensions, isCentred)
    }

    /// The cut of one vector. A vector without length stays as it is.
    package func apply(_ vector: [Float]) -> [Float] {
        let mean = isCentred ? Float(vector.reduce(0) { $0 + Double($1) } / Double(vector.count)) : 0
        return VectorMath.normalized(vector.prefix(dimensions).map { $0 - mean })
    }
}
