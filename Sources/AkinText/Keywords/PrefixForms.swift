/// What FTS5 is asked for a beginning of a word.
///
/// Its index holds stems (M. F. Porter, "An algorithm for suffix stripping", 1980), and it stems what it is asked for,
/// beginnings too. So `roll*` finds `rollover`, `rolling` and `rolled`; but `running*` becomes `run*` and finds `rune`,
/// and `runni*` and `universi*` find nothing, since the stems of `running` and `university` are `run` and `univers`.
///
/// Two things mend that. The beginning is spelt with an ending that the stemmer takes off again, so that the index is
/// asked for the beginning as it was written: `runninge*` for words whose stem begins with `running`. And the stems
/// shorter than it, which the beginning and some ending of English give, are asked for as whole words: `running` finds
/// `run`, and with it `runs`, as the word without a star does.
package enum PrefixForms {
    /// The endings of English that Porter's stemmer takes off, as far as they give different stems.
    private static let endings = [
        "e", "s", "ed", "ing", "ied", "or", "ant", "ful", "fulness", "ness", "ment", "ions", "ations", "ational",
        "izations",
        "ative", "ively", "iveness", "ously", "ousness", "alism", "ality", "ity", "ities", "bility", "icate", "ical",
    ].map { Array($0.unicodeScalars) }

    /// The phrases of which a text holds any, if it holds the phrase.
    ///
    /// - Parameters:
    ///   - phrase: a phrase whose last word may go on; others are returned as they are.
    ///   - stem: what the index makes of a word.
    package static func forms(of phrase: MatchPhrase, stem: (String) throws -> String?) rethrows -> [MatchPhrase] {
        guard phrase.isPrefix, let beginning = phrase.words.last else { return [phrase] }
        // The index has stems in lower case.
        let written = Array(beginning.lowercased().unicodeScalars)
        var whole: String?
        var shorter = MatchTerms()
        var stems: Set<String> = []
        for word in [beginning] + completions(of: written) {
            guard let stem = try stem(word), stems.insert(stem).inserted else { continue }
            let scalars = stem.unicodeScalars
            if scalars.elementsEqual(written) {
                whole = word
            } else if !scalars.starts(with: written) {
                shorter.add(phrase.ending(in: word, isPrefix: false))
            }
        }
        // Words without vowels have no such spelling: then all is asked for that begins with the stem.
        guard let whole else { return [phrase] + shorter.phrases }
        return [phrase.ending(in: whole, isPrefix: true)] + shorter.phrases
    }

    /// The beginning with each ending, and with the rest of each that it ends in already.
    private static func completions(of beginning: [Unicode.Scalar]) -> [String] {
        endings.flatMap { ending in
            ending.indices.filter { beginning.ends(with: ending[..<$0]) }.map {
                KeywordText.string(beginning + ending[$0...])
            }
        }
    }
}

extension [Unicode.Scalar] {
    fileprivate func ends(with part: ArraySlice<Unicode.Scalar>) -> Bool { suffix(part.count).elementsEqual(part) }
}
