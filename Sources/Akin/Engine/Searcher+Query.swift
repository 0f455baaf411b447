import AkinStore
import AkinText

/// What the question says, and which passages it and its filter allow.
extension Searcher {
    /// Understands the query's syntax and finds out what it demands of passages.
    ///
    /// - Returns: the FTS5 expression that scores. Plain words are found in search texts of any version.
    mutating func readQuery() throws -> String? {
        query = try SearchQuery(request)
        if query.hasLoneQuote { warn("A quotation mark without a partner was taken as text.") }
        let findsOlderText =
            try request.query.utf8.contains { $0 >= 0x80 } && KeywordTextVersion.keepsWrittenForms(reader)
        conditions = try QueryConditions(query, findsOlderText: findsOlderText, reader: reader, postings: postings)
        if findsOlderText, request.mode == .keyword || request.mode == .hybrid || conditions != nil {
            warn(KeywordTextVersion.writtenFormsNote)
        }
        if let step = SearchStep(syntaxOf: query) { note(step) }
        return try query.scoringExpression(findsOlderText: findsOlderText) { try reader.keywordTokens(of: $0).first }
    }

    /// Finds out what may be returned, as far as the search has to know it beforehand.
    mutating func admit(depth: Int, space: VectorSpace?) throws {
        admission = Admission(filter: try filterAdmission(depth: depth, space: space), conditions: conditions)
    }

    private mutating func filterAdmission(depth: Int, space: VectorSpace?) throws -> FilterAdmission? {
        guard let filter = request.filter else { return nil }
        let walksGraph =
            try request.plan != .exact
            && space.map {
                try database.passageCounts.count(reader)
                    > database.configuration.exactThreshold(dimension: $0.dimension)
            } ?? false
        let admission = try FilterAdmission(
            filter: filter, cache: database.filters, reader: reader, depth: depth,
            lookUpCost: database.configuration.filterCheckCost, mayCheck: walksGraph)
        admission.warnings.forEach { warn($0) }
        return admission
    }
}
