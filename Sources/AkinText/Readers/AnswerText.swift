import Foundation

/// A text as answers are compared with it: in lower case, without punctuation and without the words a, an and the, its
/// words one space apart (Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine Comprehension of Text").
///
/// Punctuation is that of all scripts. An answer is held where no word goes on before or behind it: `1` is not held by
/// `2012`. Scripts without spaces have no such places.
package struct AnswerText: Sendable {
    private let text: String
    private var scalars: [Unicode.Scalar] = []
    /// Whether an answer may begin, or end, with the scalar.
    private var opens: [Bool] = []
    private var closes: [Bool] = []

    /// - Complexity: O(n).
    package init(_ text: some StringProtocol) {
        self.text = text.lowercased().precomposedStringWithCanonicalMapping
        for word in self.text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) { append(word) }
    }

    private mutating func append(_ word: String.UnicodeScalarView.SubSequence) {
        let kept = word.filter { !$0.isAnswerPunctuation }
        guard !kept.isEmpty, !["a", "an", "the"].contains(String(String.UnicodeScalarView(kept))) else { return }
        if !scalars.isEmpty { append(" ", opens: true) }
        var isBehindWord = false
        for scalar in word {
            if scalar.isAnswerPunctuation {
                if isBehindWord { closes[closes.count - 1] = true }
                isBehindWord = false
            } else {
                let isUnspaced = scalar.beginsBigramUnit || scalar.isHangulSyllable
                if isUnspaced, isBehindWord { closes[closes.count - 1] = true }
                append(scalar, opens: !isBehindWord || isUnspaced)
                if isUnspaced { closes[closes.count - 1] = true }
                isBehindWord = !isUnspaced
            }
        }
        closes[closes.count - 1] = true
    }

    private mutating func append(_ scalar: Unicode.Scalar, opens isStart: Bool) {
        scalars.append(scalar)
        opens.append(isStart)
        closes.append(false)
    }

    /// Whether the text holds an answer. One of punctuation alone is looked for as it is written.
    /// - Complexity: O(n · m).
    package func holds(_ answer: AnswerText) -> Bool {
        let sought = answer.scalars
        guard let first = sought.first else {
            let written = answer.text.trimmingCharacters(in: .whitespacesAndNewlines)
            return !written.isEmpty && text.contains(written)
        }
        guard sought.count <= scalars.count else { return false }
        return (0...scalars.count - sought.count).contains { start in
            opens[start] && scalars[start] == first && closes[start + sought.count - 1]
                && scalars[start..<start + sought.count].elementsEqual(sought)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isAnswerPunctuation: Bool {
        if value < 0x80 { return !isLetter && !isDigit && value > 0x20 && value != 0x7F }
        return switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}
