package import AkinTokenizers
package import AkinVectors

/// A text cut into the windows that a tagger reads, and back from the windows' outputs to words.
package struct TokenTagging: Sendable {
    /// Tokens that neighbouring windows share.
    package static let overlap = 128

    package let windows: [TokenSequence]
    private let parts: [Range<Int>]
    /// Of the text's tokens, special ones left out.
    private let ids: [Int32]
    private let ranges: [Range<Int>]

    package init(_ text: String, tokenizer: WordPieceTokenizer, maximumTokens: Int) {
        (ids, ranges) = tokenizer.placedTokens(text)
        parts = TokenWindows.parts(of: ids.count, length: max(1, maximumTokens - 2), overlap: Self.overlap)
        let ids = ids
        windows = parts.map { TokenSequence([tokenizer.classID] + ids[$0] + [tokenizer.separatorID]) }
    }

    /// The words with their likeliest labels: a word's label is that of its first token, which the models are trained
    /// on.
    ///
    /// - Parameters:
    ///   - outputs: Each window's, special tokens included. Shape: (tokens + 2, labels).
    ///   - continuations: Whether a token continues a word, by id.
    package func words(_ outputs: [Matrix], labels: [String], continuations: [Bool]) -> [LabelledWord] {
        var words: [LabelledWord] = []
        var index = 0
        while index < ids.count {
            var end = index + 1
            while end < ids.count, continuations[Int(ids[end])] { end += 1 }
            let window = bestWindow(for: index)
            let scores = HeadProbabilities.softmax(outputs[window].row(index - parts[window].lowerBound + 1))
            let best = scores.indexOfLargest
            words.append(
                LabelledWord(
                    range: ranges[index].lowerBound..<ranges[end - 1].upperBound, label: labels[best],
                    score: scores[best]))
            index = end
        }
        return words
    }

    /// The window in which a token is farthest from an edge that cuts the text, so that it has the most context; of
    /// equals the earlier. Windows share at most half of their tokens, so that a token stands in one or two of them.
    private func bestWindow(for index: Int) -> Int {
        guard parts.count > 1 else { return 0 }
        let last = min(index / parts[1].lowerBound, parts.count - 1)
        guard last > 0, parts[last - 1].contains(index) else { return last }
        return context(of: index, in: parts[last]) > context(of: index, in: parts[last - 1]) ? last : last - 1
    }

    /// Tokens between a token and the nearer edge that cuts the text.
    private func context(of index: Int, in part: Range<Int>) -> Int {
        min(
            part.lowerBound == 0 ? Int.max : index - part.lowerBound,
            part.upperBound == ids.count ? Int.max : part.upperBound - 1 - index)
    }
}
