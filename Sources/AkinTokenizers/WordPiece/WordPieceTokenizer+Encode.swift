package import AkinCore

extension WordPieceTokenizer {
    /// Splits a text into tokens, with `[CLS]` before and `[SEP]` after where the vocabulary has them.
    package func encode(_ text: String, maximumTokens: Int?) -> TokenEncoding {
        if hasFrame { return framed(text, maximumTokens: maximumTokens) }
        var encoding = framed(text, maximumTokens: maximumTokens.map { $0 + 2 })
        encoding.ids = Array(encoding.ids.dropFirst().dropLast())
        encoding.ranges = Array(encoding.ranges.dropFirst().dropLast())
        return encoding
    }

    /// The tokens between `classID` and `separatorID`, whether the vocabulary has those or not.
    ///
    /// - Parameter maximumTokens: The most tokens to give, the two included; below 2 as 2.
    func framed(_ text: String, maximumTokens: Int?) -> TokenEncoding {
        let limit = max(2, maximumTokens ?? Int.max) - 1
        var text = text
        var splitter = WordSplitter(
            vocabulary, unknownID: unknownID, maximumWordScalars: configuration.maximumWordScalars, limit: limit,
            expected: min(limit, text.utf8.count / 3) + 2)
        splitter.append(classID, 0..<0)
        text.withUTF8 { buffer in
            let bytes = unsafe Span(_unsafeElements: buffer)
            var scalars = 0
            rawTokens.split(bytes) { range, id in
                if let id {
                    let count = UTF8Cursor.count(bytes, range)
                    splitter.append(id, scalars..<scalars + count)
                    scalars += count
                } else if normalizedTokens.isEmpty {
                    scalars = split(bytes, range, scalars: scalars, into: &splitter)
                } else {
                    scalars = splitNormalized(bytes, range, scalars: scalars, into: &splitter)
                }
                return !splitter.isFull
            }
        }
        let truncated = splitter.isFull
        if truncated { splitter.cut(to: limit) }
        splitter.append(separatorID, 0..<0)
        let unknownCount = splitter.ids.count { $0 == unknownID }
        return TokenEncoding(
            ids: splitter.ids, ranges: splitter.ranges, unknownCount: unknownCount, truncated: truncated)
    }

    /// Bytes after which the tokens found are put away.
    private static let stretch = 1 << 16

    package func tokenStarts(_ text: String) -> TokenStarts {
        var text = text
        var starts = TokenStarts()
        var splitter = WordSplitter(
            vocabulary, unknownID: unknownID, maximumWordScalars: configuration.maximumWordScalars, limit: .max,
            expected: min(Self.stretch, text.utf8.count))
        text.withUTF8 { buffer in
            let bytes = unsafe Span(_unsafeElements: buffer)
            var scalars = 0
            rawTokens.split(bytes) { range, id in
                if id != nil {
                    starts.append(scalars)
                    scalars += UTF8Cursor.count(bytes, range)
                } else if normalizedTokens.isEmpty {
                    var begin = range.lowerBound
                    while begin < range.upperBound {
                        // No word reaches over a separator.
                        var end = min(begin + Self.stretch, range.upperBound)
                        while end < range.upperBound, asciiClasses.classes[Int(bytes[end])] != .separator { end += 1 }
                        scalars = split(bytes, begin..<end, scalars: scalars, into: &splitter)
                        splitter.moveStarts(to: &starts)
                        begin = end
                    }
                } else {
                    scalars = splitNormalized(bytes, range, scalars: scalars, into: &splitter)
                    splitter.moveStarts(to: &starts)
                }
                return true
            }
        }
        return starts
    }

    /// Splits a stretch without added tokens. Words of ASCII go straight to the vocabulary; a word with anything else
    /// in it is normalised from its start to the next ASCII separator or punctuation, over which neither decomposition
    /// nor ordering reaches.
    ///
    /// - Returns: The number of scalars of the text up to the end of the stretch.
    private func split(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, scalars: Int, into splitter: inout WordSplitter
    ) -> Int {
        var index = range.lowerBound
        var scalar = scalars
        let classes = asciiClasses.classes
        let folded = asciiClasses.folded
        var normalizer: TextNormalizer?
        while index < range.upperBound, !splitter.isFull {
            switch classes[Int(bytes[index])] {
            case .separator:
                index += 1
                scalar += 1
                continue
            case .punctuation:
                splitter.addPunctuation(bytes[index], source: scalar)
                index += 1
                scalar += 1
                continue
            case .word:
                var end = index + 1
                while end < range.upperBound, folded[Int(bytes[end])] != 0 { end += 1 }
                if end == range.upperBound || classes[Int(bytes[end])] != .other {
                    splitter.addWord(bytes, index..<end, folded, source: scalar)
                    scalar += end - index
                    index = end
                    continue
                }
            case .other: break
            }
            var general = normalizer ?? TextNormalizer(configuration)
            while index < range.upperBound, classes[Int(bytes[index])] == .word || classes[Int(bytes[index])] == .other
            {
                general.push(UTF8Cursor.next(bytes, at: &index), source: scalar, into: &splitter)
                scalar += 1
            }
            general.finish(into: &splitter)
            splitter.endWord()
            normalizer = general
        }
        return scalar
    }

    /// Splits a stretch in which added tokens are looked for after normalisation.
    private func splitNormalized(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, scalars: Int, into splitter: inout WordSplitter
    )
        -> Int
    {
        var index = range.lowerBound
        var scalar = scalars
        var normalizer = TextNormalizer(configuration)
        var text = NormalizedText()
        while index < range.upperBound {
            normalizer.push(UTF8Cursor.next(bytes, at: &index), source: scalar, into: &text)
            scalar += 1
        }
        normalizer.finish(into: &text)
        let normalized = text.bytes.span
        normalizedTokens.split(normalized) { range, id in
            if let id {
                splitter.append(id, text.sources[range.lowerBound]..<text.sources[range.upperBound - 1] + 1)
            } else {
                var index = range.lowerBound
                while index < range.upperBound {
                    let source = text.sources[index]
                    splitter.accept(UTF8Cursor.next(normalized, at: &index), source: source)
                }
                splitter.endWord()
            }
            return !splitter.isFull
        }
        return scalar
    }

    /// The bytes of a text after normalisation.
    static func normalized(_ text: String, _ configuration: TokenizerConfiguration) -> [UInt8] {
        var normalizer = TextNormalizer(configuration)
        var result = NormalizedText()
        for (index, scalar) in text.unicodeScalars.enumerated() {
            normalizer.push(scalar.value, source: index, into: &result)
        }
        normalizer.finish(into: &result)
        return result.bytes
    }
}
