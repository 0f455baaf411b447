import AkinCore

extension Tokenizer {
    /// Splits two texts into tokens, with the special tokens that the tokenizer puts around and between a pair. A pair
    /// that is too long loses tokens at the end of the longer text, of both when they are as long as each other.
    ///
    /// - Parameter maximumTokens: The most tokens to give, special ones included.
    /// - Throws: `AkinError(.incompatible)` for a tokenizer that does not say what stands between two texts.
    /// - Complexity: One pass over both texts.
    package func encode(_ first: String, _ second: String, maximumTokens: Int?) throws -> PairEncoding {
        guard let pairFrame else {
            throw AkinError(
                .incompatible,
                "The model's tokenizer.json does not say what stands between two texts, so it reads single texts; choose a model for pairs."
            )
        }
        return pairFrame.encoding(
            PlacedTokens(placedTokens(first)), PlacedTokens(placedTokens(second)), maximumTokens: maximumTokens)
    }
}
