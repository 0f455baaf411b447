package import AkinTokenizers
package import AkinVectors

/// A static model: one vector a token, a text's vector is their mean.
///
/// Made by distilling a BERT model (`StaticDistillation`), or read from a folder of the `model2vec` project (Tulkens
/// and van Dongen 2024). It is hundreds of times faster than the network it stands for, and ignores word order.
package struct StaticModel: Sendable {
    /// The model a static one was distilled from: vectors of both live in one space.
    package struct Teacher: Sendable, Codable, Hashable {
        package var name: String
        package var fingerprint: String
        /// Its folder when the static model was made: the first place to look.
        package var path: String
        /// The arithmetic its vectors were made with.
        package var precision: String
    }

    package let tokenizer: any Tokenizer
    /// (rows, dimension)
    package let embeddings: Matrix
    /// The row of each token id; nil where ids are rows.
    package let mapping: [Int32]?
    /// The weight of each token id in the mean; nil where all weights are 1, or are in the rows already.
    package let weights: [Float]?
    /// Whether a text's vector has unit length.
    package let normalizes: Bool
    /// Tokens of a text that are read; nil for all.
    package let maximumTokens: Int?
    package let teacher: Teacher?
    /// (dimension, teacher's dimension): projects a teacher's vector into this model's space. Orthonormal rows.
    package let projection: Matrix?

    package var dimension: Int { embeddings.columns }

    /// The vector of a text, with counts of its tokens.
    struct Composition {
        /// Zeros where no token is known.
        var vector: [Float]
        var tokens: Int
        var unknown: Int
        var truncated: Bool
    }

    /// Cost: O(scalars + tokens × dimension).
    func composition(of text: String) -> Composition {
        let tokens = tokenizer.plainTokens(text, maximumTokens: maximumTokens)
        var vector = sum(of: tokens.ids)
        if normalizes {
            vector = VectorMath.normalized(vector)
        } else if !tokens.ids.isEmpty {
            for index in vector.indices { vector[index] /= Float(tokens.ids.count) }
        }
        return Composition(
            vector: vector, tokens: tokens.ids.count + tokens.unknown, unknown: tokens.unknown,
            truncated: tokens.truncated)
    }

    /// The weighted sum of tokens' rows.
    private func sum(of ids: [Int32]) -> [Float] {
        let rows = mapping.map { mapping in ids.map { mapping[Int($0)] } } ?? ids
        return embeddings.sum(ofRows: rows, weights: weights.map { weights in ids.map { weights[Int($0)] } })
    }

    /// A teacher's vector in this model's space, of unit length; nil where there is no projection.
    package func projected(_ teacherVector: [Float]) -> [Float]? {
        guard let projection, projection.columns == teacherVector.count else { return nil }
        return VectorMath.normalized(projection.products(with: teacherVector))
    }
}
