import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// Steps that are made of several batches because memory is short.
@Suite struct MicroBatchTests {
    private static let tokens = 12

    private func sequences(_ count: Int) -> [[Int32]] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count).map { _ in
            (0..<3 + generator.integer(below: Self.tokens - 2)).map { _ in
                Int32(6 + generator.integer(below: 50))
            }
        }
    }

    private var settings: TrainingSettings {
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.rate, settings.rounds) = (1, 8, 1e-3, false)
        (settings.dropout, settings.warmUpShare) = (0.2, 0)
        return settings
    }

    /// The losses of some steps and the parameters after them.
    private func steps<Head: TrainingHead>(
        _ task: TrainingTask, golden: String, tokensAtATime: Int?, threads: Int = 2,
        head makeHead: (TrainingModel, BERTPass) throws -> Head,
        targets: @escaping ([[Int32]], [Int]) -> Head.Targets
    ) throws -> (losses: [Double], values: [Float]) {
        let sequences = sequences(24)
        let model = try TrainingModel(folder: TrainingGolden.folder(golden), task: task, seed: 1)
        var settings = settings
        (settings.tokensAtATime, settings.threads) = (tokensAtATime, threads)
        let pass = BERTPass(model, lengths: sequences.map(\.count), longest: Self.tokens, settings)
        if let tokensAtATime { #expect(pass.capacity <= max(tokensAtATime, Self.tokens)) }
        let run = TrainingRun(model, pass, try makeHead(model, pass), settings, exampleCount: 24) { examples, _ in
            var batch = Batch()
            for index in examples { batch.append(sequences[index]) }
            return (batch, targets(sequences, examples))
        }
        var losses: [Double] = []
        while !run.isFinished { losses.append(run.makeStep().loss) }
        run.finish()
        return (losses, Array(model.parameters.values.buffer))
    }

    private func expectAlike(_ whole: (losses: [Double], values: [Float]), _ parts: (losses: [Double], values: [Float]))
    {
        for (a, b) in zip(whole.losses, parts.losses) { #expect(abs(a - b) < 1e-4 * abs(a), "\(a), \(b)") }
        // AdamW's first steps have the size of the rate whatever the gradient's, so rounding shows where that is
        // nearly zero; a mask that is another changes far more.
        let differences = zip(whole.values, parts.values).map { abs($0 - $1) }
        let mean = differences.reduce(0) { $0 + Double($1) } / Double(differences.count)
        #expect(mean < 2e-6, "\(mean)")
    }

    @Test(arguments: [1, 20, 45]) func `classes are learnt in parts as in one`(tokensAtATime: Int) throws {
        func run(_ tokens: Int?) throws -> (losses: [Double], values: [Float]) {
            try steps(
                .sequenceClassification(outputs: 3), golden: "classes-gelu", tokensAtATime: tokens
            ) {
                try $0.classificationHead($1, capacity: 8, classWeights: [1, 2, 0.5], smoothing: 0.1)
            } targets: { sequences, examples in
                .classes(examples.map { Int32(sequences[$0].count % 3) })
            }
        }
        expectAlike(try run(nil), try run(tokensAtATime))
    }

    @Test func `entities are learnt in parts as in one, whatever part the tokens with a class are in`() throws {
        func run(_ tokens: Int?, threads: Int = 2) throws -> (losses: [Double], values: [Float]) {
            try steps(
                .tokenClassification(outputs: 3), golden: "classes-gelu", tokensAtATime: tokens, threads: threads
            ) {
                try $0.tokenClassificationHead($1)
            } targets: { sequences, examples in
                examples.flatMap { example in sequences[example].map { $0 % 5 == 4 ? -1 : $0 % 3 } }
            }
        }
        let parts = try run(25)
        expectAlike(try run(nil), parts)
        #expect(try run(25, threads: 1).values == parts.values)
    }

    @Test func `answers are learnt in parts as in one`() throws {
        func run(_ tokens: Int?) throws -> (losses: [Double], values: [Float]) {
            try steps(.questionAnswering, golden: "classes-gelu", tokensAtATime: tokens) {
                try $0.answerSpanHead($1)
            } targets: { sequences, examples in
                examples.map { 1...(sequences[$0].count - 1) }
            }
        }
        expectAlike(try run(nil), try run(25))
    }

    @Test func `hidden words and next sentences are learnt in parts as in one`() throws {
        func run(_ tokens: Int?) throws -> (losses: [Double], values: [Float]) {
            try steps(.maskedWords(nextSentence: true), golden: "classes-gelu", tokensAtATime: tokens) {
                try $0.preTrainingHead($1, capacity: 16, sequences: 8)
            } targets: { sequences, examples in
                var (row, rows, ids) = (0, [Int](), [Int32]())
                for example in examples {
                    if example % 4 != 0 {
                        rows.append(row + 1)
                        ids.append(sequences[example][1])
                    }
                    row += sequences[example].count
                }
                return .init(words: .init(rows: rows, ids: ids), isRandom: examples.map { Int32($0 % 2) })
            }
        }
        expectAlike(try run(nil), try run(25))
    }
}
