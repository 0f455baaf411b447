package import AkinTransformers
package import AkinVectors
package import Foundation

/// Fine-tunes a BERT sentence encoder: its texts' vectors come to stand as the examples have them.
package final class EmbeddingTraining: RunTraining {
    /// Texts as the network reads them, and what is to be learnt of them.
    package enum Examples: Sendable {
        /// Pairs whose cosines are to be ordered as the scores are (CoSENT).
        case scored([(first: [Int32], second: [Int32], score: Float)])
        /// Pairs and the cosines they are to have.
        case cosines([(first: [Int32], second: [Int32], cosine: Float)])
        /// Texts that belong together; those of the others in the same step are negatives, and one's own.
        case matched([(anchor: [Int32], positive: [Int32], negative: [Int32]?)])

        /// The texts of each example.
        package var texts: [[[Int32]]] {
            switch self {
            case .scored(let pairs): pairs.map { [$0.first, $0.second] }
            case .cosines(let pairs): pairs.map { [$0.first, $0.second] }
            case .matched(let texts): texts.map { [$0.anchor, $0.positive] + ($0.negative.map { [$0] } ?? []) }
            }
        }
    }

    package let model: TrainingModel
    package let run: TrainingRun<EmbeddingHead>
    private let head: EmbeddingHead
    private let pass: BERTPass
    private let source: URL

    /// - Parameters:
    ///   - source: the folder of the model to start from.
    ///   - longest: the most tokens of a text whose vector will be asked for.
    /// - Throws: as the model's reading does.
    package init(
        source: URL, _ examples: Examples, pooling: EmbeddingHead.Pooling, longest: Int = 1, settings: TrainingSettings
    ) throws {
        let texts = examples.texts
        precondition(!texts.isEmpty)
        self.source = source
        model = try TrainingModel(folder: source, task: .embedding, seed: settings.seed)
        let sizes = texts.map { $0.reduce(0) { $0 + $1.count } }.sorted(by: >)
        pass = BERTPass(
            model.shape, model.site, model.parameters,
            capacity: max(sizes.prefix(settings.batchSize).reduce(0, +), longest),
            longest: max(texts.joined().map(\.count).max() ?? 1, longest), rounds: settings.rounds,
            threads: settings.threads)
        head = EmbeddingHead(
            pooling, pass, capacity: (texts.map(\.count).max() ?? 2) * min(settings.batchSize, texts.count))
        run = TrainingRun(model, pass, head, settings, exampleCount: texts.count) { chosen, _ in
            Self.batch(of: chosen, examples)
        }
    }

    private static func batch(of chosen: [Int], _ examples: Examples) -> (Batch, EmbeddingHead.Targets) {
        var batch = Batch()
        switch examples {
        case .scored(let pairs):
            for index in chosen {
                batch.append(pairs[index].first)
                batch.append(pairs[index].second)
            }
            return (batch, .scored(chosen.map { pairs[$0].score }))
        case .cosines(let pairs):
            for index in chosen {
                batch.append(pairs[index].first)
                batch.append(pairs[index].second)
            }
            return (batch, .cosines(chosen.map { pairs[$0].cosine }))
        case .matched(let all):
            let texts = chosen.map { all[$0] }
            let candidates = texts.map(\.positive) + texts.compactMap(\.negative)
            for text in texts.map(\.anchor) + candidates { batch.append(text) }
            return (
                batch,
                .matching(anchors: texts.count, excluded: texts.indices.map { excluded(anchor: $0, texts) })
            )
        }
    }

    /// The candidates that an anchor is not to be moved away from: those with the letters of its own, and what belongs
    /// to anchors with its letters.
    private static func excluded(
        anchor: Int, _ texts: [(anchor: [Int32], positive: [Int32], negative: [Int32]?)]
    ) -> Set<Int> {
        let own = texts[anchor]
        let right = Set(texts.filter { $0.anchor == own.anchor }.map(\.positive))
        let candidates = texts.map(\.positive) + texts.compactMap(\.negative)
        return Set(
            candidates.indices.filter {
                $0 != anchor && (right.contains(candidates[$0]) || candidates[$0] == own.anchor)
            }.map { texts.count + $0 })
    }

    /// The vectors of texts, at unit length, in their order. Shape: (texts, H).
    package func vectors(_ texts: [[Int32]]) -> Matrix {
        var result: [[Float]] = []
        let count = max(2, min(run.settings.batchSize, run.exampleCount))
        pass.evaluate(texts.lazy.map { ($0, nil) }, atATime: count) { result += head.vectors(pass, $0) }
        return Matrix(result)
    }

    /// Writes the model as a folder that Akin, `transformers` and `sentence-transformers` read.
    ///
    /// Throws as `TrainingModel.write` does.
    ///
    /// - Parameter encoder: the encoder that the training started from, whose pooling and prompts stay.
    package func write(to folder: URL, as encoder: BERTEncoder) throws {
        try model.write(to: folder, tokenizerOf: source) { try encoder.writeSentenceTransformerFiles(to: $0) }
    }
}
