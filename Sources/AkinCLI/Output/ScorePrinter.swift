import AkinCore

/// Scored answers for a person, best first, below the text that they are about where there are several.
struct ScorePrinter {
    private let output: StandardOutput
    private let style = TerminalStyle(.output)
    private let columns = Terminal.width(.output)
    /// Whether each text stands above its answers.
    let namesTexts: Bool

    init(_ output: StandardOutput, namesTexts: Bool) {
        self.output = output
        self.namesTexts = namesTexts
    }

    /// Writes a text's answers.
    ///
    /// - Parameter nothing: What is written where there are none.
    func write(_ rows: [(score: Double, name: String)], of text: String, nothing: String) throws {
        if namesTexts {
            try output.line(style.dim(DisplayText.cut(DisplayText.oneLine(text), to: columns)))
        }
        let indent = namesTexts ? "  " : ""
        for row in rows {
            let score = Figures.decimal(row.score, 4)
            let name = String(DisplayText.oneLine(row.name))
            try output.line("\(indent)\(score)  \(name)")
        }
        if rows.isEmpty { try output.line(indent + style.dim(nothing)) }
    }
}
