import AkinText
import Foundation

/// The words of a query, to be marked in a passage. Other endings of the same word match too, and text without spaces
/// matches by pairs of characters. What the query excludes is not among them.
struct QueryTerms {
    /// A word of the text that is one of the query.
    struct Match {
        let range: Range<Int>
        let term: String
    }

    private var stems = Set<String>()
    private var pairs = Set<String>()
    /// Beginnings of words, folded.
    private var prefixes = Set<String>()
    /// Stems that stand one after the other.
    private var phrases = Set<[String]>()

    /// No words.
    init() {}

    init(_ query: SearchQuery) {
        var short = Set<String>()
        for part in query.parts {
            switch part {
            case .words(let text): add(text, short: &short)
            case .row(let row): if row.demand != .excluded { add(row) }
            }
        }
        if stems.isEmpty && pairs.isEmpty && prefixes.isEmpty && phrases.isEmpty { stems = short }
    }

    /// Adds each word of a text, those that say little on their own to `short`.
    private mutating func add(_ text: String, short: inout Set<String>) {
        let characters = DisplayText.oneLine(text)
        for range in QueryTerms.words(in: characters) {
            let word = String(characters[range])
            if DisplayText.isWide(characters[range.lowerBound]) {
                addPairs(of: characters[range])
            } else if word.count < 3 || QueryTerms.functionWords.contains(word.lowercased()) {
                short.insert(QueryTerms.stem(word))
            } else {
                stems.insert(QueryTerms.stem(word))
            }
        }
        stems.formUnion(Identifiers.parts(of: text).map(QueryTerms.stem))
    }

    private mutating func add(_ row: SearchQuery.Row) {
        let characters = DisplayText.oneLine(row.text)
        let words = QueryTerms.words(in: characters)
        let (wide, narrow) = (
            words.filter { DisplayText.isWide(characters[$0.lowerBound]) },
            words.filter { !DisplayText.isWide(characters[$0.lowerBound]) }
        )
        wide.forEach { addPairs(of: characters[$0]) }
        let spelt = narrow.map { String(characters[$0]) }
        if row.isPrefix, let last = spelt.last {
            prefixes.insert(QueryTerms.folded(last))
            stems.formUnion(spelt.dropLast().map(QueryTerms.stem))
        } else if wide.isEmpty {
            phrases.insert(spelt.map(QueryTerms.stem))
        } else {
            stems.formUnion(spelt.map(QueryTerms.stem))
        }
    }

    private mutating func addPairs(of run: ArraySlice<Character>) {
        if run.count == 1 { pairs.insert(String(run)) }
        for start in run.indices.dropLast() { pairs.insert(String(run[start...(start + 1)])) }
    }

    /// The same terms with more words, such as a passage's own that are near to the query.
    func adding(words: [String]) -> QueryTerms {
        var terms = self
        for word in words {
            let characters = Array(word)
            if characters.first.map(DisplayText.isWide) == true {
                terms.pairs.insert(word)
            } else {
                terms.stems.insert(Self.stem(word))
            }
        }
        return terms
    }

    /// Where the query's words stand, in ascending order.
    func matches(in characters: [Character]) -> [Match] {
        let words = QueryTerms.words(in: characters)
        var found = phraseMatches(of: words, in: characters)
        for range in words {
            if DisplayText.isWide(characters[range.lowerBound]) {
                for start in range {
                    for length in 1...2 where start + length <= range.upperBound {
                        let piece = String(characters[start..<(start + length)])
                        if pairs.contains(piece) { found.append(Match(range: start..<(start + length), term: piece)) }
                    }
                }
            } else {
                let word = String(characters[range])
                let stem = QueryTerms.stem(word)
                if stems.contains(stem) {
                    found.append(Match(range: range, term: stem))
                } else if let prefix = prefixes.first(where: QueryTerms.folded(word).hasPrefix) {
                    found.append(Match(range: range, term: prefix + "*"))
                }
            }
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func phraseMatches(of words: [Range<Int>], in characters: [Character]) -> [Match] {
        guard !phrases.isEmpty else { return [] }
        let text = words.map { QueryTerms.stem(String(characters[$0])) }
        var found: [Match] = []
        for phrase in phrases where phrase.count <= text.count {
            for start in 0...text.count - phrase.count where text[start..<start + phrase.count].elementsEqual(phrase) {
                found.append(
                    Match(
                        range: words[start].lowerBound..<words[start + phrase.count - 1].upperBound,
                        term: phrase.joined(separator: " ")))
            }
        }
        return found
    }

    /// Runs of letters and digits; a change between wide and narrow characters ends a run.
    private static func words(in characters: [Character]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < characters.count {
            guard isWordCharacter(characters[start]) else {
                start += 1
                continue
            }
            let wide = DisplayText.isWide(characters[start])
            var end = start + 1
            while end < characters.count && isWordCharacter(characters[end])
                && DisplayText.isWide(characters[end]) == wide
            { end += 1 }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    private static func isWordCharacter(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// The word without case, accents and its commonest English endings: enough to show `running` for `runs`.
    private static func stem(_ word: String) -> String {
        let folded = folded(word)
        for ending in ["ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e", "y"]
        where folded.hasSuffix(ending) && folded.count >= ending.count + 3 {
            let bare = folded.dropLast(ending.count)
            let doubled = bare.last == bare.dropLast().last && bare.count > 3
            return String(doubled ? bare.dropLast() : bare)
        }
        return folded
    }

    private static func folded(_ word: String) -> String {
        // Joiners belong to the letters before them.
        let visible = String(
            String.UnicodeScalarView(word.unicodeScalars.filter { $0.properties.generalCategory != .format }))
        return visible.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }

    private static let functionWords: Set<String> = [
        "the", "and", "for", "with", "that", "this", "from", "are", "was", "were", "who", "what", "how", "does", "did",
        "not", "you", "can",
    ]
}
