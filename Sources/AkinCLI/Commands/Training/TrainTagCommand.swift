import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainTagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Train a tagger of entities from sentences whose words have tags.",
        discussion: """
            Fine-tunes a BERT model. Files are in CoNLL's form: a word and its tag a line (the first and the last column), an empty line after \
            each sentence. Tags may be of any scheme (IOB, IOBES, BILOU). The folder that it writes is for 'akin tag'.

              akin train tag names.conll --output models/names
              akin train tag train.conll --score dev.conll --output models/names

            A tenth of the sentences is held out and scored, or the files of --score: a found entity counts where its kind and all its words \
            are right. Fine-tuning keeps its state every minute in a file beside the output; after an interruption the same command goes on \
            from there.
            """)

    @Argument(help: "Files with a word and its tag a line.", completion: .file())
    var sentences: [String]

    @Option(
        help: ArgumentHelp("The folder to write; there must be none yet.", valueName: "folder"), completion: .directory)
    var output: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Files to score on in place of a held-out share.", valueName: "file"), completion: .file())
    var score: [String] = []

    @OptionGroup var model: ModelOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the sentences.", valueName: "n"))
    var epochs = 4

    @Option(parsing: .unconditional, help: ArgumentHelp("Sentences of a step.", valueName: "n"))
    var batchSize = 16

    @Option(parsing: .unconditional, help: ArgumentHelp("The largest learning rate.", valueName: "rate"))
    var rate = 1e-4

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The share of the sentences that is scored on and not learnt from.", valueName: "share"))
    var heldOut = 0.1

    @Option(parsing: .unconditional, help: ArgumentHelp("Decides split, order and dropout.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: "The arithmetic of training (default: auto).")
    var precision: EncodingPrecision?

    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !sentences.isEmpty else { throw ValidationError("Name at least one file of sentences.") }
        for (name, value, least, most) in [("epochs", epochs, 1, 1000), ("batch-size", batchSize, 1, 4096)]
        where value < least || value > most {
            throw ValidationError("--\(name) must be at least \(least) and at most \(most), not \(value).")
        }
        guard rate > 0, rate < 1 else { throw ValidationError("--rate must be above 0 and below 1, not \(rate).") }
        guard heldOut >= 0.01, heldOut <= 0.9 else {
            throw ValidationError("--held-out must be at least 0.01 and at most 0.9, not \(heldOut).")
        }
    }

    func run() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = TaggerTraining()
        (training.epochs, training.batchSize, training.learningRate) = (epochs, batchSize, rate)
        (training.heldOutShare, training.seed) = (heldOut, seed)
        let configuration = Database.Configuration(
            model: model.name, precision: precision, threads: model.work.threads, models: .ofEnvironment)
        let (sentences, score, output) = (sentences, score, output)
        let report = try await Signals.runInterruptibly { [training] in
            try await training.run(
                on: sentences, heldOut: score, output: output, configuration: configuration, progress: handler)
        }
        progress?.finish()
        if report.heldOutCount == 0 {
            talk.talk.notes(["nothing was left to score on: all its sentences occur among those learnt from"])
        }
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        func percent(_ share: Double) -> String { Figures.decimal(share * 100, 1) + " %" }
        var lines = [
            "\(output): F1 \(percent(report.f1)) (precision \(percent(report.precision)), recall \(percent(report.recall))), "
                + "learnt from \(Figures.count(report.trainingCount, "sentence")), scored on \(Figures.whole(report.heldOutCount)), "
                + Figures.duration(milliseconds: report.elapsedMilliseconds)
        ]
        lines += report.kinds.map {
            "  \(String(DisplayText.oneLine($0.kind)))  F1 \(percent($0.f1)) of \($0.support)"
        }
        try StandardOutput.print(lines)
    }
}
