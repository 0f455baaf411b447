import AkinCore
import AkinTokenizers
import AkinTransformers
import AkinVectors

/// A word that may stand in a gap.
public struct WordPrediction: Sendable, Hashable {
    /// As the vocabulary writes it: a piece that continues the word before it begins with `##`.
    public var word: String
    /// Among all words of the vocabulary.
    public var probability: Double
}

/// Predicts masked words from their context, which is what BERT is pre-trained to do.
///
/// ```swift
/// let model = try await MaskedWordModel.load("models/bert-base-uncased")
/// let gaps = try await model.fill(["Paris is the [MASK] of France."])[0]
/// print(gaps[0].map(\.word))  // capital, heart, center …
/// ```
///
/// Any number of threads may use one model.
public final class MaskedWordModel: Sendable {
    /// Gaps whose scores of all words are computed at a time.
    private static let blockSize = 32

    private let model: BERTTaskModel<MaskedWordsHead>
    private let threads: Int

    private init(model: BERTTaskModel<MaskedWordsHead>, threads: Int) {
        self.model = model
        self.threads = threads
    }

    /// The model's name.
    public var name: String { model.name }
    /// How a gap is written, `[MASK]` in most vocabularies.
    public var mask: String { model.tokenizer.maskID.map(model.tokenizer.token) ?? "" }

    /// Loads a model: a Hugging Face folder of a `BertForMaskedLM` or a `BertForPreTraining`.
    ///
    /// - Parameters:
    ///   - model: The name of an installed model, or a folder.
    ///   - configuration: Its precision, threads and models count.
    /// - Throws: `AkinError`: `.noModel` where it is not installed, `.incompatible` where it has no such head,
    ///   `.invalidData` where its files do not fit together.
    public static func load(
        _ model: String, configuration: Database.Configuration = Database.Configuration()
    ) async throws -> MaskedWordModel {
        try await offload {
            MaskedWordModel(
                model: try EncoderResolver(configuration: configuration).taskModel(named: model),
                threads: configuration.threads)
        }
    }

    /// The likeliest words for each gap of each text, the likeliest first.
    ///
    /// - Parameters:
    ///   - texts: With `mask` where a word is to be found.
    ///   - count: The most words of each gap.
    /// - Throws: `AkinError(.invalidArgument)` for a text that has no gap among the tokens that the model reads.
    public func fill(_ texts: [String], count: Int = 5) async throws -> [[[WordPrediction]]] {
        guard count >= 1 else { throw AkinError(.invalidArgument, "Ask for 1 or more words, not \(count).") }
        let (model, threads, mask) = (model, threads, mask)
        return try await offload(on: .questions) {
            let sequences = try Parallel.map(texts, threads: threads) { text in
                let encoding = model.tokenizer.encode(text, maximumTokens: model.maximumTokens)
                guard encoding.ids.contains(where: { $0 == model.tokenizer.maskID }) else {
                    throw AkinError(
                        .invalidArgument,
                        "There is no \(mask) in \(text.prefix(60).debugDescription)"
                            + (encoding.truncated
                                ? " within the first \(model.maximumTokens) tokens, which is all that the model reads."
                                : ": put it where a word is to be found."))
                }
                return TokenSequence(encoding.ids)
            }
            let masked = try model.map(sequences, threads: threads) { $1 }
            let rows = Matrix.stacked(masked)
            let blocks = stride(from: 0, to: rows.rows, by: Self.blockSize).map {
                Array($0..<min($0 + Self.blockSize, rows.rows))
            }
            let words = try Parallel.map(blocks, threads: threads) { block in
                let scores = try model.head.scores(rows.gathered(block))
                return (0..<block.count).map { row in
                    HeadProbabilities.largest(scores.row(row), count: count).map { id, probability in
                        WordPrediction(word: model.tokenizer.token(Int32(id)), probability: probability)
                    }
                }
            }
            var gaps = words.joined().makeIterator()
            return masked.map { part in (0..<part.rows).compactMap { _ in gaps.next() } }
        }
    }
}
