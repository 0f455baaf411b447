package import AkinTokenizers

/// The tokens around one word of a text, as a network reads them.
package struct WordWindow: Sendable {
    /// With `[CLS]` and `[SEP]`.
    package let sequence: TokenSequence
    /// The word's tokens, as places in the sequence.
    package let tokens: Range<Int>

    /// The whole text where it is short enough, else as much on both sides of the word; nil where no token touches the
    /// word.
    ///
    /// - Parameters:
    ///   - word: where it stands, in Unicode scalars of the text.
    ///   - placed: the text's tokens, special ones left out, and where each stands.
    package init?(
        of word: Range<Int>, in placed: (ids: [Int32], ranges: [Range<Int>]), tokenizer: WordPieceTokenizer,
        maximumTokens: Int
    ) {
        guard let first = placed.ranges.firstIndex(where: { $0.overlaps(word) }),
            let last = placed.ranges.lastIndex(where: { $0.overlaps(word) })
        else { return nil }
        let length = min(max(maximumTokens - 2, 1), placed.ids.count)
        let start = min(max((first + last + 1 - length) / 2, 0), placed.ids.count - length)
        let window = start..<start + length
        let touching = (first..<last + 1).clamped(to: window)
        sequence = TokenSequence([tokenizer.classID] + placed.ids[window] + [tokenizer.separatorID])
        tokens = touching.lowerBound - start + 1..<touching.upperBound - start + 1
    }
}
