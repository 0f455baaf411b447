/// An answer as it is compared: its words, or its ideographs, without what does not matter.
struct AnswerForm {
    private let pieces: [Substring]
    private let joined: String
    /// Whether what agrees must stand together, as for Chinese.
    private let isContiguous: Bool

    /// SQuAD's normalisation: lower case, without ASCII punctuation and the words a, an and the; compared as a bag of words
    /// (Rajpurkar et al. 2016).
    init(english text: String) {
        let bare = text.lowercased().unicodeScalars.filter { !Self.isASCIIPunctuation($0) }
        var kept = String.UnicodeScalarView()
        var word = String.UnicodeScalarView()
        func endWord() {
            // An article is one between any two characters that are no part of a word, such as dashes that are kept.
            if ["a", "an", "the"].contains(String(word)) { kept.append(" ") } else { kept.append(contentsOf: word) }
            word.removeAll()
        }
        for scalar in bare {
            if Self.isPartOfWord(scalar) {
                word.append(scalar)
            } else {
                endWord()
                kept.append(scalar)
            }
        }
        endWord()
        pieces = String(kept).split { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
        joined = pieces.joined(separator: " ")
        isContiguous = false
    }

    /// CMRC's: lower case, without punctuation, each ideograph by itself and other words whole; compared by the longest
    /// stretch that both have (Cui et al. 2019).
    init(chinese text: String) {
        var spaced = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars where !Self.isPunctuation(scalar) {
            if Self.isIdeograph(scalar) {
                spaced.append(contentsOf: [" ", scalar, " "])
            } else {
                spaced.append(scalar)
            }
        }
        pieces = String(spaced).split { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
        joined = pieces.joined()
        isContiguous = true
    }

    /// How far an answer that was found agrees with this one.
    func agreement(with found: AnswerForm) -> (exactMatch: Double, f1: Double) {
        let isEqual: Double = joined.unicodeScalars.elementsEqual(found.joined.unicodeScalars) ? 1 : 0
        guard !pieces.isEmpty, !found.pieces.isEmpty else { return (isEqual, isEqual) }
        let common = isContiguous ? longestCommonStretch(found.pieces) : commonPieces(found.pieces)
        let (precision, recall) = (
            Double(common) / Double(found.pieces.count), Double(common) / Double(pieces.count)
        )
        return (isEqual, common > 0 ? 2 * precision * recall / (precision + recall) : 0)
    }

    private func commonPieces(_ others: [Substring]) -> Int {
        var counts: [Substring: Int] = [:]
        for piece in pieces { counts[piece, default: 0] += 1 }
        return others.reduce(0) { common, piece in
            guard let left = counts[piece], left > 0 else { return common }
            counts[piece] = left - 1
            return common + 1
        }
    }

    private func longestCommonStretch(_ others: [Substring]) -> Int {
        // The length of the common stretch that ends at each pair of places.
        var lengths = [Int](repeating: 0, count: others.count + 1)
        var longest = 0
        for piece in pieces {
            for place in others.indices.reversed() {
                lengths[place + 1] = piece == others[place] ? lengths[place] + 1 : 0
                longest = max(longest, lengths[place + 1])
            }
        }
        return longest
    }

    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }

    private static func isASCIIPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && isPunctuation(scalar)
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol:
            true
        default: false
        }
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
