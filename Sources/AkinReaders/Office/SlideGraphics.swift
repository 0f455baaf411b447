import AkinText

/// What a slide holds in parts of their own: charts, whose values come as rows, and diagrams.
enum SlideGraphics {
    /// - Parameter related: the parts that the slide names.
    static func add(
        _ shape: XMLNode, of related: [String: (target: String, type: String)], _ parts: PackageParts,
        to text: inout DocumentText
    ) throws {
        guard let data = shape.descendant("graphic", "graphicData") else { return }
        if let id = data.child("chart")?["r:id"], let target = related[id]?.target, let part = parts[target] {
            try addChart(XMLStream.root(of: part, as: target), to: &text)
        }
        if let id = data.child("relIds")?["r:dm"], let target = related[id]?.target, let part = parts[target] {
            try XMLStream.read(part, as: target, elements: ["pt"]) { point, _ in
                let paragraphs = (point.child("t")?.children ?? []).filter { $0.name == "p" }
                for paragraph in paragraphs { text.add(paragraph.text, .listItem) }
            }
        }
    }

    private static func addChart(_ root: XMLNode, to text: inout DocumentText) {
        guard let chart = root.child("chart") else { return }
        if let title = chart.child("title")?.child("tx") { text.add(title.text) }
        for plot in chart.child("plotArea")?.children ?? [] {
            for series in plot.children where series.name == "ser" {
                let name = values(series.child("tx")).first ?? ""
                let categories = values(series.child("cat"))
                let numbers = values(series.child("val"))
                let pairs = numbers.enumerated().map { place, number in
                    place < categories.count ? "\(categories[place]): \(number)" : number
                }
                text.add((name.isEmpty ? "" : name + "\t") + pairs.joined(separator: "\t"), .tableRow)
            }
        }
    }

    /// The values of a chart as they were when it was saved.
    private static func values(_ node: XMLNode?) -> [String] {
        var found: [String] = []
        func gather(_ node: XMLNode) {
            if node.name == "v" { found.append(node.text.asCell) }
            for child in node.children { gather(child) }
        }
        if let node { gather(node) }
        return found
    }
}
