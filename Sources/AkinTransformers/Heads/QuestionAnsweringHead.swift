package import AkinVectors

/// How well each token begins an answer and how well it ends one.
package struct QuestionAnsweringHead: BERTHead {
    package static let tasks: [BERTTask] = [.questionAnswering]

    private let outputs: FloatLinearLayer  // H → 2

    package init(_ source: HeadSource) throws {
        outputs = FloatLinearLayer(
            try source.head.linear("qa_outputs", inputs: source.configuration.hiddenSize, outputs: 2))
    }

    /// The scores before softmax: start, end. Shape of each: (tokens, 2).
    package func outputs(_ states: Matrix, rows: [Range<Int>], of sequences: [TokenSequence]) -> [Matrix] {
        outputs.applied(to: states, rows: rows.last?.upperBound ?? 0).parts(rows)
    }

    package static func isFinite(_ output: Matrix) -> Bool { output.isFinite }
}
