import Foundation

/// One step of a `normalizer`: from text to text.
enum NormalizerStep: Sendable {
    /// The normalisation forms of Unicode.
    enum Form: String, Sendable {
        case nfc = "NFC"
        case nfd = "NFD"
        case nfkc = "NFKC"
        case nfkd = "NFKD"
    }

    case characterMap(CharacterMap)
    /// By Foundation's version of Unicode. Versions differ in scalars that the older one does not know.
    case form(Form)
    case lowercase
    /// Drops combining marks.
    case stripAccents
    case replace(TextPattern, with: [UInt8])
    /// Drops whitespace at the ends.
    case strip(left: Bool, right: Bool)
    /// Puts bytes before a text that is not empty.
    case prepend([UInt8])
    /// Drops control characters and makes others spaces, as training for machine translation does.
    case nmt
    case bert(TokenizerConfiguration)

    func applied(to text: NormalizedText) -> NormalizedText {
        switch self {
        case .characterMap(let map): return map.applied(to: text)
        case .form(let form): return form.applied(to: text)
        case .lowercase:
            let table = ScalarTable.shared
            return text.mapped { scalar, source, result in
                guard table[scalar].contains(.lowercases) else { return result.accept(scalar, source: source) }
                if scalar == ScalarTable.dottedCapitalI {
                    result.accept(0x69, source: source)
                    result.accept(0x307, source: source)
                } else {
                    result.accept(table.lowercase(of: scalar), source: source)
                }
            }
        case .stripAccents:
            return text.mapped { scalar, source, result in
                if !ScalarTable.contains(scalar, in: UnicodeTables.combiningMarks) {
                    result.accept(scalar, source: source)
                }
            }
        case .replace(let pattern, let replacement):
            var result = NormalizedText()
            result.reserve(text.bytes.count)
            for piece in pattern.pieces(of: text.bytes.span, in: 0..<text.bytes.count) {
                if piece.isMatch {
                    result.append(replacement, source: text.sources[piece.range.lowerBound])
                } else {
                    result.append(text, piece.range)
                }
            }
            return result
        case .strip(let left, let right): return text.stripped(left: left, right: right)
        case .prepend(let bytes):
            guard let first = text.sources.first else { return text }
            var result = NormalizedText()
            result.append(bytes, source: first)
            result.append(text, 0..<text.bytes.count)
            return result
        case .nmt:
            return text.mapped { scalar, source, result in
                switch scalar {
                case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F, 0x8F, 0x9F: break
                case 0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
                    result.accept(0x20, source: source)
                default: result.accept(scalar, source: source)
                }
            }
        case .bert(let configuration):
            var normalizer = TextNormalizer(configuration)
            var result = text.mapped { normalizer.push($0, source: $1, into: &$2) }
            normalizer.finish(into: &result)
            return result
        }
    }
}

extension NormalizerStep.Form {
    fileprivate func applied(to text: NormalizedText) -> NormalizedText {
        guard text.bytes.contains(where: { $0 >= 0x80 }) else { return text }
        let whole = normalized(String(decoding: text.bytes, as: UTF8.self))
        // Where each character can be normalised by itself, which is nearly everywhere, its place is known.
        var result = NormalizedText()
        result.reserve(whole.count)
        var index = 0
        for character in String(decoding: text.bytes, as: UTF8.self) {
            let end = index + character.utf8.count
            let bytes = normalized(String(character))
            var place = 0
            while place < bytes.count {
                // Each part has the place of the scalar in its position before, and further parts have the last one's.
                let source = text.sources[min(index, end - 1)]
                result.accept(UTF8Cursor.next(bytes.span, at: &place), source: source)
                if index < end { _ = UTF8Cursor.next(text.bytes.span, at: &index) }
            }
            index = end
        }
        if result.bytes == whole { return result }
        var spread = NormalizedText()
        for (place, byte) in whole.enumerated() {
            spread.append(CollectionOfOne(byte), source: text.sources[place * text.sources.count / whole.count])
        }
        return spread
    }

    private func normalized(_ text: String) -> [UInt8] {
        switch self {
        case .nfc: Array(text.precomposedStringWithCanonicalMapping.utf8)
        case .nfd: Array(text.decomposedStringWithCanonicalMapping.utf8)
        // Foundation's compatibility forms leave the order of marks, and what composes across scalars, as the single
        // scalars had it.
        case .nfkc: Array(text.decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping.utf8)
        case .nfkd: Array(text.decomposedStringWithCompatibilityMapping.decomposedStringWithCanonicalMapping.utf8)
        }
    }
}

extension NormalizedText {
    /// The text as it was given.
    init(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>, firstScalar: Int) {
        self.init()
        reserve(range.count)
        var index = range.lowerBound
        var scalar = firstScalar
        while index < range.upperBound {
            accept(UTF8Cursor.next(bytes, at: &index), source: scalar)
            scalar += 1
        }
    }

    fileprivate func mapped(_ body: (UInt32, Int, inout NormalizedText) -> Void) -> NormalizedText {
        var result = NormalizedText()
        result.reserve(bytes.count)
        let span = bytes.span
        var index = 0
        while index < span.count {
            let source = sources[index]
            body(UTF8Cursor.next(span, at: &index), source, &result)
        }
        return result
    }

    fileprivate func stripped(left: Bool, right: Bool) -> NormalizedText {
        let span = bytes.span
        var start = 0
        while left, start < span.count {
            var next = start
            guard ScalarSet.whitespace.contains(UTF8Cursor.next(span, at: &next)) else { break }
            start = next
        }
        var end = span.count
        while right, end > start {
            var previous = end
            guard ScalarSet.whitespace.contains(UTF8Cursor.previous(span, before: &previous)) else { break }
            end = previous
        }
        var result = NormalizedText()
        result.append(self, start..<end)
        return result
    }
}
