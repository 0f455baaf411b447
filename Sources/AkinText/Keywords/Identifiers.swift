/// Names from programs among the words of a question.
///
/// FTS5 keeps `shouldRollover` as one word, and `snake_case`, `std::vector` and `--no-verify` as several. Such a name is
/// looked for in its parts and as the row of its parts too, so that it is found however a text spells it, and counts most
/// where it stands whole. Prose has no such names: `well-known`, `JavaScript`, `iPhone` and `don't` stay what they are.
package enum Identifiers {
    /// The most parts of a name; what has more is no name.
    private static let mostParts = 16

    /// The parts of names in camel case, in their order.
    /// - Complexity: O(n).
    package static func parts(of text: String) -> [String] {
        text.unicodeScalars.split { !$0.isWordScalar }.flatMap { humps(of: Array($0)[...]) }
    }

    /// Adds what is looked for beside the words themselves.
    ///
    /// - Parameter words: where the words stand in `scalars`.
    /// - Complexity: O(n).
    static func add(in scalars: [Unicode.Scalar], words: [Range<Int>], to terms: inout MatchTerms) {
        var place = 0
        while place < words.count, terms.phrases.count < KeywordText.maximumTerms {
            var end = place + 1
            let isOption = isOption(words[place], in: scalars)
            while end < words.count,
                joins(scalars[words[end - 1].upperBound..<words[end].lowerBound], inOption: isOption)
            { end += 1 }
            if (2...mostParts).contains(end - place) {
                terms.add(MatchPhrase(words[place..<end].map { KeywordText.string(scalars[$0]) }))
            }
            for word in words[place..<end].prefix(mostParts) { addParts(of: scalars[word], to: &terms) }
            place = end
        }
    }

    /// A text with the whole name holds its parts and their row too, though the index does not see them: so often the
    /// whole counts again.
    private static func addParts(of word: ArraySlice<Unicode.Scalar>, to terms: inout MatchTerms) {
        let parts = humps(of: word)
        guard (2...mostParts).contains(parts.count), terms.add(MatchPhrase(parts)) else { return }
        parts.forEach { terms.add(MatchPhrase([$0])) }
        for _ in 0...parts.count { terms.addAgain(MatchPhrase([KeywordText.string(word)])) }
    }

    /// Whether two dashes stand before a word, at the beginning of a text or behind white space.
    private static func isOption(_ word: Range<Int>, in scalars: [Unicode.Scalar]) -> Bool {
        let start = word.lowerBound - 2
        guard start >= 0, scalars[start..<word.lowerBound].elementsEqual(["-", "-"]) else { return false }
        return start == 0 || scalars[start - 1].properties.isWhitespace
    }

    private static func joins(_ separator: ArraySlice<Unicode.Scalar>, inOption: Bool) -> Bool {
        separator.allSatisfy { $0 == "_" } || separator.elementsEqual([":", ":"])
            || (inOption && separator.elementsEqual(["-"]))
    }

    /// The parts of a word in camel case that begins with a small letter or has three parts or more; empty for others,
    /// and where a part is a single letter.
    private static func humps(of word: ArraySlice<Unicode.Scalar>) -> [String] {
        var starts = [word.startIndex]
        for index in word.indices.dropFirst() where word[index].properties.isUppercase {
            // A capital begins a part behind a small letter or digit, and the last of several before a small one does.
            let next = index + 1
            let endsCapitals = next < word.endIndex && word[next].properties.isLowercase
            if !word[index - 1].properties.isUppercase || endsCapitals { starts.append(index) }
        }
        guard let first = word.first, starts.count > (first.properties.isLowercase ? 1 : 2) else { return [] }
        let ends = starts.dropFirst() + [word.endIndex]
        let parts = zip(starts, ends).map { word[$0..<$1] }
        return parts.allSatisfy { $0.count > 1 } ? parts.map(KeywordText.string) : []
    }
}
