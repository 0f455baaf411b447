import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainMLMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mlm",
        abstract: "Train a BERT model on texts without labels, by hidden words.",
        discussion: """
            Pre-training: of each text 15 % of the tokens are hidden, others in each epoch, and the network learns to find them. It begins from \
            scratch, or with --model goes on from a model. The folder that it writes is for 'akin fill-mask', to start 'akin train classify' \
            and the like from, and as an encoder.

              akin train mlm corpus.txt --output models/own
              akin train mlm corpus.txt --model all-MiniLM-L6-v2 --output ours
              akin train mlm corpus.txt --nsp --layers 6 --hidden 384 --output own

            Text files have a sentence or paragraph a line and an empty line between documents. Files may be larger than memory. A part is \
            held out: how hard its hidden words are to find (perplexity) is reported at the start, on the way and at the end.

            The state is kept every minute in a file beside the output. After an interruption the same command goes on from there.
            """)

    @Argument(
        help: "Text files, files of records (.jsonl, .csv, .tsv) with a text each, or folders of texts.",
        completion: .file())
    var corpus: [String]

    @Option(
        help: ArgumentHelp("The folder to write; there must be none yet.", valueName: "folder"), completion: .directory)
    var output: String

    @OptionGroup var start: TrainMLMStartOptions
    @OptionGroup var work: WorkOptions

    @Flag(help: "Hide all pieces of a word together.")
    var wholeWords = false

    @Flag(help: "Learn also to tell whether one sentence follows another (next sentence prediction).")
    var nsp = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens of a sequence; a model from scratch reads no longer texts.", valueName: "n"))
    var length = 128

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Passes over the texts (default: 10; 3 with --model).", valueName: "n"))
    var epochs: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Steps in all, in place of passes.", valueName: "n"))
    var steps: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Sequences of a step.", valueName: "n"))
    var batchSize = 32

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The largest learning rate (default: 5e-4; 5e-5 with --model).", valueName: "rate"))
    var rate: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The share of the steps in which the rate rises.", valueName: "share"))
    var warmUp = 0.1

    @Option(parsing: .unconditional, help: ArgumentHelp("The share of activations dropped.", valueName: "share"))
    var dropout = 0.1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The share of the sequences that is scored on and not learnt from, at most about 1000.", valueName: "share"
        ))
    var heldOut = 0.05

    @Option(parsing: .unconditional, help: ArgumentHelp("Decides weights, masks, pairs and order.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: "The arithmetic of training (default: auto).")
    var precision: EncodingPrecision?

    @Option(help: ArgumentHelp("The field of the text, in files of records.", valueName: "name"))
    var textField: String?

    @OptionGroup var memory: TrainingMemoryOption
    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !corpus.isEmpty else { throw ValidationError("Name at least one file or folder of texts.") }
        try FineTuningOptions.validate(epochs: epochs ?? 1, batchSize: batchSize, rate: rate ?? 5e-4)
        guard epochs == nil || steps == nil else { throw ValidationError("Give --epochs or --steps, not both.") }
        for (name, value, least, most) in [("length", length, 8, 16_384), ("steps", steps ?? 1, 0, 1_000_000_000)]
        where value < least || value > most {
            throw ValidationError("--\(name) must be at least \(least) and at most \(most), not \(value).")
        }
        for (name, value) in [("warm-up", warmUp), ("dropout", dropout)] where !(value >= 0 && value < 1) {
            throw ValidationError("--\(name) must be at least 0 and below 1, not \(value).")
        }
        guard heldOut > 0, heldOut <= 0.5 else {
            throw ValidationError("--held-out must be above 0 and at most 0.5, not \(heldOut).")
        }
    }

    func run() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let configuration = Database.Configuration(
            model: start.model, precision: precision, threads: work.threads, models: .ofEnvironment)
        let (corpus, output, training) = (corpus, output, training)
        let report = try await ResumableWork.run(progress, kept: "the state of the training") {
            try await training.run(on: corpus, output: output, configuration: configuration, progress: handler)
        }
        if report.unknownShare > 0.01 {
            talk.talk.notes([
                "\(Figures.decimal(report.unknownShare * 100, 1)) % of the tokens are not in the vocabulary"
            ])
        }
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        try StandardOutput.print(lines(report))
    }

    private var training: MaskedWordTraining {
        var training = MaskedWordTraining()
        start.apply(to: &training)
        (training.hidesWholeWords, training.predictsNextSentence) = (wholeWords, nsp)
        (training.length, training.epochs, training.steps) = (length, epochs, steps)
        (training.batchSize, training.learningRate, training.warmUpShare) = (batchSize, rate, warmUp)
        (training.dropout, training.heldOutShare, training.seed) = (dropout, heldOut, seed)
        (training.textField, training.memory) = (textField, memory.bytes)
        return training
    }

    private func lines(_ report: MaskedWordTraining.Report) -> [String] {
        func perplexity(_ value: Double) -> String { Figures.decimal(value, value < 100 ? 2 : 0) }
        var lines = [
            "\(output): perplexity \(perplexity(report.perplexity)), \(perplexity(report.perplexityBefore)) before; "
                + "learnt from \(Figures.count(report.trainingCount, "sequence")), scored on "
                + Figures.whole(report.heldOutCount),
            "\(Figures.count(report.steps, "step")), \(Figures.whole(Int(report.tokensPerSecond))) tokens/s, "
                + "\(Figures.whole(report.parameterCount)) parameters, \(Figures.whole(report.vocabularySize)) entries, "
                + Figures.duration(milliseconds: report.elapsedMilliseconds),
        ]
        lines += report.curve.map { point in
            "  step \(Figures.whole(point.step)): perplexity \(perplexity(point.perplexity))"
                + (point.loss.map { ", loss \(Figures.decimal($0, 3))" } ?? "")
                + (point.nextSentenceAccuracy.map { ", next sentence \(Figures.score($0))" } ?? "")
        }
        return lines
    }
}
