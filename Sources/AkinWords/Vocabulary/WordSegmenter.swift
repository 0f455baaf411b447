package import AkinCore
import Foundation

/// Splits text into lower-cased words for training and for encoding.
///
/// Spaced scripts: a word is a run of letters, marks and digits; an apostrophe between two letters belongs to it
/// (`don't`), and the typographic apostrophe is read as the plain one. Words with combining marks are composed (NFC),
/// so that canonically equal texts have equal words.
///
/// Scripts without spaces (`UnspacedScripts`): every letter with its marks is a word, and so is every pair of adjacent
/// letters. Pairs alone retrieve about as well (CMRC 2018 trial, nDCG@10 of cosine: letters and pairs .890, pairs .875
/// with skip-gram; .905 and .920 with PPMI-SVD; hybrid .986 to .987 in all four), but have no vector for a query of one
/// letter.
package struct WordSegmenter: Sendable {
    package struct Word: Sendable, Hashable {
        /// Lower-cased.
        package let text: String
        /// Half-open, in Unicode scalars of the text.
        package let range: Range<Int>

        package init(text: String, range: Range<Int>) {
            self.text = text
            self.range = range
        }
    }

    package init() {}

    /// The words by ascending start. Cost: O(scalars).
    package func words(in text: String) -> [Word] {
        var words: [Word] = []
        forEachWord(in: text) { bytes, range, _ in
            words.append(Word(text: String(decoding: bytes, as: UTF8.self), range: range))
        }
        return words
    }

    /// The tokens that a chunker counts and cuts by: the words of spaced scripts and the single letters of the others,
    /// ascending and without overlap.
    package func tokenStarts(in text: String) -> TokenStarts {
        var starts = TokenStarts()
        forEachToken(in: text) { _, range, _ in starts.append(range.lowerBound) }
        return starts
    }

    /// Calls `body` with the UTF-8 of each word, its scalar range, and whether it is a token (a pair of letters is
    /// not).
    func forEachWord(in text: String, _ body: (_ word: [UInt8], _ range: Range<Int>, _ isToken: Bool) -> Void) {
        // The last letter of an unspaced script, whose pair is not yet known.
        var last: (bytes: [UInt8], range: Range<Int>)?
        forEachToken(in: text) { bytes, range, unspaced in
            if let first = last {
                body(first.bytes, first.range, true)
                if unspaced, first.range.upperBound == range.lowerBound {
                    body(first.bytes + bytes, first.range.lowerBound..<range.upperBound, false)
                }
            }
            last = unspaced ? (bytes, range) : nil
            if !unspaced { body(bytes, range, true) }
        }
        if let last { body(last.bytes, last.range, true) }
    }

    /// Calls `body` with the UTF-8 of each token, its scalar range, and whether its script is written without spaces.
    func forEachToken(in text: String, _ body: (_ token: [UInt8], _ range: Range<Int>, _ unspaced: Bool) -> Void) {
        var token: [UInt8] = []
        var (start, end) = (0, 0)
        var position = 0
        var unspaced = false
        var hasMark = false
        var apostrophe = false

        func finish() {
            guard !token.isEmpty else { return }
            if hasMark {
                token = Array(String(decoding: token, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
            }
            body(token, start..<end, unspaced)
            token.removeAll(keepingCapacity: true)
            (hasMark, apostrophe) = (false, false)
        }

        for scalar in text.unicodeScalars {
            switch Self.kind(of: scalar) {
            case .letter:
                if unspaced { finish() }
                if token.isEmpty { (start, unspaced) = (position, false) }
                if apostrophe { token.append(0x27) }
                apostrophe = false
                Self.appendLowercased(scalar, to: &token)
                end = position + 1
            case .unspacedLetter:
                finish()
                (start, end, unspaced) = (position, position + 1, true)
                token.append(contentsOf: scalar.utf8)
            case .mark:
                guard !token.isEmpty, !apostrophe else { break }
                (hasMark, end) = (true, position + 1)
                token.append(contentsOf: scalar.utf8)
            case .apostrophe:
                if token.isEmpty || unspaced || apostrophe { finish() } else { apostrophe = true }
            case .other:
                finish()
            }
            position += 1
        }
        finish()
    }

    private enum Kind {
        case letter, unspacedLetter, mark, apostrophe, other
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: return .letter
        case 0x27, 0x2019: return .apostrophe
        case 0..<0x80: return .other
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber,
            .otherNumber:
            return UnspacedScripts.contains(scalar) ? .unspacedLetter : .letter
        case .nonspacingMark, .spacingMark, .enclosingMark:
            return .mark
        default:
            return .other
        }
    }

    private static func appendLowercased(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if scalar.value < 0x80 {
            let byte = UInt8(scalar.value)
            bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        } else {
            bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
    }
}
