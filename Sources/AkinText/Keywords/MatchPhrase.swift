/// Words that stand one after the other in a text, as FTS5 is asked for them.
///
/// The words hold letters, marks and digits only, so that FTS5 takes no part of them for an operator.
package struct MatchPhrase: Hashable, Sendable {
    /// In the form that keyword text has them in; not empty.
    package let words: [String]
    /// Whether the last word may go on.
    package let isPrefix: Bool

    package init(_ words: [String], isPrefix: Bool = false) {
        self.words = words
        self.isPrefix = isPrefix
    }

    /// `"one two"`, or `"one tw"*`.
    package var expression: String { "\"\(words.joined(separator: " "))\"" + (isPrefix ? "*" : "") }

    /// The phrase with another last word.
    package func ending(in word: String, isPrefix: Bool) -> MatchPhrase {
        MatchPhrase(words.dropLast() + [word], isPrefix: isPrefix)
    }

    /// Whether tokens of a text hold the phrase, whose own tokens are `tokens`.
    /// - Complexity: O(n · m).
    package func isHeld(by text: [String], asTokens tokens: [String]) -> Bool {
        guard let last = tokens.last, text.count >= tokens.count else { return false }
        return (0...text.count - tokens.count).contains { start in
            let end = start + tokens.count - 1
            let ends = isPrefix ? text[end].hasPrefix(last) : text[end] == last
            return ends && text[start..<end].elementsEqual(tokens.dropLast())
        }
    }
}

/// Phrases of which a text has to hold any, in the order they were added.
package struct MatchTerms: Sendable {
    private var seen: Set<String> = []
    package private(set) var phrases: [MatchPhrase] = []

    package init() {}

    /// Adds a phrase unless it is there, in whatever letter case.
    ///
    /// - Returns: whether it was added.
    @discardableResult
    package mutating func add(_ phrase: MatchPhrase) -> Bool {
        guard seen.insert(phrase.expression.lowercased()).inserted else { return false }
        phrases.append(phrase)
        return true
    }

    /// Adds a phrase that is there once more. BM25 is a sum over phrases, so it counts more often.
    mutating func addAgain(_ phrase: MatchPhrase) { phrases.append(phrase) }

    /// The FTS5 expression; nil without phrases.
    package var expression: String? {
        phrases.isEmpty ? nil : phrases.map(\.expression).joined(separator: " OR ")
    }

    /// The phrases of an expression that asks for any of some phrases and for nothing else, in its order, as often as
    /// they stand there; nil for one with columns or other operators.
    /// - Complexity: O(n).
    package static func phrases(ofExpression expression: String) -> [MatchPhrase]? {
        var phrases: [MatchPhrase] = []
        var rest = expression[...]
        while true {
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            let words = rest[..<end].dropFirst().split(separator: " ").map(String.init)
            rest = rest[end...].dropFirst()
            let isPrefix = rest.first == "*"
            if isPrefix { rest = rest.dropFirst() }
            guard !words.isEmpty else { return nil }
            phrases.append(MatchPhrase(words, isPrefix: isPrefix))
            if rest.isEmpty { return phrases }
            guard rest.hasPrefix(" OR ") else { return nil }
            rest = rest.dropFirst(4)
        }
    }
}
