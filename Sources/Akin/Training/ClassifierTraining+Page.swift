import AkinReport
public import Foundation

extension ClassifierTraining.Report {
    /// The report as one page that needs nothing else: learning curve, scores by class, confusion, reliability and the
    /// hardest examples of the held-out part.
    public func html() -> Data { Data(TrainingPage(page ?? TrainingReport(title: "", subtitle: "")).text.utf8) }
}

extension TaggerTraining.Report {
    /// The report as one page that needs nothing else: learning curve, scores by kind, confusion and the hardest
    /// sentences of the held-out part.
    public func html() -> Data { Data(TrainingPage(page ?? TrainingReport(title: "", subtitle: "")).text.utf8) }
}

extension TrainingReport {
    /// The page of a classifier.
    init(
        _ report: ClassifierTraining.Report, _ settings: ClassifierTraining, source: String, folder: String,
        model: String, judged: [Judged]
    ) {
        self.init(
            title: folder,
            subtitle:
                "A classifier of \(report.labels.count) labels, trained from \(model). Kept: \(Self.name(of: report.method))"
        )
        figures = [
            Figure("Accuracy", Self.percent(report.accuracy), "right of \(report.heldOutCount) held-out examples"),
            Figure("Macro F1", Self.percent(report.macroF1), "the mean over the labels"),
            Figure("Learnt from", "\(report.trainingCount)", "examples"),
            Figure("Time", Self.duration(report.elapsedMilliseconds), "for all that was tried"),
        ]
        add(judged, labels: report.labels)
        if let tuning = report.fineTuning { add(tuning, scoreName: "accuracy") }
        self.settings = [Fact("Examples", source), Fact("Model", model)]
        self.settings += report.trials.map { trial in
            Fact(
                "Tried: \(trial.method.rawValue)",
                "accuracy \(Self.percent(trial.accuracy)), macro F1 \(Self.percent(trial.macroF1)), \(Self.duration(trial.elapsedMilliseconds))"
            )
        }
        if let tuning = report.fineTuning {
            self.settings.append(
                Fact(
                    "Fine-tuning",
                    "\(tuning.steps) steps of \(settings.batchSize), rate \(settings.learningRate), about \(tuning.memoryBytes / 1_000_000) MB"
                ))
        }
        self.settings.append(Fact("Seed", "\(settings.seed)"))
        if report.truncatedCount > 0 { self.settings.append(Fact("Texts cut short", "\(report.truncatedCount)")) }
    }

    private static func name(of method: ClassifierTraining.Method) -> String {
        switch method {
        case .frozen: "a linear classifier over its vectors"
        case .contrastive: "a linear classifier over the vectors of the encoder trained on pairs"
        case .fineTuned, .best: "the fine-tuned network"
        }
    }

    /// The page of a tagger, without its sentences.
    init(
        _ report: TaggerTraining.Report, _ settings: TaggerTraining, paths: [String], folder: String, model: String
    ) {
        self.init(title: folder, subtitle: "A tagger of \(report.kinds.count) kinds of entities, trained from \(model)")
        className = "Kind"
        figures = [
            Figure("F1", Self.percent(report.f1), "of whole entities in \(report.heldOutCount) held-out sentences"),
            Figure("Precision", Self.percent(report.precision), "right ones among those found"),
            Figure("Recall", Self.percent(report.recall), "found of those that are there"),
            Figure("Time", Self.duration(report.elapsedMilliseconds), "for \(report.trainingCount) sentences"),
        ]
        add(report.fineTuning, scoreName: "F1")
        classes = report.kinds.sorted { ($0.f1, $0.kind) < ($1.f1, $1.kind) }.map {
            ClassRow(name: $0.kind, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
        }
        self.settings = [
            Fact("Sentences", paths.joined(separator: ", ")), Fact("Model", model),
            Fact(
                "Fine-tuning",
                "\(settings.epochs) epochs, \(report.fineTuning.steps) steps of \(settings.batchSize), rate \(settings.learningRate), about \(report.fineTuning.memoryBytes / 1_000_000) MB"
            ),
            Fact("Seed", "\(settings.seed)"),
        ]
    }
}
