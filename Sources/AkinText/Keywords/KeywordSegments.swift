import Foundation

/// A text cut where the way of making keywords changes.
enum KeywordSegment {
    /// Scalars of scripts with spaces between words, white space and punctuation included.
    case spaced([Unicode.Scalar])
    /// A run of a script without spaces, as units: a character and its marks, in the form they have in keyword text.
    case unspaced([String])

    /// Cuts a text into words as they are written. Half-width and full-width forms are first replaced by the characters
    /// they stand for, and kana with separate voicing marks by single characters.
    /// - Complexity: O(n).
    static func segments(of text: String) -> [KeywordSegment] {
        segments(of: Array(text.unicodeScalars)) { $0.beginsBigramUnit }
    }

    /// Cuts a text as keyword search reads it: folded, and with Korean among the scripts without spaces. Its particles
    /// follow a word without a space, so that pairs of syllables find what whole words would not.
    /// - Complexity: O(n).
    static func searched(_ text: String) -> [KeywordSegment] {
        segments(of: KeywordFolding.shared.folded(text)) { $0.beginsBigramUnit || $0.isHangulSyllable }
    }

    private static func segments(of scalars: [Unicode.Scalar], beginsUnit: (Unicode.Scalar) -> Bool) -> [KeywordSegment]
    {
        let scalars = foldingWidth(scalars)
        var segments: [KeywordSegment] = []
        var spaced: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            guard beginsUnit(scalars[index]) else {
                spaced.append(scalars[index])
                index += 1
                continue
            }
            if !spaced.isEmpty { segments.append(.spaced(spaced)) }
            spaced.removeAll(keepingCapacity: true)
            var units: [String] = []
            while index < scalars.count, beginsUnit(scalars[index]) {
                var unit = String.UnicodeScalarView()
                unit.append(scalars[index])
                index += 1
                while index < scalars.count, scalars[index].isSpacelessMark {
                    unit.append(scalars[index].keywordStandIn)
                    index += 1
                }
                units.append(String(unit))
            }
            segments.append(.unspaced(units))
        }
        if !spaced.isEmpty { segments.append(.spaced(spaced)) }
        return segments
    }

    private static func foldingWidth(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var forms = String.UnicodeScalarView()
        // Half-width kana carry their voicing marks behind them, so a run is folded as one.
        func fold() {
            guard !forms.isEmpty else { return }
            // The compatibility mapping does not compose on every platform.
            let folded = String(forms).precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
            result.append(contentsOf: folded.unicodeScalars)
            forms = String.UnicodeScalarView()
        }
        for scalar in scalars {
            let isVoicingMark = scalar.value == 0x3099 || scalar.value == 0x309A
            if isVoicingMark, forms.isEmpty, let last = result.last, last.isIdeographOrKana {
                forms.append(result.removeLast())
            }
            if scalar.isWidthForm || isVoicingMark {
                forms.append(scalar)
            } else {
                fold()
                result.append(scalar)
            }
        }
        fold()
        return result
    }
}
