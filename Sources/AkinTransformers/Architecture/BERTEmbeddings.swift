import AkinCore
import AkinVectors

/// The first step of a BERT network: what each token, its position and its segment contribute to its state. H is the
/// hidden size.
package struct BERTEmbeddings: Sendable {
    let words: EmbeddingTable  // (vocabulary, H)
    let positions: Matrix  // (maximum positions, H)
    let tokenType: Matrix  // (1, H): the first segment's
    let normalization: LayerNormalization  // H

    /// hidden[first + t] = LN(words[ids[t]] + positions[t] + tokenType)
    ///
    /// Throws `.invalidArgument` for a sequence that is empty or too long and for ids outside the vocabulary.
    func embed(_ ids: [Int32], into hidden: inout Matrix, from first: Int) throws {
        guard (1...positions.rows).contains(ids.count) else {
            throw AkinError(
                .invalidArgument,
                "A sequence of \(ids.count) tokens does not fit this model, which reads 1 to \(positions.rows).")
        }
        for (place, id) in ids.enumerated() {
            guard id >= 0, Int(id) < words.rows else {
                throw AkinError(
                    .invalidArgument,
                    "The token id \(id) is outside the model's vocabulary of \(words.rows); tokenizer and weights belong to "
                        + "different models, so fetch the model again.")
            }
            words.copyRow(Int(id), into: &hidden, row: first + place)
        }
        normalization.apply(to: &hidden, rows: first..<first + ids.count, adding: positions, from: 0, bias: tokenType)
    }
}

/// Rows decoded on demand from a mapped file: the word embeddings are half of a small model, and a process that encodes
/// one query reads a few pages of them.
struct EmbeddingTable: Sendable {
    let file: SafetensorsFile
    let tensor: SafetensorsFile.Tensor
    let format: FloatFormat

    var rows: Int { tensor.shape[0] }

    /// Decodes the row of a token into a row of `target`.
    func copyRow(_ row: Int, into target: inout Matrix, row targetRow: Int) {
        file.decodeRow(row, of: tensor, as: format, into: &target, row: targetRow)
    }
}
