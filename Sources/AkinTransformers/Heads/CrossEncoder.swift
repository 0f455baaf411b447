package import AkinCore
package import AkinTokenizers
import AkinVectors
package import Foundation

/// A model that reads a question and a passage together and says how well the passage answers (Nogueira and Cho 2019,
/// "Passage Re-ranking with BERT").
///
/// It is dearer than to compare vectors: each pair is a pass through the network. It is also surer, because every word of
/// the question meets every word of the passage. Any number of threads may use one value.
package struct CrossEncoder: Sendable {
    private let model: BERTTaskModel<SequenceClassificationHead>
    private let score: PairScore

    /// Loads a folder of a model for sequence classification with one label, or with two of which the second says that
    /// the passage answers.
    ///
    /// - Parameter cache: Where the loaded network is kept for the next time; nil keeps nothing.
    /// - Throws: as `BERTTaskModel` does, and `AkinError(.incompatible)` for a model that does not rank.
    package init(folder: URL, precision: EncodingPrecision = .fp32, cache: PackedModelCache? = nil) throws {
        model = try BERTTaskModel(folder: folder, precision: precision, cache: cache)
        guard model.task == .sequenceClassification else {
            throw AkinError(
                .incompatible,
                "\(folder.path) is a model for \(model.task.name), which ranks nothing; choose a cross-encoder.")
        }
        score = try PairScore(folder: folder, labels: model.head.labels)
        // A tokenizer that knows no pairs is refused here, not at the first question.
        _ = try model.tokenizer.encode("", "", maximumTokens: nil)
    }

    /// How people know the model.
    package var name: String { model.name }

    /// The most tokens of question and passage together, special ones included.
    package var maximumTokens: Int { model.maximumTokens }

    /// The tokens of a question and a passage. Where they are too long together, the longer one loses its end.
    package func tokens(_ question: String, _ passage: String) throws -> PairEncoding {
        try model.tokenizer.encode(question, passage, maximumTokens: maximumTokens)
    }

    /// The scores of pairs, in their order: larger where the passage answers better.
    ///
    /// A pair's score does not depend on the others. Pairs of like length are computed together, packed without padding.
    ///
    /// - Throws: `AkinError(.invalidData)` for scores that are not finite.
    package func scores(_ pairs: [PairEncoding], threads: Int) throws -> [Double] {
        try model.map(pairs.map(TokenSequence.init), threads: threads) { score.value(of: $1) }
    }
}
