import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Train a classifier of texts, or of pairs, from labelled examples.",
        discussion: """
            Tries several ways on the same examples, scores each on some that it has not learnt from, and keeps the best one: a linear \
            classifier over the vectors of the encoder as it is (seconds; enough where classes are meanings), fine-tuning of the whole \
            network (minutes; better where classes are forms or tones), and with few examples contrastive training of the encoder on pairs of \
            them, with a linear classifier over its new vectors. The folder that it writes is for 'akin classify'.

              akin train classify reviews.csv --output models/reviews
              akin train classify reviews.csv --output m --report reviews.html
              akin train classify a.jsonl --label-field topic --output models/topics
              akin train classify mail/ --method frozen --output models/mail
              akin train classify a.csv --epochs 20 --patience 2 --output models/a
              akin train classify --db akin.db --label-field topic --output models/t
              akin train classify mail/ --labels labels.csv --output models/m
              akin train classify --db akin.db --labels labels.csv --output m

            Examples are records with a text and a label each (fields "text" and "label", or named by options), pairs with "text_a", "text_b" \
            and "label", or a folder that has one folder of text files for each class. The same examples and options give the same model.

            Up to 3,000 examples are cross-validated, and the kept way learns from all of them; of more, a tenth is held out. A way that costs \
            more is kept only when it is better by more than the standard error of the difference. The written probabilities are calibrated \
            on the scored examples.

            With --db the documents of a database are the examples: those that have one value in the metadata field --label-field. Where \
            the model is the database's own, its vectors are not made again.

            With --labels the labels stand in a file of their own: records with the id of a text, or the path of its file, and its label \
            (fields "id" or "path", and "label", or named by options). Texts without a label are left out.

            Fine-tuning keeps its state every minute in a file beside the output. After an interruption the same command goes on from there.
            """)

    @Argument(
        help: "Files of labelled records (.csv, .tsv, .jsonl), or folders with a folder for each class.",
        completion: .file())
    var examples: [String] = []

    @Option(
        help:
            "What to train: the best way, a linear classifier over vectors, the same over an encoder trained on pairs of examples, or the whole network."
    )
    var method = ClassifierTraining.Method.best

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Files to score on in place of a part of the examples.", valueName: "file"),
        completion: .file())
    var score: [String] = []

    @Option(
        help: ArgumentHelp("A file with the labels of texts that stand elsewhere, by id or path.", valueName: "file"),
        completion: .file())
    var labels: String?

    @Option(help: ArgumentHelp("The field of a text's id, with --labels.", valueName: "name"))
    var idField: String?

    @OptionGroup var tuning: FineTuningOptions

    @OptionGroup var page: TrainingPageOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Parts for cross-validation; 0 holds out a share (default: by the number of examples).", valueName: "n"))
    var folds: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Passes over the examples in fine-tuning (default: 3, more for few examples).", valueName: "n"))
    var epochs: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Examples of a step in fine-tuning.", valueName: "n"))
    var batchSize = 32

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The largest learning rate of training a network.", valueName: "rate"))
    var rate = 5e-5

    @Option(help: "Whether all examples count alike, or all classes, however many examples each has.")
    var classWeights = ClassifierTraining.ClassWeights.none

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The share of a target that fine-tuning spreads over all classes.", valueName: "share"))
    var labelSmoothing = 0.0

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
        if idField != nil, labels == nil { throw ValidationError("--id-field goes with --labels.") }
        if labels != nil, pairField != nil {
            throw ValidationError("--labels is for single texts: leave out --pair-field.")
        }
        if examples.isEmpty {
            guard labelField != nil || labels != nil else {
                throw ValidationError(
                    "With --db, name the metadata field of the labels with --label-field, or a file of them with --labels."
                )
            }
            if textField != nil || pairField != nil {
                throw ValidationError("--text-field and --pair-field are of files: leave them out with --db.")
            }
        } else if filter.text != nil {
            throw ValidationError("--where goes with --db.")
        }
        try FineTuningOptions.validate(epochs: epochs ?? 3, batchSize: batchSize, rate: rate)
        if examples.isEmpty, !score.isEmpty {
            throw ValidationError("--score goes with files: leave it out with --db.")
        }
        try checkScoring()
        if let maxTokens, maxTokens < 3 { throw ValidationError("--max-tokens must be 3 or more, not \(maxTokens).") }
    }

    private func checkScoring() throws {
        if let folds, folds < 0 || folds > 100 {
            throw ValidationError("--folds must be at least 0 and at most 100, not \(folds).")
        }
        if tuning.patience != nil, folds ?? 0 > 1 {
            throw ValidationError("--patience needs a part that is held out from all passes: leave out --folds.")
        }
        guard labelSmoothing >= 0, labelSmoothing < 1 else {
            throw ValidationError("--label-smoothing must be at least 0 and below 1, not \(labelSmoothing).")
        }
    }

    func run() async throws {
        try page.requireReport()
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = ClassifierTraining()
        training.method = method
        training.epochs = epochs
        training.folds = folds
        (training.classWeights, training.labelSmoothing) = (classWeights, labelSmoothing)
        training.batchSize = batchSize
        training.learningRate = rate
        training.heldOutShare = tuning.heldOut
        (training.seed, training.patience) = (tuning.seed, tuning.patience)
        training.maximumTokens = maxTokens
        training.memory = tuning.memory.bytes
        (training.textField, training.pairField, training.labelField) = (textField, pairField, labelField)
        (training.labelsPath, training.idField) = (labels, idField)
        let configuration = tuning.configuration
        let (examples, score, output, store) = (examples, score, tuning.output, store.given)
        let documents = try filter.filter()
        let report = try await Signals.runInterruptibly { [training] in
            guard let store else {
                return try await training.run(
                    on: examples, heldOut: score, output: output, configuration: configuration, progress: handler)
            }
            return try await StoreOptions.withDatabase(at: store, .readOnly, configuration: .init()) {
                try await training.run(
                    on: $0, where: documents, output: output, configuration: configuration, progress: handler)
            }
        }
        progress?.finish()
        talk.talk.notes(notes(report))
        try page.write(report: report.html(), talk.talk)
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        try StandardOutput.print(lines(report))
    }

    private func notes(_ report: ClassifierTraining.Report) -> [Note] {
        var notes: [Note] = []
        if report.truncatedCount > 0 {
            notes.append(
                "\(Figures.count(report.truncatedCount, "text")) \(report.truncatedCount == 1 ? "was" : "were") longer than is read; the end was left out"
            )
        }
        guard let joining = report.joining, let labels else { return notes }
        if joining.unlabelledCount > 0 {
            notes.append("\(Figures.count(joining.unlabelledCount, "text")) without a label in \(labels) left out")
        }
        if joining.missingCount > 0 {
            notes.append("\(Figures.count(joining.missingCount, "label")) in \(labels) named no text")
        }
        return notes
    }

    private func lines(_ report: ClassifierTraining.Report) -> [String] {
        var lines = report.trials.map { trial in
            "\(trial.method.rawValue): \(Figures.score(trial.accuracy)) right, macro F1 \(Figures.score(trial.macroF1)), "
                + Figures.duration(milliseconds: trial.elapsedMilliseconds)
        }
        let scored =
            report.scoring == .crossValidation ? "cross-validated" : "scored on \(Figures.whole(report.heldOutCount))"
        lines.append(
            "\(tuning.output): \(report.method.rawValue), \(Figures.count(report.labels.count, "label")), learnt from "
                + "\(Figures.count(report.trainingCount, "example")), \(scored)")
        lines += report.fineTuning?.lines(Figures.score) ?? []
        let calibration = report.calibration
        lines.append(
            "calibrated: error \(Figures.score(calibration.errorBefore)) → \(Figures.score(calibration.errorAfter)), temperature "
                + Figures.decimal(calibration.temperature, 2))
        let worst = report.classes.filter { $0.support > 0 }.sorted { $0.f1 < $1.f1 }.prefix(5)
        if report.classes.count > 2, let first = worst.first, first.f1 < 1 {
            lines.append("hardest labels (precision, recall):")
            lines += worst.filter { $0.f1 < 1 }.map {
                "  \(String(DisplayText.oneLine($0.label)))  \(Figures.score($0.precision)), \(Figures.score($0.recall)) of \($0.support)"
            }
        }
        return lines
    }
}
