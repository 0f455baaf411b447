import AkinCore
import AkinTestSupport
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// Whole runs of training: they learn, stop, go on and are written.
@Suite struct TrainingRunTests {
    private static let source = TrainingGolden.folder("classes-gelu")
    private static let key = [UInt8](repeating: 9, count: 32)

    /// Texts of ten tokens whose class is decided by one of them.
    private func examples(_ count: Int) -> (batches: [[Int32]], classes: [Int32]) {
        var generator = SeededGenerator(seed: 4)
        var (sequences, classes): ([[Int32]], [Int32]) = ([], [])
        for _ in 0..<count {
            let label = Int32(generator.integer(below: 3))
            var ids = (0..<10).map { _ in Int32(20 + generator.integer(below: 40)) }
            ids[3 + generator.integer(below: 6)] = 6 + label
            sequences.append(ids)
            classes.append(label)
        }
        return (sequences, classes)
    }

    private var settings: TrainingSettings {
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.rate) = (3, 8, 3e-3)
        return settings
    }

    private func run(threads: Int = 2) throws -> TrainingRun<ClassificationHead> {
        let (sequences, classes) = examples(60)
        let model = try TrainingModel(
            folder: Self.source, task: .sequenceClassification(outputs: 3), seed: 1)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: 80, longest: 10, rounds: true, threads: threads)
        let head = try model.classificationHead(pass, capacity: 8)
        return TrainingRun(model, pass, head, settings, exampleCount: 60) { examples, _ in
            var batch = Batch()
            for index in examples { batch.append(sequences[index]) }
            return (batch, .classes(examples.map { classes[$0] }))
        }
    }

    private func values(_ run: TrainingRun<ClassificationHead>) -> [Float] { Array(run.model.parameters.values.buffer) }

    /// At the last step a run may be stopped before what it has learnt is written.
    @Test(arguments: [1, 11, 17, .max]) func `a run that goes on from a checkpoint ends with the same bits`(step: Int)
        throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("checkpoint")
        let whole = try run()
        while !whole.isFinished { _ = whole.makeStep() }
        whole.finish()

        let stopped = try run()
        let step = min(step, stopped.schedule.totalSteps)
        for _ in 0..<step { _ = stopped.makeStep() }
        try stopped.writeCheckpoint(to: path, key: Self.key)

        let resumed = try run(threads: 1)
        #expect(try resumed.resume(from: path, key: Self.key))
        #expect(resumed.step == step)
        while !resumed.isFinished { _ = resumed.makeStep() }
        resumed.finish()
        #expect(values(resumed) == values(whole))
        guard !stopped.isFinished else { return }
        _ = stopped.makeStep()
        #expect(values(resumed) != values(stopped))
    }

    @Test func `a checkpoint that is damaged or of another run changes nothing`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("checkpoint")
        let first = try run()
        _ = first.makeStep()
        try first.writeCheckpoint(to: path, key: Self.key)
        let fresh = try run()
        let before = values(fresh)
        #expect(try !fresh.resume(from: folder.path("none"), key: Self.key))
        #expect(throws: AkinError.self) { try fresh.resume(from: path, key: [UInt8](repeating: 8, count: 32)) }
        let bytes = try Data(contentsOf: URL(filePath: path))
        for place in [0, 45, 70, bytes.count / 2, bytes.count - 1] {
            var damaged = bytes
            damaged[place] ^= 0x10
            try damaged.write(to: URL(filePath: path))
            #expect(throws: AkinError.self, "byte \(place)") { try fresh.resume(from: path, key: Self.key) }
        }
        try bytes.prefix(bytes.count - 5).write(to: URL(filePath: path))
        #expect(throws: AkinError.self) { try fresh.resume(from: path, key: Self.key) }
        #expect(values(fresh) == before)
    }

    @Test func `a classifier learns, and its folder gives what it learnt`() throws {
        let folder = try TemporaryFolder()
        let (sequences, classes) = examples(240)
        var settings = settings
        settings.epochs = 12
        let training = try SequenceClassificationTraining(
            source: Self.source, sequences: sequences.map { .init(ids: $0) }, classes: classes,
            labels: ["one", "two", "three"], settings: settings)
        var losses: [Double] = []
        try training.train { _, loss in losses.append(loss) }
        #expect(losses.count == training.stepCount)
        let (early, late): (Double, Double) = (losses.prefix(20).reduce(0, +), losses.suffix(20).reduce(0, +))
        #expect(late < 0.3 * early)

        let output = URL(filePath: folder.path("model"))
        try training.write(to: output)
        #expect(throws: AkinError.self) { try training.write(to: output) }
        let read = try TrainingModel(folder: output, task: .sequenceClassification(outputs: 3), seed: 9)
        #expect(read.drawn.isEmpty)
        #expect(Array(read.parameters.values.buffer) == Array(training.model.parameters.values.buffer))
        let configuration = try HeadConfiguration(file: output.appending(path: "config.json"))
        #expect(configuration.labels == ["one", "two", "three"] && configuration.problemType == .singleLabel)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(".")) == ["model"])
    }

    @Test func `a loss that is no number ends the training`() throws {
        let (sequences, classes) = examples(32)
        var settings = settings
        (settings.rate, settings.optimizer.largestNorm, settings.warmUpShare) = (1e30, 1e30, 0)
        let training = try SequenceClassificationTraining(
            source: Self.source, sequences: sequences.map { .init(ids: $0) }, classes: classes,
            labels: ["a", "b", "c"], settings: settings)
        #expect(throws: AkinError.self) { try training.train { _, _ in } }
    }

    @Test func `frozen layers keep their values`() throws {
        let (sequences, classes) = examples(16)
        var settings = settings
        (settings.frozenLayers, settings.epochs, settings.optimizer.weightDecay) = (1, 1, 0)
        let before = try TrainingModel(folder: Self.source, task: .sequenceClassification(outputs: 3), seed: 1)
        let training = try SequenceClassificationTraining(
            source: Self.source, sequences: sequences.map { .init(ids: $0) }, classes: classes,
            labels: ["a", "b", "c"], settings: settings)
        try training.train { _, _ in }
        for parameter in before.parameters.layout.parameters {
            let isFrozen = parameter.name.contains("embeddings.") || parameter.name.contains("layer.0.")
            let same =
                before.numbers(parameter, in: before.parameters.values)
                == training.model.numbers(parameter, in: training.model.parameters.values)
            #expect(same == isFrozen, "\(parameter.name)")
        }
    }

    @Test func `a network drawn at random learns hidden words`() throws {
        let shape = try BERTConfiguration(file: Self.source.appending(path: "config.json"))
        let model = TrainingModel(shape: shape, task: .maskedWords(nextSentence: false), seed: 3)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: 96, longest: 12, rounds: true, threads: 2)
        let head = try model.maskedWordHead(pass, capacity: 32)
        let masking = WordMasking(
            maskID: 4, isSpecial: (0..<60).map { $0 < 5 }, isContinuation: [Bool](repeating: false, count: 60))
        var settings = settings
        (settings.epochs, settings.rate) = (60, 5e-3)
        // A text repeats one word: what is hidden can be told from what stands beside it.
        let run = TrainingRun(model, pass, head, settings, exampleCount: 40) { examples, epoch in
            var batch = Batch()
            var (rows, ids): ([Int], [Int32]) = ([], [])
            for index in examples {
                var sequence = [Int32](repeating: Int32(5 + index), count: 12)
                var generator = SeededGenerator(seed: UInt64(1000 * epoch + index))
                let hidden = masking.hide(&sequence, &generator)
                rows += hidden.places.map { batch.tokens + $0 }
                ids += hidden.ids
                batch.append(sequence)
            }
            return (batch, .init(rows: rows, ids: ids))
        }
        var losses: [Double] = []
        while !run.isFinished { losses.append(run.makeStep().loss) }
        let (early, late): (Double, Double) = (losses.prefix(10).reduce(0, +), losses.suffix(10).reduce(0, +))
        #expect(late < 0.5 * early)
    }

    @Test(arguments: [false, true]) func `masks hide as many words as they should`(whole: Bool) {
        var masking = WordMasking(
            maskID: 4, isSpecial: (0..<100).map { $0 < 5 }, isContinuation: (0..<100).map { $0 % 3 == 0 })
        masking.hidesWholeWords = whole
        var (kept, masked, count) = (0, 0, 0)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let original = [2] + (0..<60).map { _ in Int32(5 + generator.integer(below: 95)) } + [3]
            var ids = original
            let hidden = masking.hide(&ids, &generator)
            #expect(hidden.places.map { original[$0] } == hidden.ids && hidden.places == hidden.places.sorted())
            #expect(ids.first == 2 && ids.last == 3)
            for place in ids.indices where !hidden.places.contains(place) { #expect(ids[place] == original[place]) }
            count += hidden.places.count
            masked += hidden.places.filter { ids[$0] == 4 }.count
            kept += hidden.places.filter { ids[$0] == original[$0] }.count
            if whole {
                for place in hidden.places where masking.isContinuation[Int(original[place])] && place > 1 {
                    #expect(hidden.places.contains(place - 1))
                }
            }
        }
        #expect((1400...2000).contains(count))
        #expect((0.75...0.85).contains(Double(masked) / Double(count)))
        #expect((0.07...0.14).contains(Double(kept) / Double(count)))
    }
}
