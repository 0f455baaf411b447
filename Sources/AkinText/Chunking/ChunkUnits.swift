/// The indivisible parts a text is packed from: sentences, and parts of sentences that are too long.
struct ChunkUnits {
    /// (count + 1) where each unit starts, in Unicode scalars; the last is the text's end.
    private(set) var starts: [Int] = [0]
    /// (count + 1) tokens that begin before each start.
    private(set) var tokensBefore: [Int] = [0]
    /// (count) whether a blank line closes the unit.
    private(set) var endsParagraph: [Bool] = []

    var count: Int { starts.count - 1 }

    /// Tokens that begin inside a range of units.
    func tokens(in range: Range<Int>) -> Int { tokensBefore[range.upperBound] - tokensBefore[range.lowerBound] }

    init(text: String, tokenRanges: [Range<Int>], maximumTokens: Int) {
        let scalars = Array(text.unicodeScalars)
        var token = 0
        for sentence in SentenceSplitter().ranges(in: scalars) {
            let isLast = sentence.upperBound == scalars.count
            let first = token
            while token < tokenRanges.count, isLast || tokenRanges[token].lowerBound < sentence.upperBound {
                token += 1
            }
            var part = sentence.lowerBound
            var partToken = first
            while token - partToken > maximumTokens {
                let cut = Self.cut(
                    partToken..<token, tokenRanges: tokenRanges, scalars: scalars, maximum: maximumTokens)
                let border = min(max(tokenRanges[cut].lowerBound, part), sentence.upperBound)
                add(part..<border, tokens: cut, endsParagraph: false, scalars)
                part = border
                partToken = cut
            }
            add(
                part..<sentence.upperBound, tokens: token,
                endsParagraph: Self.endsWithBlankLine(scalars[part..<sentence.upperBound]),
                scalars)
        }
    }

    /// The token to cut before. The parts have similar sizes, and a cut between words is taken where there is one
    /// within a quarter of a part.
    private static func cut(_ tokens: Range<Int>, tokenRanges: [Range<Int>], scalars: [Unicode.Scalar], maximum: Int)
        -> Int
    {
        let parts = (tokens.count + maximum - 1) / maximum
        let size = (tokens.count + parts - 1) / parts
        // Below this, the rest would need one more part.
        let least = max(tokens.count - (parts - 1) * maximum, size - size / 4, 1)
        for length in stride(from: size, through: least, by: -1) {
            let border = tokenRanges[tokens.lowerBound + length].lowerBound
            if border > 0, border < scalars.count, scalars[border - 1].isWhiteSpaceOrBreak {
                return tokens.lowerBound + length
            }
        }
        return tokens.lowerBound + size
    }

    /// Appends a unit. A unit of white space is joined to the unit before it.
    private mutating func add(_ range: Range<Int>, tokens: Int, endsParagraph ends: Bool, _ scalars: [Unicode.Scalar]) {
        if count == 0 || !scalars[range].allSatisfy(\.isWhiteSpaceOrBreak) {
            starts.append(range.upperBound)
            tokensBefore.append(tokens)
            endsParagraph.append(ends)
        } else {
            starts[count] = range.upperBound
            tokensBefore[count] = tokens
            endsParagraph[count - 1] = ends
        }
    }

    private static func endsWithBlankLine(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
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
