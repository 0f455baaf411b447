import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainPairsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs",
        abstract: "Train a sentence encoder, or a cross-encoder, from pairs of texts.",
        discussion: """
            Pairs are records with two texts and a score of how alike they are (fields "text_a", "text_b", "score", or named by options), or \
            texts that belong together, without a score; also as "anchor", "positive" and, if there is one, "negative".

              akin train pairs pairs.csv --output models/similar
              akin train pairs train.tsv --score dev.tsv --output models/similar
              akin train pairs faq.jsonl --batch-size 64 --output models/faq
              akin train pairs judged.csv --cross-encoder --output models/judge
              akin index notes/ --model models/similar

            A tenth of the pairs is held out and scored before and after, or the files of --score: by Spearman's correlation of cosines and \
            scores, or by how often a text's own is the nearest (recall@1) and its mean reciprocal rank (MRR). The folder is written even if the \
            score falls, which is said then.

            The folder is an encoder for --model in the layout of sentence-transformers; with --cross-encoder a model for 'akin classify' that \
            reads both texts together. Training keeps its state every minute in a file beside the output; after an interruption the same command \
            goes on from there.
            """)

    @Argument(help: "Files of pairs (.csv, .tsv, .jsonl).", completion: .file())
    var pairs: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Files to score on in place of a held-out share.", valueName: "file"), completion: .file())
    var score: [String] = []

    @Option(
        help: """
            What is minimised: by default cosent with scores and in-batch without; of a cross-encoder regression, or binary where all scores \
            are 0 and 1.
            """)
    var loss = PairTraining.Loss.auto

    @Flag(help: "Train a model that reads both texts together and gives one number.")
    var crossEncoder = false

    @OptionGroup var tuning: FineTuningOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the pairs.", valueName: "n"))
    var epochs = 2

    @Option(parsing: .unconditional, help: ArgumentHelp("Pairs of a step.", valueName: "n"))
    var batchSize = 32

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The largest learning rate (default: 8e-05; in-batch 2e-05, cross-encoder 5e-05).", valueName: "rate"))
    var rate: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Tokens of a text that are read (default: what the model reads, at most 256).", valueName: "n"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("The field of the first text.", valueName: "name"))
    var textField: String?

    @Option(help: ArgumentHelp("The field of the second text.", valueName: "name"))
    var pairField: String?

    @Option(help: ArgumentHelp("The field of the score.", valueName: "name"))
    var scoreField: String?

    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !pairs.isEmpty else { throw ValidationError("Name at least one file of pairs.") }
        try FineTuningOptions.validate(epochs: epochs, batchSize: batchSize, rate: rate ?? 2e-5)
        if let maxTokens, maxTokens < 3 { throw ValidationError("--max-tokens must be 3 or more, not \(maxTokens).") }
    }

    private var training: PairTraining {
        var training = PairTraining()
        (training.loss, training.isCrossEncoder) = (loss, crossEncoder)
        (training.epochs, training.batchSize) = (epochs, batchSize)
        (training.learningRate, training.memory) = (rate, tuning.memory.bytes)
        (training.heldOutShare, training.seed) = (tuning.heldOut, tuning.seed)
        training.patience = tuning.patience
        training.maximumTokens = maxTokens
        (training.textField, training.pairField, training.scoreField) = (textField, pairField, scoreField)
        return training
    }

    func run() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let (training, configuration) = (training, tuning.configuration)
        let (pairs, score, output) = (pairs, score, tuning.output)
        let report = try await Signals.runInterruptibly {
            try await training.run(
                on: pairs, heldOut: score, output: output, configuration: configuration, progress: handler)
        }
        progress?.finish()
        talk.talk.notes(notes(report))
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        try StandardOutput.print(lines(report))
    }

    private func notes(_ report: PairTraining.Report) -> [Note] {
        var notes: [Note] = []
        if report.truncatedCount > 0 {
            notes.append(
                "\(Figures.count(report.truncatedCount, "text")) \(report.truncatedCount == 1 ? "was" : "were") longer than is read; the end was left out"
            )
        }
        if report.heldOutCount == 0 {
            notes.append("nothing was left to score on: all its pairs occur among those learnt from")
        } else if report.isWorse {
            notes.append("the score fell: on these pairs the encoder was better as it was")
        }
        return notes
    }

    private func lines(_ report: PairTraining.Report) -> [String] {
        let scores: [(String, Double?, Double?)] = [
            ("Spearman", report.before.spearman, report.after.spearman),
            ("recall@1", report.before.recallAt1, report.after.recallAt1),
            ("MRR", report.before.meanReciprocalRank, report.after.meanReciprocalRank),
            ("accuracy", report.before.accuracy, report.after.accuracy),
        ]
        let found = scores.compactMap { name, before, after in
            after.map { after in
                "\(name) " + (before.map { "\(Figures.decimal($0, 4)) → " } ?? "") + Figures.decimal(after, 4)
            }
        }
        return [
            "\(tuning.output): \(found.joined(separator: ", ")) (\(report.loss.rawValue)), learnt from "
                + "\(Figures.count(report.trainingCount, "pair")), scored on \(Figures.whole(report.heldOutCount)), "
                + Figures.duration(milliseconds: report.elapsedMilliseconds)
        ] + report.fineTuning.lines { Figures.decimal($0, 4) }
    }
}
