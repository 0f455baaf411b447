/// A training as one page that needs nothing else: style and drawings are part of it, there is no script, and a content
/// security policy forbids the network.
package struct TrainingPage {
    package let text: String
    private let report: TrainingReport

    /// A table of all pairs has at most so many classes; of more the pairs that occur most are listed.
    private static let mostColumns = 12
    private static let mostPairs = 25

    package init(_ report: TrainingReport) {
        self.report = report
        let parts = [
            Self.header(report), Self.figures(report), Self.curves(report), Self.classes(report),
            Self.confusion(report), Self.reliability(report), Self.hardest(report), Self.settings(report),
        ]
        text = """
            \(PageHead.html(title: HTMLEscape.text(report.title), style: [.page, .training, .media], runsScripts: false))
            \(parts.filter { !$0.isEmpty }.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    private static func header(_ report: TrainingReport) -> String {
        """
        <header><h1 dir="auto">\(HTMLEscape.text(report.title))</h1>
        <p class="facts">\(HTMLEscape.text(report.subtitle))</p></header>
        """
    }

    private static func figures(_ report: TrainingReport) -> String {
        let figures = report.figures.map {
            "<div><dt>\(HTMLEscape.text($0.name))</dt><dd class=\"value\">\(HTMLEscape.text($0.value))</dd>"
                + "<dd>\(HTMLEscape.text($0.meaning))</dd></div>"
        }
        return figures.isEmpty ? "" : "<dl class=\"figures\">\(figures.joined(separator: "\n"))</dl>"
    }

    private static func curves(_ report: TrainingReport) -> String {
        guard !report.points.isEmpty else { return "" }
        func decimal(_ value: Double) -> String { ReportFigures.decimal(value, digits: value < 10 ? 2 : 0) }
        let lowest = report.scores.min() ?? 0
        let charts = [
            LineChart(
                title: "Loss on what is learnt from", axis: "step",
                points: report.points.map { (Double($0.step), $0.loss) }, format: decimal),
            LineChart(
                title: "Held-out \(report.scoreName)", axis: "epoch",
                points: report.scores.enumerated().map { (Double($0 + 1), $1) },
                range: (lowest >= 0.8 ? 0.8 : lowest >= 0.5 ? 0.5 : 0)...1,
                format: { ReportFigures.decimal($0 * 100, digits: 1) + "%" }, hasDots: true),
            LineChart(
                title: "Norm of the gradient, before clipping", axis: "step",
                points: report.points.map { (Double($0.step), $0.norm) }, format: decimal),
        ]
        return """
            <section><h2>Learning curve</h2>
            <p class="note">How the network learnt. Points of loss and norm are means over neighbouring steps. The score is of the part that is never learnt from: \
            where it falls while the loss still does, the training is too long.</p>
            <div class="charts">\(charts.map(\.html).joined(separator: "\n"))</div></section>
            """
    }

    private static func classes(_ report: TrainingReport) -> String {
        guard !report.classes.isEmpty else { return "" }
        let rows = report.classes.map { row in
            "<tr><th scope=\"row\" dir=\"auto\">\(HTMLEscape.text(row.name))</th>"
                + [row.precision, row.recall].map { "<td>\(percent($0))</td>" }.joined()
                + "<td><span class=\"bar\"><span style=\"width:\(ReportFigures.decimal(row.f1 * 100, digits: 0))%\"></span></span>"
                + "\(percent(row.f1))</td><td>\(ReportFigures.grouped(row.support))</td></tr>"
        }
        return """
            <section><h2>By \(HTMLEscape.text(report.className.lowercased()))</h2>
            <p class="note">On the held-out part, the worst F1 first. Precision is the share of right ones among those given the \
            \(HTMLEscape.text(report.className.lowercased())), recall the share found of those that have it.</p>
            <div class="scroll"><table class="scores"><thead><tr><th scope="col">\(HTMLEscape.text(report.className))</th><th scope="col">Precision</th>\
            <th scope="col">Recall</th><th scope="col">F1</th><th scope="col">Held out</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
            """
    }

    private static func confusion(_ report: TrainingReport) -> String {
        guard !report.confusion.isEmpty else { return "" }
        var names: [String] = []
        for name in report.confusion.flatMap({ [$0.expected, $0.predicted] }) where !names.contains(name) {
            names.append(name)
            if names.count > mostColumns { return confusedPairs(report) }
        }
        names.sort()
        var counts: [[String]: Int] = [:]
        for pair in report.confusion { counts[[pair.expected, pair.predicted], default: 0] += pair.count }
        let rows = names.map { expected in
            let total = names.reduce(0) { $0 + (counts[[expected, $1]] ?? 0) }
            let cells = names.map { predicted in
                let count = counts[[expected, predicted]] ?? 0
                let share = total > 0 ? 100 * count / total : 0
                let kind = expected == predicted ? "right" : "wrong"
                return
                    "<td class=\"\(kind)\" style=\"--v:\(count > 0 ? max(share, 4) : 0)\">\(count > 0 ? ReportFigures.grouped(count) : "·")</td>"
            }
            return "<tr><th scope=\"row\" dir=\"auto\">\(HTMLEscape.text(expected))</th>\(cells.joined())</tr>"
        }
        let columns = names.map { "<th scope=\"col\" dir=\"auto\">\(HTMLEscape.text($0))</th>" }.joined()
        return """
            <section><h2>Confusion</h2>
            <p class="note">A row is what the held-out examples are, a column what they were taken for.</p>
            <div class="scroll"><table class="confusion"><thead><tr><td></td>\(columns)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
            """
    }

    /// Of many classes, what is taken for what most often.
    private static func confusedPairs(_ report: TrainingReport) -> String {
        let pairs = report.confusion.filter { $0.expected != $0.predicted }.sorted {
            ($1.count, $0.expected, $0.predicted) < ($0.count, $1.expected, $1.predicted)
        }
        guard !pairs.isEmpty else { return "" }
        let rows = pairs.prefix(mostPairs).map {
            "<tr><td dir=\"auto\">\(HTMLEscape.text($0.expected))</td><td dir=\"auto\">\(HTMLEscape.text($0.predicted))</td>"
                + "<td>\(ReportFigures.grouped($0.count))</td></tr>"
        }
        return """
            <section><h2>Confusion</h2>
            <p class="note">What is taken for what most often among the held-out examples\
            \(pairs.count > mostPairs ? " (\(mostPairs) of \(ReportFigures.grouped(pairs.count)) pairs)" : "").</p>
            <div class="scroll"><table><thead><tr><th scope="col">\(HTMLEscape.text(report.className))</th><th scope="col">Taken for</th>\
            <th scope="col">Times</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
            """
    }

    /// Bars of accuracy by probability, with the line on which both are the same.
    private static func reliability(_ report: TrainingReport) -> String {
        guard let error = report.calibrationError, !report.reliability.isEmpty else { return "" }
        let (size, left, top) = (220.0, 40.0, 12.0)
        func number(_ value: Double) -> String { ReportFigures.decimal(value, digits: 1) }
        func y(_ share: Double) -> Double { top + (1 - share) * size }
        let width = size / 10
        let bars = report.reliability.map { bin in
            let place = min(9, Int(bin.confidence * 10))
            return
                "<rect x=\"\(number(left + Double(place) * width + 1))\" y=\"\(number(y(bin.accuracy)))\" width=\"\(number(width - 2))\" "
                + "height=\"\(number(max(bin.accuracy * size, 0.5)))\"><title>said \(percent(bin.confidence)), right \(percent(bin.accuracy)) of "
                + "\(ReportFigures.counted(bin.count, "example"))</title></rect>"
        }
        let grid = [0.0, 0.5, 1].map {
            "<line x1=\"\(Int(left))\" x2=\"\(Int(left + size))\" y1=\"\(number(y($0)))\" y2=\"\(number(y($0)))\"/>"
                + "<text x=\"\(Int(left) - 6)\" y=\"\(number(y($0)))\" dy=\".35em\" text-anchor=\"end\">\(Int($0 * 100))%</text>"
        }
        let rows = report.reliability.map {
            "<tr><td>\(percent($0.confidence))</td><td>\(percent($0.accuracy))</td><td>\(ReportFigures.grouped($0.count))</td></tr>"
        }
        return """
            <section><h2>Reliability</h2>
            <p class="note">How often the model is right where it says a probability. On the dashed line both are the same; the mean \
            difference is \(percent(error)).</p>
            <div class="charts"><figure><figcaption>Right, by the probability said</figcaption>
            <svg class="chart reliability" viewBox="0 0 \(Int(left + size) + 12) \(Int(top + size) + 32)" role="img" aria-label="Reliability">
            \(grid.joined(separator: "\n"))
            \(bars.joined(separator: "\n"))
            <line class="ideal" x1="\(Int(left))" y1="\(number(y(0)))" x2="\(Int(left + size))" y2="\(number(y(1)))"/>
            <text x="\(Int(left))" y="\(Int(top + size) + 22)">0%</text>
            <text x="\(Int(left + size))" y="\(Int(top + size) + 22)" text-anchor="end">100%</text>
            </svg></figure>
            <div class="scroll"><table><thead><tr><th scope="col">Said</th><th scope="col">Right</th><th scope="col">Examples</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></div></section>
            """
    }

    private static func hardest(_ report: TrainingReport) -> String {
        guard !report.hardest.isEmpty else { return "" }
        let items = report.hardest.map { example in
            let isRight = example.expected == example.predicted
            return """
                <li><p dir="auto">\(HTMLEscape.text(example.text))</p>
                <p class="quiet">is <b dir="auto">\(HTMLEscape.text(example.expected))</b>, \(isRight ? "found, but unsure" : "taken for <b dir=\"auto\">\(HTMLEscape.text(example.predicted))</b>") · \
                loss \(ReportFigures.decimal(example.loss, digits: 2))</p></li>
                """
        }
        return """
            <section><h2>Hardest examples</h2>
            <p class="note">Held-out examples of the highest loss. Some may be labelled wrongly: look at these first.</p>
            <ol class="hardest">\(items.joined(separator: "\n"))</ol></section>
            """
    }

    private static func settings(_ report: TrainingReport) -> String {
        guard !report.settings.isEmpty else { return "" }
        let rows = report.settings.map {
            "<tr><th scope=\"row\">\(HTMLEscape.text($0.name))</th><td dir=\"auto\">\(HTMLEscape.text($0.value))</td></tr>"
        }
        return """
            <section><h2>What was trained</h2>
            <div class="scroll"><table class="settings"><tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
            """
    }

    private static func percent(_ share: Double) -> String { ReportFigures.decimal(share * 100, digits: 1) + "%" }
}
