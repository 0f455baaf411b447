import AkinCore
import AkinText

/// Two texts and how alike they are, or how well the second answers the first.
package struct ScoredPair: Hashable, Sendable {
    package var first: String
    package var second: String
    package var score: Double

    package init(first: String, second: String, score: Double) {
        self.first = first
        self.second = second
        self.score = score
    }
}

/// Reads pairs of texts with a score each from files of records.
package struct ScoredPairReader: Sendable {
    package var fields: ExampleFields

    package init(fields: ExampleFields = ExampleFields()) { self.fields = fields }

    /// All pairs of some files, in order.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no pair; `.invalidData`, with
    ///   its place, for the first record that is no pair with a finite score, and where all scores are equal.
    package func read(_ paths: [String]) throws -> [ScoredPair] {
        var pairs: [ScoredPair] = []
        for path in paths { try forEach(path) { pairs.append($0) } }
        let source = paths.joined(separator: ", ")
        guard let first = pairs.first else { throw AkinError(.noInput, "\(source) holds no pairs.") }
        guard pairs.contains(where: { $0.score != first.score }) else {
            throw AkinError(
                .invalidData, "All pairs of \(source) have the score \(first.score); nothing can be learnt from that.")
        }
        return pairs
    }

    /// Calls `body` with each pair of a file. Of a file of lines or rows, one record is held.
    package func forEach(_ path: String, _ body: (ScoredPair) throws -> Void) throws {
        let file = try FieldRecords(path: path)
        try file.forEach { fields, line in
            let record = ExampleRecord(fields: fields, line: line, file: file)
            let keys = try record.textKeys(self.fields)
            guard let pair = keys.pair else {
                throw record.fault(
                    "the record has no second text; it has \(fields.listOfNames); pairs are text_a and text_b")
            }
            let score = try record.labelKey(
                self.fields.label, usual: ExampleFields.usualScores + ExampleFields.usualLabels)
            try body(
                ScoredPair(
                    first: try record.text(keys.text), second: try record.text(pair), score: try record.score(score)))
        }
    }
}
