import AkinCore
import AkinText

/// A text, another that belongs to it, and perhaps a third that seems to but does not: a question, its answer, and a
/// wrong answer.
package struct MatchedTexts: Hashable, Sendable {
    package var anchor: String
    package var positive: String
    package var negative: String?

    package init(anchor: String, positive: String, negative: String? = nil) {
        (self.anchor, self.positive, self.negative) = (anchor, positive, negative)
    }
}

/// Pairs of texts, with scores or without.
package enum TextPairs: Sendable {
    case scored([ScoredPair])
    case matched([MatchedTexts])
}

/// Reads pairs of texts from files of records: with a score each, or texts that belong together.
package struct TextPairReader: Sendable {
    package var fields: ExampleFields

    package init(fields: ExampleFields = ExampleFields()) { self.fields = fields }

    /// All pairs of some files, in order. They have scores where the first record has, or where a score's field is named.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no pair; `.invalidData`, with
    ///   its place, for the first record that is no pair as the others, and where all scores are equal.
    package func read(_ paths: [String]) throws -> TextPairs {
        guard let path = paths.first, try hasScores(path) else { return .matched(try readMatched(paths)) }
        return .scored(try ScoredPairReader(fields: fields).read(paths))
    }

    /// Ends a reading after the first record.
    private struct FirstRecord: Error { let hasScore: Bool }

    private func hasScores(_ path: String) throws -> Bool {
        if fields.label != nil { return true }
        do {
            try FieldRecords(path: path).forEach { fields, _ in
                let usual = ExampleFields.usualScores + ExampleFields.usualLabels
                throw FirstRecord(hasScore: fields.key(named: usual) != nil)
            }
        } catch let first as FirstRecord {
            return first.hasScore
        }
        throw AkinError(.noInput, "\(path) holds no pairs.")
    }

    private func readMatched(_ paths: [String]) throws -> [MatchedTexts] {
        var pairs: [MatchedTexts] = []
        for path in paths {
            let file = try FieldRecords(path: path)
            try file.forEach { fields, line in
                pairs.append(try matched(ExampleRecord(fields: fields, line: line, file: file)))
            }
        }
        guard !pairs.isEmpty else { throw AkinError(.noInput, "\(paths.joined(separator: ", ")) holds no pairs.") }
        return pairs
    }

    private func matched(_ record: ExampleRecord) throws -> MatchedTexts {
        if let key = record.fields.key(named: ExampleFields.usualScores + ExampleFields.usualLabels) {
            throw record.fault("the record has a score ('\(key)'), and those before it have none")
        }
        func isNone(_ value: JSONValue?) -> Bool { value == nil || value == .null || value == .string("") }
        let keys: (text: String, pair: String?)
        if fields.text == nil, fields.pair == nil, let anchor = record.fields.key(named: ["anchor"]) {
            keys = (anchor, record.fields.key(named: ["positive"]))
        } else {
            keys = try record.textKeys(fields)
        }
        guard let pair = keys.pair else {
            throw record.fault(
                "the record has no second text; it has \(record.fields.listOfNames); pairs are text_a and text_b, or "
                    + "anchor and positive")
        }
        let negative = record.fields.key(named: ["negative"]).flatMap { isNone(record.fields[$0]) ? nil : $0 }
        return MatchedTexts(
            anchor: try record.text(keys.text), positive: try record.text(pair),
            negative: try negative.map(record.text))
    }
}

extension ScoredPair {
    /// Whether the scores of some pairs are classes: 0 and 1.
    package static func areBinary(_ pairs: [ScoredPair]) -> Bool {
        pairs.allSatisfy { $0.score == 0 || $0.score == 1 }
    }

    /// The pairs whose score is in the upper half of the range of all, as texts that belong together.
    ///
    /// - Throws: `AkinError(.invalidData)` where no two texts belong together.
    package static func matched(_ pairs: [ScoredPair]) throws -> [MatchedTexts] {
        let scores = pairs.map(\.score)
        let middle = ((scores.min() ?? 0) + (scores.max() ?? 0)) / 2
        let matched = pairs.filter { $0.score > middle && $0.score > 0 }
        guard !matched.isEmpty else {
            throw AkinError(
                .invalidData, "No pair has a score above 0: there are no texts that belong together to learn from.")
        }
        return matched.map { MatchedTexts(anchor: $0.first, positive: $0.second) }
    }
}
