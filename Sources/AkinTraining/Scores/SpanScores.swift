/// How the entities that a model finds agree with those that people marked: one is right only when its type and both its
/// ends are.
package struct SpanScores: Sendable {
    /// How tags are made into entities.
    package enum Mode: Sendable {
        /// By any scheme, as CoNLL's `conlleval` and seqeval's default mode do: for IOB1, IOB2, IOE1 and IOE2.
        case lenient
        /// By IOBES or BILOU to the letter, as seqeval's strict mode does.
        case strict
    }

    /// Each type, by its name.
    package let types: [ClassScore]
    /// All entities together.
    package let micro: ClassScore

    /// - Parameters:
    ///   - expected: the tags of each sentence
    ///   - predicted: as many, of the same lengths
    ///   - mode: tags that are none count as O.
    package init(expected: [[String]], predicted: [[String]], mode: Mode = .lenient) {
        precondition(expected.count == predicted.count)
        self.init(
            expected: expected.map { Self.spans($0, mode) }, predicted: predicted.map { Self.spans($0, mode) })
    }

    /// - Parameters:
    ///   - expected: the entities of each sentence
    ///   - predicted: as many
    package init(expected: [[TaggedSpan]], predicted: [[TaggedSpan]]) {
        precondition(expected.count == predicted.count)
        var counts: [String: (right: Int, found: Int, expected: Int)] = [:]
        for (expected, predicted) in zip(expected, predicted) {
            let known = Set(expected)
            for span in known { counts[span.type, default: (0, 0, 0)].expected += 1 }
            for span in Set(predicted) {
                counts[span.type, default: (0, 0, 0)].found += 1
                if known.contains(span) { counts[span.type, default: (0, 0, 0)].right += 1 }
            }
        }
        types = counts.sorted { $0.key < $1.key }.map {
            ClassScore($0.key, right: $0.value.right, found: $0.value.found, expected: $0.value.expected)
        }
        micro = ClassScore(
            "all", right: counts.values.reduce(0) { $0 + $1.right }, found: counts.values.reduce(0) { $0 + $1.found },
            expected: counts.values.reduce(0) { $0 + $1.expected })
    }

    /// The mean F1 of the types, each counted alike.
    package var macroF1: Double { types.reduce(0) { $0 + $1.f1 } / Double(max(1, types.count)) }

    /// The entities that the tags of a sentence stand for.
    package static func spans(_ tags: [String], _ mode: Mode = .lenient) -> [TaggedSpan] {
        let parts = tags.map { TagParts($0) ?? .outside }
        return mode == .strict ? SpanExtraction.strict(parts) : SpanExtraction.lenient(parts)
    }
}
