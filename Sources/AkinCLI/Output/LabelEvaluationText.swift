import Akin

/// How a classifier's labels agree with the documents' own, for a person.
struct LabelEvaluationText {
    /// Classes and confusions that are shown.
    private static let most = 20

    let lines: [String]

    init(_ evaluation: LabelEvaluation) {
        func name(_ label: String) -> String { String(DisplayText.oneLine(label)) }
        var lines = [
            "\(Figures.count(evaluation.documents, "document")) with \(name(evaluation.field)), \(name(evaluation.model)): "
                + "\(Figures.score(evaluation.accuracy)) right, macro F1 \(Figures.score(evaluation.macroF1)), mean probability "
                + Figures.score(evaluation.meanConfidence)
        ]
        if let training = evaluation.training {
            lines.append(
                "when it was trained: \(Figures.score(training.accuracy)) right, macro F1 \(Figures.score(training.macroF1)), "
                    + "mean probability \(Figures.score(training.meanConfidence))")
        }
        if evaluation.unknown > 0 {
            lines.append("\(Figures.whole(evaluation.unknown)) have a label that the classifier does not know")
        }
        if evaluation.ambiguous > 0 {
            lines.append("\(Figures.whole(evaluation.ambiguous)) have several labels and are left out")
        }
        var table = TextTable(header: ["label", "precision", "recall", "F1", "documents"])
        for score in evaluation.classes.sorted(by: { $0.support > $1.support }).prefix(Self.most) {
            let shares = [score.precision, score.recall, score.f1].map { Figures.decimal($0, 3) }
            table.add([name(score.label)] + shares + [Figures.whole(score.support)])
        }
        lines += [""] + table.lines(style: TerminalStyle(.output))
        if !evaluation.confusions.isEmpty {
            var confusions = TextTable(header: ["label", "taken for", "documents"])
            for confusion in evaluation.confusions.prefix(Self.most) {
                confusions.add(
                    [name(confusion.expected), name(confusion.predicted), Figures.whole(confusion.count)])
            }
            lines += [""] + confusions.lines(style: TerminalStyle(.output))
        }
        self.lines = lines
    }
}
