import AkinCluster

/// The report as one page that needs nothing else: style, script and data are inside, and a content security policy
/// forbids the network.
///
/// Without JavaScript, and in print, everything but the map is there.
struct HTMLPage {
    let text: String

    init(_ report: ClusterReport) throws {
        let hasMap = report.points.contains { $0.x != nil }
        let sections = HTMLSections(report)
        var parts = [
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(HTMLEscape.text(report.about.title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>
            """,
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
        parts.append("<script>\n\(Self.script)\n</script>\n</body>\n</html>\n")
        text = parts.joined(separator: "\n")
    }
}
