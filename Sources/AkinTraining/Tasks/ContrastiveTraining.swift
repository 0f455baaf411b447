package import AkinVectors
package import Foundation

/// Trains a sentence encoder so that texts of one class have vectors near each other and texts of others do not
/// (Tunstall et al. 2022, "Efficient Few-Shot Learning Without Prompts"). A few examples make many pairs, which is why
/// little is enough to learn from; a linear classifier over the new vectors is fitted afterwards.
///
/// A step takes some examples and for each another one of its class, and compares all of them with each other.
package final class ContrastiveTraining: RunTraining {
    package let model: TrainingModel
    package let run: TrainingRun<EmbeddingHead>
    private let head: EmbeddingHead
    private let pass: BERTPass
    private let isNormalized: Bool

    /// - Parameters:
    ///   - source: the folder of the network to start from.
    ///   - isNormalized: whether `vectors` gives them at unit length; training always compares cosines.
    ///   - sequences: the examples as the network reads them, and their classes.
    ///   - longest: the most tokens of a sequence whose vector will be asked for.
    /// - Throws: as the model's reading does.
    package init(
        source: URL, pooling: EmbeddingHead.Pooling, isNormalized: Bool, sequences: [[Int32]], classes: [Int32],
        longest: Int, settings: TrainingSettings
    ) throws {
        precondition(sequences.count == classes.count && !sequences.isEmpty)
        self.isNormalized = isNormalized
        model = try TrainingModel(folder: source, task: .embedding, seed: settings.seed)
        var wide = settings
        wide.batchSize *= 2
        let lengths = sequences.map(\.count)
        pass = BERTPass(model, lengths: lengths + lengths, longest: longest, wide)
        head = EmbeddingHead(pooling, pass, capacity: wide.batchSize)
        let alike = Dictionary(grouping: classes.indices) { classes[$0] }
        run = TrainingRun(model, pass, head, settings, exampleCount: sequences.count) { examples, epoch in
            let partners = examples.map { example in
                Self.partner(of: example, among: alike[classes[example]] ?? [], epoch, settings.seed)
            }
            var batch = Batch()
            for example in examples + partners { batch.append(sequences[example]) }
            return (batch, .classes((examples + partners).map { classes[$0] }))
        }
    }

    /// Another example of the same class; the example itself where it is the only one.
    private static func partner(of example: Int, among alike: [Int], _ epoch: Int, _ seed: UInt64) -> Int {
        guard alike.count > 1, let place = alike.firstIndex(of: example) else { return example }
        var generator = SeededGenerator(
            seed: seed &+ UInt64(epoch) &* 0xD1B5_4A32_D192_ED03 &+ UInt64(example) &* 0x9E37_79B9_7F4A_7C15)
        let chosen = generator.integer(below: alike.count - 1)
        return alike[chosen < place ? chosen : chosen + 1]
    }

    /// The vectors of sequences, in their order. Shape: (sequences, H).
    package func vectors(_ sequences: [[Int32]]) -> Matrix {
        var result: [[Float]] = []
        pass.evaluate(sequences.lazy.map { ($0, nil) }, atATime: run.settings.batchSize) {
            result += head.vectors(pass, $0, atUnitLength: isNormalized)
        }
        return Matrix(result)
    }
}
