/// A word of a text with the label that a tagger gave it.
package struct LabelledWord: Sendable {
    /// In Unicode scalars of the text.
    package let range: Range<Int>
    package let label: String
    package let score: Double

    package init(range: Range<Int>, label: String, score: Double) {
        (self.range, self.label, self.score) = (range, label, score)
    }
}

/// Words in a row that are one entity.
package struct EntitySpan: Sendable, Hashable {
    /// From the first word's start to the last word's end, in Unicode scalars of the text.
    package let range: Range<Int>
    /// The label without its prefix.
    package let label: String
    /// The mean of the words' probabilities.
    package let score: Double
}

/// Reads entities from the labels of words: IOB (`B-`, `I-`), IOBES (`E-` ends, `S-` stands alone) and BILOU (`L-`
/// ends, `U-` stands alone). A label without such a prefix counts as `I-`.
///
/// An `I-` or an end that nothing of its kind precedes begins an entity, as in IOB1.
package enum EntityGrouping {
    private enum Part { case beginning, inside, end, single }

    package static func entities(_ words: [LabelledWord]) -> [EntitySpan] {
        var entities: [EntitySpan] = []
        var open: [LabelledWord] = []
        var openLabel = ""
        func close() {
            if let first = open.first, let last = open.last {
                entities.append(
                    EntitySpan(
                        range: first.range.lowerBound..<last.range.upperBound, label: openLabel,
                        score: open.reduce(0) { $0 + $1.score } / Double(open.count)))
            }
            open = []
        }
        for word in words {
            guard word.label != "O" else {
                close()
                continue
            }
            let (part, label) = parts(of: word.label)
            if part == .beginning || part == .single || label != openLabel { close() }
            openLabel = label
            open.append(word)
            if part == .end || part == .single { close() }
        }
        close()
        return entities
    }

    private static func parts(of label: String) -> (Part, String) {
        let pieces = label.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard pieces.count == 2, !pieces[1].isEmpty else { return (.inside, label) }
        let name = String(pieces[1])
        switch pieces[0] {
        case "B": return (.beginning, name)
        case "I", "M": return (.inside, name)
        case "E", "L": return (.end, name)
        case "S", "U": return (.single, name)
        default: return (.inside, label)
        }
    }
}
