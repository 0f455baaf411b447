import AkinCore

extension WordPieceTokenizer {
    /// Splits two texts into tokens. A pair that is too long loses tokens at the end of the longer text, of both when
    /// they are as long as each other.
    ///
    /// - Parameter maximumTokens: The most tokens to give, special ones included; below their number as that.
    /// - Complexity: One pass over both texts.
    package func encode(_ first: String, _ second: String, maximumTokens: Int?) -> PairEncoding {
        frameOfPairs.encoding(
            PlacedTokens(placedTokens(first)), PlacedTokens(placedTokens(second)), maximumTokens: maximumTokens)
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
        let (first, second) = (PlacedTokens(placedTokens(first)), PlacedTokens(placedTokens(second)))
        let room = maximumTokens - frameOfPairs.count - first.count
        guard room >= 2 else {
            throw AkinError(
                .invalidArgument,
                "The question has \(first.count) tokens and leaves no room for a text: the model reads \(maximumTokens) "
                    + "tokens of both together, so ask in fewer words.")
        }
        return TokenWindows.parts(of: second.count, length: room, overlap: stride).map { part in
            frameOfPairs.encoding(first, second[part], truncated: part.count < second.count)
        }
    }
}
