import AkinCore

/// Finds the units of a text from its beginning to its end.
struct UnitFinder {
    private let scalars: ScalarText
    private let tokens: TokenStarts
    private let maximumTokens: Int
    private var token = 0
    private(set) var starts: [UInt32] = [0]
    private(set) var tokensBefore: [UInt32] = [0]
    private(set) var borders: [ChunkBorder] = []

    init(scalars: ScalarText, tokenStarts: TokenStarts, maximumTokens: Int) {
        self.scalars = scalars
        tokens = tokenStarts
        self.maximumTokens = maximumTokens
    }

    var count: Int { borders.count }

    /// Where the units found so far end.
    var end: Int { Int(starts[count]) }

    /// Adds the sentences of a stretch, of which a blank line ends a paragraph.
    mutating func add(unstructured stretch: Range<Int>) {
        for sentence in sentences(of: stretch) {
            add(sentence, endsWithBlankLine(scalars[sentence]) ? .paragraph : .sentence)
        }
    }

    /// Adds the units of a block. What the last one's border is depends on the block behind it.
    mutating func add(block kind: TextBlock.Kind, _ stretch: Range<Int>) {
        switch kind {
        case .heading, .tableRow: add(stretch, .sentence)
        case .code:
            var start = stretch.lowerBound
            for place in stretch where scalars[place] == "\n" || place + 1 == stretch.upperBound {
                let line = start..<place + 1
                add(line, scalars[line].allSatisfy(\.isWhiteSpaceOrBreak) ? .item : .sentence)
                start = place + 1
            }
        case .paragraph, .listItem, .quote:
            for sentence in sentences(of: stretch) { add(sentence, .sentence) }
        }
    }

    mutating func setLastBorder(_ border: ChunkBorder) {
        guard !borders.isEmpty else { return }
        borders[count - 1] = border
    }

    private func sentences(of stretch: Range<Int>) -> some Sequence<Range<Int>> {
        SentenceSplitter().sentences(of: scalars.part(stretch)).lazy.map {
            $0.lowerBound + stretch.lowerBound..<$0.upperBound + stretch.lowerBound
        }
    }

    /// Adds a sentence, in parts of similar size where it is longer than a piece.
    private mutating func add(_ sentence: Range<Int>, _ border: ChunkBorder) {
        let isLast = sentence.upperBound == scalars.count
        var (part, partToken) = (sentence.lowerBound, token)
        token = isLast ? tokens.count : tokens.firstToken(from: token, atOrAfter: sentence.upperBound)
        while token - partToken > maximumTokens {
            let cut = cut(partToken..<token)
            let place = min(max(tokens[cut], part), sentence.upperBound)
            append(part..<place, tokens: cut, .sentence)
            (part, partToken) = (place, cut)
        }
        append(part..<sentence.upperBound, tokens: token, border)
    }

    /// Appends a unit. A unit of white space is joined to the unit before it.
    private mutating func append(_ range: Range<Int>, tokens: Int, _ border: ChunkBorder) {
        if count == 0 || !scalars[range].allSatisfy(\.isWhiteSpaceOrBreak) {
            starts.append(UInt32(range.upperBound))
            tokensBefore.append(UInt32(tokens))
            borders.append(border)
        } else {
            starts[count] = UInt32(range.upperBound)
            tokensBefore[count] = UInt32(tokens)
            borders[count - 1] = border
        }
    }

    /// The token to cut before. The parts have similar sizes, and a cut between words is taken where there is one
    /// within a quarter of a part.
    private func cut(_ tokens: Range<Int>) -> Int {
        let parts = (tokens.count + maximumTokens - 1) / maximumTokens
        let size = (tokens.count + parts - 1) / parts
        // Below this, the rest would need one more part.
        let least = max(tokens.count - (parts - 1) * maximumTokens, size - size / 4, 1)
        for length in stride(from: size, through: least, by: -1) {
            let border = self.tokens[tokens.lowerBound + length]
            if border > 0, border < scalars.count, scalars[border - 1].isWhiteSpaceOrBreak {
                return tokens.lowerBound + length
            }
        }
        return tokens.lowerBound + size
    }

    private func endsWithBlankLine(_ scalars: Slice<ScalarText>) -> Bool {
        var breaks = 0
        var index = scalars.endIndex
        while index > scalars.startIndex, scalars[index - 1].isWhiteSpaceOrBreak {
            index -= 1
            let isFirstHalf = scalars[index] == "\r" && index + 1 < scalars.endIndex && scalars[index + 1] == "\n"
            if scalars[index].isLineBreak, !isFirstHalf { breaks += 1 }
        }
        return breaks > 1
    }
}
