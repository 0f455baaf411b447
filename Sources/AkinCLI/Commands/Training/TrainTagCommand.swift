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
        parsing: .upToNextOption,
        help: ArgumentHelp("Files to score on in place of a held-out share.", valueName: "file"), completion: .file())
    var score: [String] = []

    @OptionGroup var tuning: FineTuningOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the sentences.", valueName: "n"))
    var epochs = 4

    @Option(parsing: .unconditional, help: ArgumentHelp("Sentences of a step.", valueName: "n"))
    var batchSize = 16

    @Option(parsing: .unconditional, help: ArgumentHelp("The largest learning rate.", valueName: "rate"))
    var rate = 1e-4

    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !sentences.isEmpty else { throw ValidationError("Name at least one file of sentences.") }
        try FineTuningOptions.validate(epochs: epochs, batchSize: batchSize, rate: rate)
    }

    func run() async throws {
        try tuning.requireReport()
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = TaggerTraining()
        (training.epochs, training.batchSize, training.learningRate) = (epochs, batchSize, rate)
        (training.heldOutShare, training.seed) = (tuning.heldOut, tuning.seed)
        training.memory = tuning.memoryBytes
        let configuration = tuning.configuration
        let (sentences, score, output) = (sentences, score, tuning.output)
        let report = try await Signals.runInterruptibly { [training] in
            try await training.run(
                on: sentences, heldOut: score, output: output, configuration: configuration, progress: handler)
        }
        progress?.finish()
        if report.heldOutCount == 0 {
            talk.talk.notes(["nothing was left to score on: all its sentences occur among those learnt from"])
        }
        try tuning.write(report: report.html(), talk.talk)
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        func percent(_ share: Double) -> String { Figures.decimal(share * 100, 1) + " %" }
        var lines = [
            "\(tuning.output): F1 \(percent(report.f1)) (precision \(percent(report.precision)), recall \(percent(report.recall))), "
                + "learnt from \(Figures.count(report.trainingCount, "sentence")), scored on \(Figures.whole(report.heldOutCount)), "
                + Figures.duration(milliseconds: report.elapsedMilliseconds)
        ]
        lines += report.kinds.map {
            "  \(String(DisplayText.oneLine($0.kind)))  F1 \(percent($0.f1)) of \($0.support)"
        }
        try StandardOutput.print(lines)
    }
}
