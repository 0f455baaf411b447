/// The words of a question that say what it is about, to be found in texts.
///
/// Words are compared as the keyword index knows them, without their endings; text of scripts without spaces by pairs of
/// characters. Words that every text of a language has are left out, and of a long question all but the rarest: a text in
/// which everything is marked shows nothing. What the question excludes is not looked for.
package struct QuestionTerms: Sendable {
    /// Words that stand one after the other.
    struct Term: Sendable, Hashable {
        /// As the index knows them.
        let words: [String]
        /// Whether the last word may go on.
        let isPrefix: Bool

        var name: String { words.joined(separator: " ") }
    }

    /// A word of the question.
    package struct Word: Sendable {
        package let written: String
        /// As the index knows it.
        package let indexed: String
    }

    /// A place where a term stands.
    package struct Match: Sendable, Hashable {
        /// In Unicode scalars of the text.
        package let range: Range<Int>
        /// The term as the index knows it.
        package let term: String
        package let weight: Double
    }

    /// The most single words that are looked for.
    private static let mostWords = 8
    /// A word that says less than this share of the word that says most is not looked for.
    private static let leastShare = 0.25

    /// By the first of their words.
    private var terms: [String: [(term: Term, weight: Double)]] = [:]
    /// Those that are the beginning of a word.
    private var prefixes: [(prefix: String, weight: Double)] = []
    /// The first scalars of words that begin a term, so that others need not be looked up.
    private var initials: Set<Unicode.Scalar> = []
    /// Whether a word of the question says nothing because no text holds it.
    private var hasUnknown = false

    package var isEmpty: Bool { terms.isEmpty && prefixes.isEmpty }

    /// Whether a text that holds these terms, as `Match` names them, holds all; false where the question has a word that no
    /// text holds.
    package func areHeld(by held: Set<String>) -> Bool {
        !isEmpty && !hasUnknown && terms.values.joined().allSatisfy { held.contains($0.term.name) }
            && prefixes.allSatisfy { held.contains($0.prefix + "*") }
    }

    /// - Parameters:
    ///   - indexed: what the keyword index makes of a word; nil for a text without words.
    ///   - weights: how much each word says, by its rarity; 0 for one that no text holds.
    package init(
        _ query: SearchQuery, indexed: (String) throws -> String?, weights: ([Word]) throws -> [Double]
    ) rethrows {
        var words: [Word] = []
        var rest: [Word] = []
        var rows: [Term] = []
        let stopWords = StopWords.set(for: LanguageGuess.language(of: query.meaning))
        for part in query.parts {
            switch part {
            case .words(let text):
                let spelt = TextWords(text).words.filter { !$0.isUnit }.map(\.text)
                for word in spelt + Identifiers.parts(of: text) {
                    guard let term = try indexed(word).map({ Word(written: word, indexed: $0) }) else { continue }
                    let isShort = word.unicodeScalars.count < 2 && !(word.first?.isNumber ?? false)
                    if isShort || stopWords.contains(word.lowercased()) {
                        rest.append(term)
                    } else {
                        words.append(term)
                    }
                }
                rows += Self.pairs(of: text)
            case .row(let row) where row.demand == .excluded: continue
            case .row(let row):
                let sequence = try TextWords(row.text).words.compactMap { word in
                    word.isUnit ? word.text : try indexed(word.text)
                }
                guard !sequence.isEmpty else { continue }
                if row.isPrefix, let last = TextWords(row.text).words.last, !last.isUnit {
                    rows.append(Term(words: sequence.dropLast() + [Self.folded(last.text)], isPrefix: true))
                } else {
                    rows.append(Term(words: sequence, isPrefix: false))
                }
            }
        }
        if words.isEmpty && rows.isEmpty { words = rest }
        var seen: Set<String> = []
        words = words.filter { seen.insert($0.indexed).inserted }
        try add(words.map(\.indexed), rows, weights: weights(words))
    }

    private mutating func add(_ words: [String], _ rows: [Term], weights: [Double]) {
        let highest = weights.max() ?? 1
        hasUnknown = weights.contains(0)
        let told = zip(words, weights).filter { $0.1 >= highest * Self.leastShare }
        // Ties go to the word that was written first.
        let rarest = told.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
        for (word, weight) in rarest.prefix(Self.mostWords).map(\.element) {
            add(Term(words: [word], isPrefix: false), weight)
        }
        // What the syntax asks for says as much as the rarest word.
        for row in rows { add(row, highest) }
    }

    private mutating func add(_ term: Term, _ weight: Double) {
        guard let first = term.words.first, let initial = first.unicodeScalars.first else { return }
        initials.insert(initial)
        if term.isPrefix && term.words.count == 1 {
            prefixes.append((first, weight))
        } else if !(terms[first] ?? []).contains(where: { $0.term == term }) {
            terms[first, default: []].append((term, weight))
        }
    }

    /// The pairs of characters of a text's runs in scripts without spaces, and runs of one character.
    private static func pairs(of text: String) -> [Term] {
        let words = TextWords(text).words
        return words.indices.compactMap { index in
            guard words[index].isUnit else { return nil }
            if index + 1 < words.count, words[index].touches(words[index + 1]) {
                return Term(words: [words[index].text, words[index + 1].text], isPrefix: false)
            }
            let isAlone = index == 0 || !words[index - 1].touches(words[index])
            return isAlone ? Term(words: [words[index].text], isPrefix: false) : nil
        }
    }

    private static func folded(_ word: String) -> String {
        KeywordText.string(KeywordFolding.shared.folded(word)[...]).lowercased()
    }

    /// Where the terms stand in a text, in ascending order; where several begin, the longest.
    ///
    /// - Parameter indexed: as for the initializer; asked of words that may begin a term.
    /// - Complexity: O(n).
    package func matches(
        in text: String, indexed: (String) throws -> String?
    ) rethrows -> [Match] {
        guard !isEmpty else { return [] }
        let words = TextWords(text).words
        var known: [Int: String?] = [:]
        func key(_ index: Int) throws -> String? {
            if words[index].isUnit { return words[index].text }
            if let key = known[index] { return key }
            let key = try indexed(words[index].text)
            known[index] = .some(key)
            return key
        }
        var found: [Match] = []
        for (index, word) in words.enumerated() where mayBegin(word) {
            var best: Match?
            func offer(_ match: Match) {
                if match.range.count > best?.range.count ?? 0 { best = match }
            }
            for (term, weight) in try key(index).flatMap({ terms[$0] }) ?? [] {
                let end = index + term.words.count
                guard end <= words.count else { continue }
                let isHeld = try (index + 1..<end).allSatisfy { place in
                    let wanted = term.words[place - index]
                    if term.isPrefix, place == end - 1 { return Self.folded(words[place].text).hasPrefix(wanted) }
                    return try key(place) == wanted
                        && (!words[place].isUnit || words[place - 1].touches(words[place]))
                }
                guard isHeld else { continue }
                offer(
                    Match(
                        range: word.range.lowerBound..<words[end - 1].range.upperBound,
                        term: term.name, weight: weight))
            }
            if !prefixes.isEmpty, !word.isUnit {
                let folded = Self.folded(word.text)
                for (prefix, weight) in prefixes where folded.hasPrefix(prefix) {
                    offer(Match(range: word.range, term: prefix + "*", weight: weight))
                }
            }
            if let best { found.append(best) }
        }
        return found
    }

    /// Whether a word begins as a term does. The index keeps a word's first letter, but for its case and accents.
    private func mayBegin(_ word: TextWords.Word) -> Bool {
        guard let first = word.text.unicodeScalars.first, first.isASCII else { return true }
        return initials.contains(first) || initials.contains(Unicode.Scalar(UInt8(first.value) | 0x20))
    }
}
