/// A query in the language of the keyword index.
extension SearchQuery {
    /// The FTS5 expression that scores passages, by any of the words, phrases and prefixes; nil where there is none.
    ///
    /// The expression of a query without syntax and identifiers has the query's words and nothing else. Those that only
    /// make it a question are left out where others remain.
    ///
    /// - Parameters:
    ///   - findsOlderText: as for `KeywordText.matchExpression`.
    ///   - stem: what the index makes of a word.
    package func scoringExpression(findsOlderText: Bool, stem: (String) throws -> String?) rethrows -> String? {
        let questionWords = QuestionWords.leftOut(of: meaning)
        let terms = try terms(leavingOut: questionWords, findsOlderText: findsOlderText, stem: stem)
        guard terms.phrases.isEmpty, !questionWords.isEmpty else { return terms.expression }
        return try self.terms(leavingOut: [], findsOlderText: findsOlderText, stem: stem).expression
    }

    private func terms(
        leavingOut words: Set<String>, findsOlderText: Bool, stem: (String) throws -> String?
    ) rethrows -> MatchTerms {
        var terms = MatchTerms()
        for part in parts {
            switch part {
            case .words(let text):
                KeywordText.addWords(
                    of: text, to: &terms, findsOlderText: findsOlderText, identifiers: true, leavingOut: words)
            case .row(let row) where row.demand == .excluded: continue
            case .row(let row):
                try row.phrases(findsOlderText: findsOlderText, stem: stem).forEach { terms.add($0) }
            }
        }
        return terms
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
