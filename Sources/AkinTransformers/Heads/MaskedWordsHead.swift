import AkinCore
package import AkinVectors

/// Scores of the vocabulary's words for each masked token: decoder(LN(activation(W·x + b))).
///
/// The decoder's weight is the table of word embeddings itself, unless the file has one of its own. Only masked tokens
/// are computed, and in two steps: the decoder is larger than the network beside it, so that it pays to read it once for
/// the masked tokens of many batches.
package struct MaskedWordsHead: BERTHead {
    package static let tasks: [BERTTask] = [.maskedWords, .pretraining]

    private let transform: FloatLinearLayer  // H → H
    private let normalization: LayerNormalization  // H
    private let decoder: FloatLinearLayer  // H → vocabulary
    private let activation: Activation
    private let maskID: Int32

    package init(_ source: HeadSource) throws {
        let (head, configuration) = (source.head, source.configuration)
        let (hidden, words) = (configuration.hiddenSize, configuration.vocabularySize)
        guard let maskID = source.maskID else {
            throw AkinError(
                .invalidData, "The model's vocabulary has no token for a masked word; fetch the model again.")
        }
        self.maskID = maskID
        activation = configuration.activation
        transform = FloatLinearLayer(
            try head.linear("cls.predictions.transform.dense", inputs: hidden, outputs: hidden))
        normalization = try head.normalization("cls.predictions.transform.LayerNorm", size: hidden)
        let own = "cls.predictions.decoder.weight"
        decoder = FloatLinearLayer(
            LinearParameters(
                weight: head.has(own)
                    ? try head.matrix([own], shape: [words, hidden])
                    : try source.network.matrix(["embeddings.word_embeddings.weight"], shape: [words, hidden]),
                bias: try head.matrix(["cls.predictions.bias", "cls.predictions.decoder.bias"], shape: [words])))
    }

    /// What the decoder reads of each masked token of a sequence. Shape of each: (masked tokens, H).
    package func outputs(_ states: Matrix, rows: [Range<Int>], of sequences: [TokenSequence]) -> [Matrix] {
        var masked: [Int] = []
        var parts: [Range<Int>] = []
        for (rows, sequence) in zip(rows, sequences) {
            let first = masked.count
            for (place, id) in sequence.ids.enumerated() where id == maskID { masked.append(rows.lowerBound + place) }
            parts.append(first..<masked.count)
        }
        let chosen = states.gathered(masked)
        var transformed = transform.applied(to: chosen, rows: masked.count, activation: activation)
        // The normalisation adds a residual, of which there is none here.
        normalization.apply(
            to: &transformed, adding: Matrix(rows: masked.count, columns: chosen.columns),
            bias: Matrix(rows: 1, columns: chosen.columns), rows: masked.count)
        return transformed.parts(parts)
    }

    /// The scores of all words before softmax. Shape: (rows, vocabulary), from the rows of `outputs`.
    ///
    /// Throws `.invalidData` when they are not finite.
    package func scores(_ masked: Matrix) throws -> Matrix {
        let scores = decoder.applied(to: masked, rows: masked.rows)
        guard scores.isFinite else {
            throw AkinError(
                .invalidData,
                "The model gives words scores that are not finite; its weights are damaged, so fetch or train it again."
            )
        }
        return scores
    }

    package static func isFinite(_ output: Matrix) -> Bool { output.isFinite }
}
