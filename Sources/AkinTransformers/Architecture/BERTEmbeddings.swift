import AkinCore
import AkinVectors

/// The first step of a BERT network: what each token, its position and its segment contribute to its state. H is the
/// hidden size.
package struct BERTEmbeddings: Sendable {
    let words: EmbeddingTable  // (vocabulary, H)
    let positions: Matrix?  // (maximum positions, H); nil where only the attentions know places
    let maximumPositions: Int
    let segments: [Matrix]  // (1, H) each: of one text or the first of a pair, and where the model has it of the second
    let normalization: LayerNormalization  // H

    /// What the texts of a pair add, by a table of segments: its first two rows, or its first for both.
    static func segments(of table: Matrix, _ kind: BERTFamily.Segments) -> [Matrix] {
        switch kind {
        case .each: (0..<min(2, table.rows)).map { table.gathered([$0]) }
        case .first: [table.gathered([0]), table.gathered([0])]
        case .none: noSegments(table.columns)
        }
    }

    /// Segments that add nothing.
    static func noSegments(_ hidden: Int) -> [Matrix] {
        [Matrix(rows: 1, columns: hidden), Matrix(rows: 1, columns: hidden)]
    }

    /// hidden[first + t] = LN(words[ids[t]] + positions[t] + segments[0 or 1])
    ///
    /// Throws `.invalidArgument` for a sequence that is empty or too long, for ids outside the vocabulary, and for a
    /// pair where the model knows one segment.
    func embed(_ sequence: TokenSequence, into hidden: inout Matrix, from first: Int) throws {
        let (ids, firstLength) = (sequence.ids, sequence.firstLength)
        guard (1...maximumPositions).contains(ids.count) else {
            throw AkinError(
                .invalidArgument,
                "A sequence of \(ids.count) tokens does not fit this model, which reads 1 to \(maximumPositions).")
        }
        guard firstLength == ids.count || segments.count > 1 else {
            throw AkinError(.invalidArgument, "This model reads single texts, not pairs: it knows one segment.")
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
        normalization.apply(
            to: &hidden, rows: first..<first + firstLength, adding: positions, from: 0, bias: segments[0])
        guard firstLength < ids.count else { return }
        normalization.apply(
            to: &hidden, rows: first + firstLength..<first + ids.count, adding: positions, from: firstLength,
            bias: segments[1])
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
