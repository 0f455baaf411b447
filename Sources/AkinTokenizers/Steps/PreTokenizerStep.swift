/// A normalised text and the parts of it that are divided into tokens, each on its own.
struct PreTokens {
    var text: NormalizedText
    /// In bytes, ascending.
    var ranges: [Range<Int>]
}

/// One step of a `pre_tokenizer`: divides the parts of a text further.
enum PreTokenizerStep: Sendable {
    /// Whether a part without the sign of a word's start gets it.
    enum PrependScheme: String, Sendable {
        case always, never
        /// Only the part with which the whole text begins.
        case first
    }

    case split(TextPattern, SplitBehavior, inverted: Bool)
    /// Each part that does not begin with a space gets one.
    case spacePrefix
    /// Spaces become a sign, in UTF-8, that belongs to the word behind it.
    case metaspace(sign: [UInt8], PrependScheme, splits: Bool)

    func applied(to parts: PreTokens) -> PreTokens {
        switch self {
        case .split(let pattern, let behavior, let inverted):
            let bytes = parts.text.bytes.span
            var ranges: [Range<Int>] = []
            ranges.reserveCapacity(parts.ranges.count)
            for range in parts.ranges {
                ranges += behavior.ranges(pattern.pieces(of: bytes, in: range), inverted: inverted)
            }
            return PreTokens(text: parts.text, ranges: ranges)
        case .spacePrefix:
            var result = PreTokens(text: NormalizedText(), ranges: [])
            result.text.reserve(parts.text.bytes.count + parts.ranges.count)
            for range in parts.ranges where !range.isEmpty {
                let start = result.text.bytes.count
                if parts.text.bytes[range.lowerBound] != 0x20 {
                    result.text.append(CollectionOfOne(0x20), source: parts.text.sources[range.lowerBound])
                }
                result.text.append(parts.text, range)
                result.ranges.append(start..<result.text.bytes.count)
            }
            return result
        case .metaspace(let sign, let scheme, let splits): return Self.metaspace(parts, sign, scheme, splits)
        }
    }

    private static func metaspace(_ parts: PreTokens, _ sign: [UInt8], _ scheme: PrependScheme, _ splits: Bool)
        -> PreTokens
    {
        let (bytes, sources) = (parts.text.bytes, parts.text.sources)
        var result = PreTokens(text: NormalizedText(), ranges: [])
        result.text.reserve(bytes.count + sign.count * parts.ranges.count)
        result.ranges.reserveCapacity(parts.ranges.count)
        for range in parts.ranges where !range.isEmpty {
            var start = result.text.bytes.count
            func close() {
                if result.text.bytes.count > start { result.ranges.append(start..<result.text.bytes.count) }
            }
            let hasSign = bytes[range.lowerBound] == 0x20 || bytes[range].starts(with: sign)
            if !hasSign, scheme == .always || scheme == .first && sources[range.lowerBound] == 0 {
                result.text.append(sign, source: sources[range.lowerBound])
            }
            var index = range.lowerBound
            while index < range.upperBound {
                let isSpace = bytes[index] == 0x20
                if isSpace || bytes[index] == sign[0] && bytes[index..<range.upperBound].starts(with: sign) {
                    if splits, index > range.lowerBound {
                        close()
                        start = result.text.bytes.count
                    }
                    result.text.append(sign, source: sources[index])
                    index += isSpace ? 1 : sign.count
                } else {
                    let end =
                        bytes[index..<range.upperBound].dropFirst().firstIndex { $0 == 0x20 || $0 == sign[0] }
                        ?? range.upperBound
                    result.text.append(parts.text, index..<end)
                    index = end
                }
            }
            close()
        }
        return result
    }
}
