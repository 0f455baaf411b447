import AkinCluster

/// The hierarchy of clusters drawn as a tree: leaves on the right in the order of the tree, joins further left the
/// less similar their parts are.
struct HTMLTree {
    private static let rowHeight = 22.0
    private static let width = 300.0
    private static let labelWidth = 460.0

    let text: String

    init(_ report: ClusterReport, _ merges: [ClusterReport.Merge]) {
        let k = report.k
        var order: [Int] = []
        var stack = [k + merges.count - 1]
        while let node = stack.popLast() {
            if node < k { order.append(node) } else { stack += [merges[node - k].right, merges[node - k].left] }
        }
        // A join is never left of the join that contains it, whatever their similarities.
        let least = merges.map(\.similarity).min() ?? 0
        var places = [(x: Double, y: Double)](repeating: (0, 0), count: k + merges.count)
        for (row, leaf) in order.enumerated() { places[leaf] = (Self.width, (Double(row) + 0.5) * Self.rowHeight) }
        var lines = ""
        for (index, merge) in merges.enumerated() {
            let (left, right) = (places[merge.left], places[merge.right])
            let reach = (merge.similarity - least) / max(1 - least, 1e-9)
            let x = min(8 + reach * (Self.width - 16), min(left.x, right.x) - 2)
            places[k + index] = (max(x, 2), (left.y + right.y) / 2)
            let join = Self.number(places[k + index].x)
            lines +=
                "<path d=\"M\(Self.number(left.x)) \(Self.number(left.y))H\(join)V\(Self.number(right.y))H\(Self.number(right.x))\">"
                + "<title>cosine \(ReportFigures.decimal(merge.similarity, digits: 2)), \(ReportFigures.grouped(merge.size))</title></path>"
        }
        let clusters = Dictionary(report.clusters.map { ($0.id, $0) }) { first, _ in first }
        let leaves = order.map { leaf -> String in
            let y = Self.number(places[leaf].y)
            let name = clusters[leaf].map { "\($0.id) \($0.label) (\(ReportFigures.grouped($0.size)))" } ?? ""
            return
                "<a href=\"#cluster-\(leaf)\" style=\"\(HTMLSections.color(leaf))\"><circle cx=\"\(Self.width + 8)\" cy=\"\(y)\" r=\"5\"/>"
                + "<text x=\"\(Self.width + 20)\" y=\"\(y)\" dy=\".35em\">\(HTMLEscape.text(name))</text></a>"
        }
        let (width, height) = (
            Self.number(Self.width + Self.labelWidth), Self.number(Double(order.count) * Self.rowHeight)
        )
        text =
            "<svg class=\"tree\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\">"
            + "<g class=\"joins\">\(lines)</g>\(leaves.joined())</svg>"
    }

    private static func number(_ value: Double) -> String { ReportFigures.decimal(value, digits: 1) }
}
