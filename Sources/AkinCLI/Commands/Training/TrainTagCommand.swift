import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainTagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Train a tagger of entities, or of senses of words, from examples.",
        discussion: """
            Fine-tunes a BERT model. Files are in CoNLL's form: a word and its tag a line (the first and the last column), an empty line after \
            each sentence. Tags may be of any scheme (IOB, IOBES, BILOU). The folder that it writes is for 'akin tag'.

              akin train tag names.conll --output models/names
              akin train tag train.conll --score dev.conll --output models/names
              akin train tag --senses bank.jsonl --output models/bank

            With --senses, it learns to tell senses of words apart. Examples are records with a "text", a "sense", and the marked word: its \
            "start" and "end" (half-open, in Unicode scalars), or the "word", whose first place counts; or sentences in CoNLL's form in which \
            the marked words alone have tags. Two ways are tried, and the better one is kept: a linear classifier for each word over its \
            contextual vectors, and fine-tuning. 'akin tag' then gives each place of the words its sense; only senses of the word compete.

            A tenth of the sentences is held out and scored, or the files of --score: a found entity counts where its kind and all its words \
            are right. Fine-tuning keeps its state every minute in a file beside the output; after an interruption the same command goes on \
            from there.
            """)

    @Argument(
        help: "Files with a word and its tag a line; with --senses also records (.csv, .tsv, .jsonl).",
        completion: .file())
    var sentences: [String]

    @Flag(help: "Learn senses of marked words.")
    var senses = false

    @Option(help: "With --senses: the better way, linear classifiers over vectors, or the whole network.")
    var method: ClassifierTraining.Method?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Files to score on in place of a held-out share.", valueName: "file"), completion: .file())
    var score: [String] = []

    @OptionGroup var tuning: FineTuningOptions

    @OptionGroup var page: TrainingPageOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Passes over the sentences (default: 4; with --senses 3).", valueName: "n"))
    var epochs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Sentences of a step (default: 16; with --senses 32).", valueName: "n"))
    var batchSize: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The largest learning rate (default: 1e-4; with --senses 5e-5).", valueName: "rate"))
    var rate: Double?

    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !sentences.isEmpty else { throw ValidationError("Name at least one file of sentences.") }
        try FineTuningOptions.validate(epochs: epochs ?? 1, batchSize: batchSize ?? 1, rate: rate ?? 0.5)
        if senses, page.report != nil {
            throw ValidationError("--report is for entities: leave it out with --senses.")
        }
        if senses, tuning.patience != nil {
            throw ValidationError("--patience is for entities: leave it out with --senses.")
        }
        if method != nil, !senses { throw ValidationError("--method needs --senses; entities are always fine-tuned.") }
    }

    func run() async throws {
        try page.requireReport()
        if senses { return try await trainSenses() }
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = TaggerTraining()
        if let epochs { training.epochs = epochs }
        if let batchSize { training.batchSize = batchSize }
        if let rate { training.learningRate = rate }
        (training.heldOutShare, training.seed) = (tuning.heldOut, tuning.seed)
        (training.memory, training.patience) = (tuning.memory.bytes, tuning.patience)
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
        try page.write(report: report.html(), talk.talk)
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        var lines = [
            "\(tuning.output): F1 \(Figures.score(report.f1)) (precision \(Figures.score(report.precision)), recall \(Figures.score(report.recall))), "
                + "learnt from \(Figures.count(report.trainingCount, "sentence")), scored on \(Figures.whole(report.heldOutCount)), "
                + Figures.duration(milliseconds: report.elapsedMilliseconds)
        ]
        lines += report.fineTuning.lines(Figures.score)
        lines += report.kinds.map {
            "  \(String(DisplayText.oneLine($0.kind)))  F1 \(Figures.score($0.f1)) of \($0.support)"
        }
        try StandardOutput.print(lines)
    }
}
