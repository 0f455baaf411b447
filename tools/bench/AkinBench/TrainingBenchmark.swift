import AkinCore
import AkinTraining
import AkinTransformers
import AkinVectors
import ArgumentParser
import Foundation

/// Times steps of training on batches drawn at random: the work of a step does not depend on what the words are.
struct TrainingBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training", abstract: "Steps of fine-tuning or of masked words; a JSON line.")

    enum Task: String, ExpressibleByArgument { case classes, words }

    @Option(help: "classes of texts, or words behind masks (every seventh is hidden).")
    var task = Task.classes

    @Option(help: "The folder whose config.json gives the network's sizes.")
    var model: String

    @Option(help: "Tokens of a sequence.")
    var length = 128

    @Option(help: "Sequences of a step.")
    var batch = 16

    @Option(help: "Threads.")
    var threads = 2

    @Option(help: "Steps that are timed, after two that are not.")
    var steps = 8

    @Flag(help: "Multiply in single precision.")
    var fp32 = false

    func run() throws {
        let shape = try BERTConfiguration(file: URL(filePath: model).appending(path: "config.json"))
        let (dropout, hidden): (Float, [Int]) =
            task == .words ? (0, (0..<length * batch).filter { $0 % 7 == 0 }) : (0.1, [])
        let training = TrainingModel(
            shape: shape,
            task: task == .words ? .maskedWords(nextSentence: false) : .sequenceClassification(outputs: 6), seed: 1)
        let pass = BERTPass(
            shape, training.site, training.parameters, capacity: length * batch, longest: length,
            readCapacity: task == .words ? hidden.count : batch, rounds: !fp32, threads: threads)
        var random = SeededGenerator(seed: 5)
        var texts = Batch()
        for _ in 0..<batch {
            texts.append((0..<length).map { _ in Int32(random.integer(below: shape.vocabularySize)) })
        }
        texts.readRows = task == .words ? hidden : texts.firstRows
        let times: [Double]
        switch task {
        case .classes:
            let classes = (0..<batch).map { _ in Int32(random.integer(below: 6)) }
            times = time(
                training, pass, try training.classificationHead(pass, capacity: batch), texts, .classes(classes),
                dropout)
        case .words:
            let targets = MaskedWordHead.Targets(rows: hidden, ids: hidden.map { texts.ids[$0] })
            times = time(
                training, pass, try training.maskedWordHead(pass, capacity: hidden.count), texts, targets, dropout)
        }
        let median = times.sorted()[times.count / 2]
        var line = JSONWriter(escaping: .required)
        line.object([
            "tokens_per_second": .number((Double(length * batch) / median).rounded()),
            "peak_megabytes": .number((Double(ProcessMemory.peak) / 1e6).rounded()),
        ])
        print(line.text)
    }

    /// Seconds of each step.
    private func time<Head: TrainingHead>(
        _ training: TrainingModel, _ pass: BERTPass, _ head: Head, _ batch: Batch, _ targets: Head.Targets,
        _ dropout: Float
    ) -> [Double] {
        let optimizer = AdamW(
            training.parameters, table: training.site.words, settings: .init(), team: Team(threads: threads))
        return (0..<steps + 2).map { step in
            let (start, seed) = (ContinuousClock.now, UInt64(step))
            pass.forward(batch, hiddenDropout: dropout, attentionDropout: dropout, seed: seed)
            _ = head.loss(pass, batch, targets, dropout: dropout, seed: seed)
            pass.backward(batch, hiddenDropout: dropout, attentionDropout: dropout, seed: seed)
            optimizer.step(rate: 5e-5, reaching: head.reachedRows(batch))
            pass.packWeights()
            head.packWeights()
            return (ContinuousClock.now - start) / .seconds(1)
        }.dropFirst(2).map { $0 }
    }
}
