import AkinCluster

/// The report as one page that needs nothing else: style, script and data are part of it, and a content security
/// policy forbids the network.
///
/// Without JavaScript everything but the map is shown.
struct HTMLPage {
    let text: String

    init(_ report: ClusterReport) throws {
        let hasMap = report.points.contains { $0.x != nil }
        let sections = HTMLSections(report)
        var parts = [
            PageHead.html(
                title: HTMLEscape.text(report.about.title), style: [.page, .map, .clusters, .findings, .media],
                runsScripts: true),
            sections.header,
            sections.figures,
        ]
        if hasMap { parts.append(sections.map) }
        parts += [
            sections.comparison, sections.overview, sections.clusters, sections.hierarchy, sections.outliers,
            sections.footer, "</main>",
        ]
        if hasMap {
            parts.append(
                "<script type=\"application/json\" id=\"data\">\(try HTMLEscape.json(HTMLMapData(report)))</script>")
        }
        let script = PageFile.script(hasMap ? [.mapPlaces, .mapDrawing, .mapChoice, .mapGestures] : [.rows])
        parts.append("<script>\n\(script)\n</script>\n</body>\n</html>\n")
        text = parts.joined(separator: "\n")
    }
}
