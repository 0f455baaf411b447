import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Train a classifier of texts, or of pairs, from labelled examples.",
        discussion: """
            Tries two ways on the same examples, scores both on a tenth that neither has seen, and keeps the better one: a linear classifier \
            over the vectors of the encoder as it is (seconds; enough where classes are meanings), and fine-tuning of the whole network \
            (minutes; better where classes are forms or tones). The folder that it writes is for 'akin classify'.

              akin train classify reviews.csv --output models/reviews
              akin train classify a.jsonl --label-field topic --output models/topics
              akin train classify mail/ --method frozen --output models/mail
              akin train classify --db akin.db --label-field topic --output models/t

            Examples are records with a text and a label each (fields "text" and "label", or named by options), pairs with "text_a", "text_b" \
            and "label", or a folder that has one folder of text files for each class. The same examples and options give the same model.

            With --db the documents of a database are the examples: those that have one value in the metadata field --label-field. Where \
            the model is the database's own, its vectors are not made again.

            Fine-tuning keeps its state every minute in a file beside the output. After an interruption the same command goes on from there.
            """)

    @Argument(
        help: "Files of labelled records (.csv, .tsv, .jsonl), or folders with a folder for each class.",
        completion: .file())
    var examples: [String] = []

    @Option(help: "What to train: the better way, a linear classifier over vectors, or the whole network.")
    var method = ClassifierTraining.Method.best

    @OptionGroup var tuning: FineTuningOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the examples in fine-tuning.", valueName: "n"))
    var epochs = 3

    @Option(parsing: .unconditional, help: ArgumentHelp("Examples of a step in fine-tuning.", valueName: "n"))
    var batchSize = 32

    @Option(parsing: .unconditional, help: ArgumentHelp("The largest learning rate of fine-tuning.", valueName: "rate"))
    var rate = 5e-5

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Tokens of a text that are read (default: what the model reads, at most 256).", valueName: "n"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("The field of the text.", valueName: "name"))
    var textField: String?

    @Option(help: ArgumentHelp("The field of a pair's second text.", valueName: "name"))
    var pairField: String?

    @Option(help: ArgumentHelp("The field of the label.", valueName: "name"))
    var labelField: String?

    @OptionGroup(title: "Database") var filter: FilterOptions
    @OptionGroup(title: "Database") var store: StoreOptions
    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard examples.isEmpty == (store.given != nil) else {
            throw ValidationError(
                examples.isEmpty
                    ? "Name at least one file or folder of examples, or a database with --db."
                    : "Examples are read from files or from --db, not from both.")
        }
        if examples.isEmpty {
            guard labelField != nil else {
                throw ValidationError("With --db, name the metadata field of the labels with --label-field.")
            }
            if textField != nil || pairField != nil {
                throw ValidationError("--text-field and --pair-field are of files: leave them out with --db.")
            }
        } else if filter.text != nil {
            throw ValidationError("--where goes with --db.")
        }
        try FineTuningOptions.validate(epochs: epochs, batchSize: batchSize, rate: rate)
        if let maxTokens, maxTokens < 3 { throw ValidationError("--max-tokens must be 3 or more, not \(maxTokens).") }
    }

    func run() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = ClassifierTraining()
        training.method = method
        training.epochs = epochs
        training.batchSize = batchSize
        training.learningRate = rate
        training.heldOutShare = tuning.heldOut
        training.seed = tuning.seed
        training.maximumTokens = maxTokens
        (training.textField, training.pairField, training.labelField) = (textField, pairField, labelField)
        let configuration = tuning.configuration
        let (examples, output, store) = (examples, tuning.output, store.given)
        let documents = try filter.filter()
        let report = try await Signals.runInterruptibly { [training] in
            guard let store else {
                return try await training.run(
                    on: examples, output: output, configuration: configuration, progress: handler)
            }
            return try await StoreOptions.withDatabase(at: store, .readOnly, configuration: .init()) {
                try await training.run(
                    on: $0, where: documents, output: output, configuration: configuration, progress: handler)
            }
        }
        progress?.finish()
        if report.truncatedCount > 0 {
            talk.talk.notes([
                "\(Figures.count(report.truncatedCount, "text")) \(report.truncatedCount == 1 ? "was" : "were") longer than is read; the end was left out"
            ])
        }
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        try StandardOutput.print(lines(report))
    }

    private func lines(_ report: ClassifierTraining.Report) -> [String] {
        func percent(_ share: Double) -> String { Figures.decimal(share * 100, 1) + " %" }
        var lines = report.trials.map { trial in
            "\(trial.method.rawValue): \(percent(trial.accuracy)) right, macro F1 \(percent(trial.macroF1)), "
                + Figures.duration(milliseconds: trial.elapsedMilliseconds)
        }
        lines.append(
            "\(tuning.output): \(report.method.rawValue), \(Figures.count(report.labels.count, "label")), learnt from "
                + "\(Figures.count(report.trainingCount, "example")), scored on \(Figures.whole(report.heldOutCount))")
        let worst = report.classes.filter { $0.support > 0 }.sorted { $0.f1 < $1.f1 }.prefix(5)
        if report.classes.count > 2, let first = worst.first, first.f1 < 1 {
            lines.append("hardest labels (precision, recall):")
            lines += worst.filter { $0.f1 < 1 }.map {
                "  \(String(DisplayText.oneLine($0.label)))  \(percent($0.precision)), \(percent($0.recall)) of \($0.support)"
            }
        }
        return lines
    }
}
