import AkinCore

extension WordPieceTokenizer {
    /// The special tokens of a pair.
    package static let pairOverhead = 3

    /// Splits two texts into tokens. A pair that is too long loses tokens at the end of the longer text, of both when
    /// they are as long as each other.
    ///
    /// - Parameter maximumTokens: The most tokens to give, special ones included; below 3 as 3.
    /// - Complexity: One pass over both texts.
    package func encode(_ first: String, _ second: String, maximumTokens: Int?) -> PairEncoding {
        let (first, second) = (placed(first), placed(second))
        let room = max(0, (maximumTokens ?? Int.max) - Self.pairOverhead)
        let kept = Self.lengths(first.count, second.count, room: room)
        return framed(
            first.prefix(kept.first), second.prefix(kept.second),
            truncated: kept != (first.count, second.count))
    }

    /// The pairs of one first text with overlapping parts of a long second one, as extractive question answering reads
    /// them: the first text is whole in each of them.
    ///
    /// - Parameters:
    ///   - maximumTokens: The most tokens of a pair, special ones included.
    ///   - stride: Tokens that neighbouring parts share; less where there is no room for more than them.
    /// - Throws: `AkinError(.invalidArgument)` when the first text leaves no room for the second.
    package func encodeWindows(_ first: String, _ second: String, maximumTokens: Int, stride: Int) throws
        -> [PairEncoding]
    {
        let (first, second) = (placed(first), placed(second))
        let room = maximumTokens - Self.pairOverhead - first.count
        guard room >= 2 else {
            throw AkinError(
                .invalidArgument,
                "The question has \(first.count) tokens and leaves no room for a text: the model reads \(maximumTokens) "
                    + "tokens of both together, so ask in fewer words.")
        }
        return TokenWindows.parts(of: second.count, length: room, overlap: stride).map { part in
            framed(first, second[part], truncated: part.count < second.count)
        }
    }

    private func placed(_ text: String) -> PlacedTokens {
        let tokens = placedTokens(text)
        return PlacedTokens(ids: tokens.ids[...], ranges: tokens.ranges[...])
    }

    private func framed(_ first: PlacedTokens, _ second: PlacedTokens, truncated: Bool) -> PairEncoding {
        let nowhere = [0..<0]
        return PairEncoding(
            ids: [classID] + first.ids + [separatorID] + second.ids + [separatorID],
            ranges: nowhere + first.ranges + nowhere + second.ranges + nowhere, firstLength: first.count + 2,
            truncated: truncated)
    }

    /// How many tokens of each text are kept, so that they fit: the longer text is cut to what the shorter leaves, but
    /// not below it; then both get half of the room, the odd token going to the longer, or to the second of equals.
    static func lengths(_ first: Int, _ second: Int, room: Int) -> (first: Int, second: Int) {
        guard first > room - min(room, second) else { return (first, second) }
        let shorter = min(first, second)
        let cut = shorter <= room / 2 ? (shorter, room - shorter) : (room / 2, room - room / 2)
        return first > second ? (cut.1, cut.0) : cut
    }
}
