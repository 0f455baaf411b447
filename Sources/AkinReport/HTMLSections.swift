import AkinCluster
import AkinCore

/// The parts of the page, top to bottom, as HTML.
struct HTMLSections {
    let report: ClusterReport
    let labels: [Int: String]

    init(_ report: ClusterReport) {
        self.report = report
        labels = Dictionary(report.clusters.map { ($0.id, $0.label) }) { first, _ in first }
    }

    var header: String {
        let about = report.about
        let facts: [String?] = [
            ReportFigures.counted(report.points.count, about.unit.rawValue),
            about.store.isEmpty ? nil : "from <b>\(HTMLEscape.text(about.store))</b>",
            about.filter.map { "where <b>\(HTMLEscape.text($0))</b>" },
            about.encoder.isEmpty ? nil : "encoded with <b>\(HTMLEscape.text(about.encoder))</b>",
            about.created.isEmpty ? nil : "created <b>\(HTMLEscape.text(ReportFigures.day(about.created)))</b>",
        ]
        return """
            <header>
            <h1>\(HTMLEscape.text(about.title))</h1>
            <p class="facts">\(facts.compactMap(\.self).joined(separator: " · "))</p>
            </header>
            """
    }

    var figures: String {
        let figures = [
            (
                ReportFigures.grouped(report.points.count), "\(report.about.unit.rawValue)s",
                "Each is in exactly one cluster."
            ),
            (
                ReportFigures.grouped(report.k), report.k == 1 ? "cluster" : "clusters",
                report.requestedK == nil
                    ? "The number was chosen from the data." : "\(report.requestedK ?? 0) were asked for."
            ),
            (
                ReportFigures.decimal(report.meanCohesion, digits: 2), "cohesion",
                "How similar the texts of a cluster are: the mean cosine to its centre. 1 means identical."
            ),
            (
                ReportFigures.decimal(report.silhouette, digits: 2), "silhouette",
                "How far apart clusters are, −1 to 1. Above 0, texts lie nearer to their own centre than to the next; "
                    + "real texts often reach 0.1 to 0.3."
            ),
        ]
        let items = figures.map { value, name, meaning in
            "<div><dt>\(HTMLEscape.text(name))</dt><dd class=\"value\">\(value)</dd><dd>\(HTMLEscape.text(meaning))</dd></div>"
        }
        return "<dl class=\"figures\">\n\(items.joined(separator: "\n"))\n</dl>"
    }

    var map: String {
        """
        <section id="map" aria-labelledby="map-title">
        <div class="bar-head"><h2 id="map-title">Map</h2>
        <div class="tools"><input id="search" type="search" placeholder="Find in the texts" \
        aria-label="Find in the texts" autocomplete="off">
        <button id="all" type="button" hidden>Show all</button></div></div>
        <p class="note" id="status" role="status">Each dot is a \(report.about.unit.rawValue); dots near each other are similar texts. \
        Long distances mean little. Point at a dot to read its text; click a cluster to see it alone.</p>
        <div id="stage"><canvas id="canvas" role="img" aria-label="Map of all documents, coloured by cluster"></canvas>\
        <div id="tip" hidden></div></div>
        <ol id="hits" hidden></ol>
        </section>
        """
    }

    var overview: String {
        let largest = report.clusters.map(\.size).max() ?? 1
        let rows = report.clusters.map { cluster in
            let width = ReportFigures.decimal(Double(cluster.size) / Double(max(largest, 1)) * 100, digits: 1)
            return """
                <li><button type="button" class="row" data-cluster="\(cluster.id)" aria-pressed="false" style="\(Self.color(cluster.id))">\
                <span class="number">\(cluster.id)</span><span class="name">\(HTMLEscape.text(cluster.label))</span>\
                <span class="count">\(ReportFigures.grouped(cluster.size)) <i>\(ReportFigures.percent(cluster.share))</i></span>\
                <span class="track"><span style="width:\(width)%"></span></span></button></li>
                """
        }
        return
            "<section aria-labelledby=\"sizes-title\"><h2 id=\"sizes-title\">Clusters by size</h2>\n<ol class=\"sizes\">\n"
            + rows.joined(separator: "\n") + "\n</ol></section>"
    }

    var clusters: String {
        let articles = report.clusters.map(article)
        return "<section aria-labelledby=\"clusters-title\"><h2 id=\"clusters-title\">What is in them</h2>\n"
            + articles.joined(separator: "\n") + "\n</section>"
    }

    var footer: String {
        var text = "<footer>"
        if !report.withoutVector.isEmpty {
            let shown = report.withoutVector.prefix(100).map { "<code>\(HTMLEscape.text($0))</code>" }.joined(
                separator: " ")
            let rest = report.withoutVector.count - min(report.withoutVector.count, 100)
            text +=
                "<details><summary>\(ReportFigures.counted(report.withoutVector.count, report.about.unit.rawValue)) "
                + "without a vector, in no cluster</summary>"
                + "<p>\(shown)\(rest > 0 ? " and \(ReportFigures.grouped(rest)) more" : "")</p></details>"
        }
        if report.requestedK == nil, let least = report.candidates.first?.k, let most = report.candidates.last?.k {
            text +=
                "<p>The number of clusters was chosen among \(report.candidates.count) from \(least) to \(most): the one whose "
                + "clusters are found again best in random halves of the data and divide the documents most evenly.</p>"
        }
        text +=
            "<p>\(HTMLEscape.text(report.algorithm)), seed \(report.seed); objective (sum of cosines to the centres) "
            + "\(ReportFigures.decimal(report.objective, digits: 2)). Names are the words that set a cluster apart from the others "
            + "(class-based TF-IDF) and are near its centre in meaning. The map is a picture only; the clusters are those of the full vectors.</p>"
        return text + "</footer>"
    }

    private func article(_ cluster: ClusterReport.Cluster) -> String {
        let keywords = cluster.keywords.map { "<li>\(HTMLEscape.text($0.term))</li>" }.joined()
        let neighbors = cluster.neighbors.map { neighbor in
            "<a href=\"#cluster-\(neighbor.id)\" style=\"\(Self.color(neighbor.id))\"><span class=\"dot\"></span>"
                + "\(HTMLEscape.text(labels[neighbor.id] ?? ""))</a> "
                + "<span class=\"quiet\">\(ReportFigures.decimal(neighbor.similarity, digits: 2))</span>"
        }.joined(separator: "<br>")
        var text = """
            <article id="cluster-\(cluster.id)" style="\(Self.color(cluster.id))">
            <h3><span class="number">\(cluster.id)</span>\(HTMLEscape.text(cluster.label))</h3>
            <dl class="measures">
            <div><dt>Size</dt><dd>\(ReportFigures.grouped(cluster.size)) \
            <span class="quiet">\(ReportFigures.percent(cluster.share))</span></dd></div>
            <div><dt>Cohesion</dt><dd>\(Self.meter(cluster.cohesion))</dd></div>
            <div><dt>Silhouette</dt><dd>\(Self.meter(cluster.silhouette))</dd></div>\(outlierCount(cluster))
            </dl>
            <ul class="keywords" aria-label="Keywords">\(keywords)</ul>
            """
        text += HTMLProfile(cluster, periods: report.periods ?? []).text
        text += examples("Typical", "nearest to the centre", cluster.representatives)
        text += examples("Borderline", "nearly in another cluster", cluster.borderline)
        text += labelShares(cluster)
        text += sources(cluster)
        if !neighbors.isEmpty {
            text += "\n<h4>Nearest clusters <span>cosine of the centres</span></h4><p class=\"near\">\(neighbors)</p>"
        }
        return text + "\n</article>"
    }

    private func outlierCount(_ cluster: ClusterReport.Cluster) -> String {
        guard let outliers = cluster.outliers, outliers > 0 else { return "" }
        return "\n<div><dt>Outliers</dt><dd>\(ReportFigures.grouped(outliers))</dd></div>"
    }

    private func labelShares(_ cluster: ClusterReport.Cluster) -> String {
        (cluster.labels ?? []).map { field in
            let items = field.labels.map {
                "\(HTMLEscape.text($0.name)) <span class=\"quiet\">"
                    + "\(ReportFigures.percent(Double($0.documents) / Double(max(cluster.size, 1))))</span>"
            }
            return "\n<h4>\(HTMLEscape.text(field.field)) <span>labels of a model, share of the members</span></h4>"
                + "<p class=\"near\">\(items.joined(separator: "<br>"))</p>"
        }.joined()
    }

    private func sources(_ cluster: ClusterReport.Cluster) -> String {
        guard let sources = cluster.sources, !sources.isEmpty else { return "" }
        let items = sources.map {
            "\(HTMLEscape.text($0.name)) <span class=\"quiet\">\(ReportFigures.grouped($0.documents))</span>"
        }
        return
            "\n<h4>Sources <span>where most members come from</span></h4><p class=\"near\">\(items.joined(separator: "<br>"))</p>"
    }

    func examples(_ heading: String, _ meaning: String, _ examples: [ClusterReport.Example]) -> String {
        guard !examples.isEmpty else { return "" }
        let items = examples.map { example in
            let title = example.title.flatMap { $0.isEmpty ? nil : "<b>\(HTMLEscape.text($0))</b> " } ?? ""
            let source =
                example.source.isEmpty || example.source == example.id
                ? "" : " · \(HTMLEscape.text(example.source.sourceForPeople))"
            let other =
                example.otherCluster.map {
                    " · <a href=\"#cluster-\($0)\" style=\"\(Self.color($0))\"><span class=\"dot\"></span>"
                        + "\(HTMLEscape.text(labels[$0] ?? ""))</a>"
                } ?? ""
            return "<li><p>\(title)\(HTMLEscape.text(example.text))</p><p class=\"quiet\">"
                + "<span class=\"id\">\(HTMLEscape.text(example.id))</span>"
                + "\(source) · \(ReportFigures.decimal(example.similarity, digits: 2))\(other)</p></li>"
        }
        let title = heading.isEmpty ? "" : "<h4>\(heading) <span>\(meaning)</span></h4>"
        return "\n\(title)\n<ul class=\"examples\">\(items.joined(separator: "\n"))</ul>"
    }

    private static func meter(_ value: Double) -> String {
        let width = ReportFigures.decimal(max(0, min(1, value)) * 100, digits: 1)
        return "\(ReportFigures.decimal(value, digits: 2)) "
            + "<span class=\"meter\" aria-hidden=\"true\"><span style=\"width:\(width)%\"></span></span>"
    }

    /// The colour of a cluster as style variables: twelve hues, neighbouring clusters far apart, then the same hues
    /// lighter or darker.
    static func color(_ cluster: Int) -> String {
        let number = cluster.magnitude
        let hue = (255 + 150 * (number % 12)) % 360
        let shade = [0, -12, 9, -20, 15][Int(number / 12 % 5)]
        return "--h:\(hue);--s:\(shade)%"
    }
}
