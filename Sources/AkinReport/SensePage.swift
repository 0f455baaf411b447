package import AkinCluster

/// The senses of a word as one page that needs nothing else: style and drawing are part of it, there is no script,
/// and a content security policy forbids the network.
package struct SensePage {
    package let text: String
    private let report: SenseReport

    /// Length of the map's sides.
    private static let size = 640.0

    package init(_ report: SenseReport) {
        self.report = report
        let title = "Senses of “\(HTMLEscape.text(report.word))”"
        let body =
            [Self.header(report, title), Self.map(report)] + report.senses.map { Self.article($0, report) } + [
                Self.footer(report)
            ]
        text = """
            \(PageHead.html(title: title, style: [.page, .clusters, .media, .senses], runsScripts: false))
            \(body.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    private static func header(_ report: SenseReport, _ title: String) -> String {
        let senses = ReportFigures.counted(report.senses.count, "sense")
        return """
            <header><h1>\(title)</h1>
            <p class="facts"><b>\(senses)</b> in <b>\(ReportFigures.counted(report.occurrences.count, "occurrence"))</b>, \
            \(ReportFigures.counted(report.passages, "passage")), contexts encoded with \(HTMLEscape.text(report.encoder))</p></header>
            """
    }

    /// Each occurrence as a dot, with its sentence as a tooltip.
    private static func map(_ report: SenseReport) -> String {
        guard report.occurrences.count > 1 else { return "" }
        let dots = report.occurrences.map { occurrence in
            let (x, y) = (20 + occurrence.x * (size - 40), 20 + occurrence.y * (size - 40))
            return
                "<circle cx=\"\(ReportFigures.decimal(x, digits: 1))\" cy=\"\(ReportFigures.decimal(y, digits: 1))\" r=\"5\" "
                + "style=\"\(hue(occurrence.sense, of: report))\"><title>\(HTMLEscape.text(occurrence.text))</title></circle>"
        }
        return """
            <section><h2>Map</h2><p class="note">Each dot is an occurrence of the word. Dots near each other have similar contexts.</p>
            <svg class="senses" viewBox="0 0 \(Int(size)) \(Int(size))" role="img" aria-label="Map of the occurrences by sense">
            \(dots.joined(separator: "\n"))
            </svg></section>
            """
    }

    private static func article(_ sense: SenseReport.Sense, _ report: SenseReport) -> String {
        let percent = ReportFigures.decimal(sense.share * 100, digits: 0)
        let keywords = sense.keywords.map { "<li>\(HTMLEscape.text($0))</li>" }.joined()
        let examples = sense.examples.map { place in
            let occurrence = report.occurrences[place]
            return "<li><p>\(marked(occurrence))</p><p class=\"quiet\">\(HTMLEscape.text(occurrence.id))</p></li>"
        }
        return """
            <article style="\(hue(sense.sense, of: report))">
            <h3><span class="number">\(sense.sense + 1)</span> \(HTMLEscape.text(sense.keywords.prefix(3).joined(separator: " · ")))</h3>
            <dl class="measures"><div><dt>share</dt><dd><span class="meter"><span style="width:\(percent)%"></span></span>\(percent) %</dd></div>
            <div><dt>occurrences</dt><dd>\(sense.size)</dd></div>
            <div><dt>distance to the word by itself</dt><dd>\(ReportFigures.decimal(sense.distance, digits: 3))</dd></div></dl>
            <ul class="keywords">\(keywords)</ul>
            <h4>Typical sentences</h4>
            <ul class="examples">\(examples.joined())</ul>
            </article>
            """
    }

    /// The sentence with the word marked.
    private static func marked(_ occurrence: SenseReport.Occurrence) -> String {
        let scalars = Array(occurrence.text.unicodeScalars)
        func part(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return HTMLEscape.text(String(view))
        }
        let word = occurrence.word
        return part(0..<word.lowerBound) + "<mark>" + part(word) + "</mark>" + part(word.upperBound..<scalars.count)
    }

    private static func footer(_ report: SenseReport) -> String {
        let tried = report.silhouettes.enumerated().map {
            "\($0.offset + 2): \(ReportFigures.decimal($0.element, digits: 3))"
        }
        let figures =
            tried.isEmpty
            ? "too few occurrences to tell senses apart"
            : "mean silhouette by number of senses: " + tried.joined(separator: ", ")
        let (bimodality, threshold) = (
            ReportFigures.decimal(report.bimodality, digits: 2), ReportFigures.decimal(report.threshold, digits: 2)
        )
        let clear = ReportFigures.decimal(
            SenseInduction.clearSilhouette(ofOccurrences: report.occurrences.count), digits: 2)
        return
            "<footer>There are several senses where the bimodality of the contexts reaches \(threshold) "
            + "or a mean silhouette \(clear); "
            + "it is \(bimodality). Their number is by the mean silhouette; \(figures).</footer>"
    }

    /// A colour of its own for each sense.
    private static func hue(_ sense: Int, of report: SenseReport) -> String {
        "--h:\((25 + sense * 360 / max(report.senses.count, 1)) % 360);--s:0%"
    }
}
