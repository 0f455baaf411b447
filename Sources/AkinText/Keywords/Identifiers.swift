/// Names from programs among the words of a question or a text.
///
/// FTS5 keeps `shouldRollover` as one word, and `snake_case`, `std::vector` and `--no-verify` as several. Such a name
/// in a question is looked for in its parts and as the row of its parts too, so that it is found however a text spells
/// it, and counts most where it stands whole. The parts of names in a text are indexed beside it, so that `rollover`
/// finds `shouldRollover`. Prose has no such names: `well-known`, `JavaScript`, `iPhone` and `don't` stay as they are.
package enum Identifiers {
    /// The most parts of a name; what has more is no name.
    private static let mostParts = 16

    /// The parts of names in camel case, in their order.
    /// - Complexity: O(n).
    package static func parts(of text: String) -> [String] {
        text.unicodeScalars.split { !$0.isWordScalar }.flatMap { humps(of: Array($0)[...]) }
    }

    /// The parts of names in camel case that the texts do not have as words, each once, in the order of the names.
    /// Parts that follow each other in a name stand together.
    ///
    /// What a text says in words too is not repeated: a name adds little to a text's length, and counts in parts no
    /// more than one word.
    /// - Complexity: O(n).
    static func partsBesideWords(of texts: [String]) -> [[String]] {
        guard texts.contains(where: mayHoldHumps) else { return [] }
        let words = texts.flatMap { $0.unicodeScalars.split { !$0.isWordScalar } }
        var known = Set(words.map { String($0).lowercased() })
        var rows: [[String]] = []
        for word in words {
            let parts = humps(of: Array(word)[...])
            guard parts.count <= mostParts else { continue }
            var follows = false
            for part in parts {
                let isNew = known.insert(part.lowercased()).inserted
                if isNew, follows { rows[rows.count - 1].append(part) } else if isNew { rows.append([part]) }
                follows = isNew
            }
        }
        return rows
    }

    /// Whether an ASCII capital stands behind another letter or a digit, as in every name in camel case that is known.
    private static func mayHoldHumps(_ text: String) -> Bool {
        var isBehindWord = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if isBehindWord { return true }
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): isBehindWord = true
            default: isBehindWord = byte >= 0x80
            }
        }
        return false
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

    /// A text with the whole name may hold the parts once, and another one often: so the whole counts once more for
    /// each of them and for their row.
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
