/// A query in the language of the keyword index.
extension SearchQuery {
    /// The FTS5 expression that scores passages, by any of the words, phrases and prefixes; nil where there is none.
    ///
    /// The expression of a query without syntax and identifiers has the query's words and nothing else.
    ///
    /// - Parameters:
    ///   - findsOlderText: as for `KeywordText.matchExpression`.
    ///   - stem: what the index makes of a word.
    package func scoringExpression(findsOlderText: Bool, stem: (String) throws -> String?) rethrows -> String? {
        var terms = MatchTerms()
        for part in parts {
            switch part {
            case .words(let text):
                KeywordText.addWords(of: text, to: &terms, findsOlderText: findsOlderText, identifiers: true)
            case .row(let row) where row.demand == .excluded: continue
            case .row(let row):
                try row.phrases(findsOlderText: findsOlderText, stem: stem).forEach { terms.add($0) }
            }
        }
        return terms.expression
    }
}

extension SearchQuery.Row {
    /// The phrases of which a text holds any, if it holds the row.
    package func phrases(findsOlderText: Bool, stem: (String) throws -> String?) rethrows -> [MatchPhrase] {
        try KeywordText.phrases(of: text, isPrefix: isPrefix, findsOlderText: findsOlderText).flatMap {
            try PrefixForms.forms(of: $0, stem: stem)
        }
    }
}
