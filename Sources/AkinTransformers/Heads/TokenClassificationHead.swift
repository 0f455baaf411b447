package import AkinVectors

/// Scores of every token for every label.
package struct TokenClassificationHead: BERTHead {
    package static let tasks: [BERTTask] = [.tokenClassification]

    package let labels: [String]
    private let classifier: FloatLinearLayer  // H → labels

    package init(_ source: HeadSource) throws {
        labels = source.labels
        classifier = try source.classifier("classifier")
    }

    /// The scores before softmax. Shape of each: (tokens, labels).
    package func outputs(_ states: Matrix, rows: [Range<Int>], of sequences: [TokenSequence]) -> [Matrix] {
        classifier.applied(to: states, rows: rows.last?.upperBound ?? 0).parts(rows)
    }

    package static func isFinite(_ output: Matrix) -> Bool { output.isFinite }
}

extension Matrix {
    /// Copies of runs of rows.
    func parts(_ runs: [Range<Int>]) -> [Matrix] { runs.map { gathered(Array($0)) } }
}
