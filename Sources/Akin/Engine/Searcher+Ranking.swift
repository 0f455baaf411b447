import AkinStore

/// How the keyword list is made, and how the two lists become one ranking.
extension Searcher {
    mutating func keywordList(_ expression: String?, depth: Int) throws -> CandidateList {
        guard let expression else { return CandidateList(candidates: [], isComplete: true) }
        if let known = keywords[depth] { return known }
        note(.keywordSearch(expression))
        let found = try keywordHits(expression, depth: depth)
        let documents = try reader.documentRowIDs(passages: found.map(\.passage))
        let candidates = found.compactMap { hit in
            documents[hit.passage].map { Candidate(passage: hit.passage, document: $0, score: hit.score) }
        }
        let list = CandidateList(candidates: candidates, isComplete: found.count < depth)
        keywords[depth] = list
        return list
    }

    private mutating func keywordHits(_ expression: String, depth: Int) throws -> [(passage: Int64, score: Double)] {
        let asked = try postingsQuestion(expression)
        for finding in try postings().findings {
            warn(Note("\(finding) SQLite's own keyword index was used instead.", remedy: .optimize))
        }
        if let found = try asked.search(limit: depth, isAllowed: { try admission?.allows($0) ?? true }) {
            if let step = asked.step { note(step) }
            return found
        }
        guard let admission else { return try reader.keywordSearch(matchExpression: expression, limit: depth) }
        return try reader.keywordSearch(matchExpression: expression, limit: depth) { try admission.allows($0) }
    }

    /// The BM25 of those among passages that hold words of the question.
    func keywordScores(ofPassages ids: [Int64], _ expression: String) throws -> [Int64: Double] {
        try keywords.scores(of: ids) { ids in
            try postingsQuestion(expression).scores(of: ids)
                ?? reader.keywordScores(matchExpression: expression, passages: ids)
        }
    }

    /// The expression as it is asked of the store's file of postings, found once a question.
    private func postingsQuestion(_ expression: String) throws -> PostingsQuestion {
        try keywords.postingsQuestion(expression) {
            try PostingsQuestion(expression, try postings(), reader: reader)
        }
    }

    /// The store's file of postings, found once a question.
    func postings() throws -> PostingsLookup {
        try keywords.postings {
            try PostingsLookup(cache: database.postings, store: database.store, reader: reader)
        }
    }

    mutating func rank(
        semantic: CandidateList, keyword: CandidateList, vectorQuery: VectorQuery?, expression: String?
    ) throws -> [Fusion.Fused] {
        switch request.mode {
        case .semantic, .words: return single(semantic)
        case .keyword: return single(keyword)
        case .hybrid:
            let fusion = Fusion.standard(space: vectorQuery?.space, method: request.fusion)
            switch fusion.method {
            case .reciprocalRank: return reciprocalRanks(fusion, semantic: semantic, keyword: keyword)
            case .weighted:
                return try weightedSums(
                    fusion, semantic: semantic.candidates, keyword: keyword.candidates, vectorQuery, expression)
            }
        }
    }

    private func single(_ list: CandidateList) -> [Fusion.Fused] {
        shown(list).map { Fusion.Fused(candidate: $0, score: $0.score) }
    }

    private func shown(_ list: CandidateList) -> [Candidate] {
        request.ranksDocuments ? list.uniqueDocuments() : list.candidates
    }

    private mutating func reciprocalRanks(
        _ fusion: Fusion, semantic: CandidateList, keyword: CandidateList
    ) -> [Fusion.Fused] {
        let depth = max(Self.depth, request.rankedCount)
        let (byMeaning, byWords) = (Array(shown(semantic).prefix(depth)), Array(shown(keyword).prefix(depth)))
        note(fusion, byMeaning, byWords)
        return fusion.fuse(semantic: byMeaning, keyword: byWords) { [unique = request.ranksDocuments] in
            unique ? $0.document : $0.passage
        }
    }

    /// A sum needs both scores of each passage, and a document's rank is that of one passage.
    private mutating func weightedSums(
        _ fusion: Fusion, semantic: [Candidate], keyword: [Candidate], _ query: VectorQuery?, _ expression: String?
    ) throws -> [Fusion.Fused] {
        note(fusion, semantic, keyword)
        let (byMeaning, byWords) = (Set(semantic.map(\.passage)), Set(keyword.map(\.passage)))
        let wordsOnly = keyword.filter { !byMeaning.contains($0.passage) }
        let meaningOnly = semantic.filter { !byWords.contains($0.passage) }
        let meanings = try query.map { try meaningScores(ofPassages: wordsOnly.map(\.passage), $0) } ?? [:]
        let words = try expression.map { try keywordScores(ofPassages: meaningOnly.map(\.passage), $0) } ?? [:]
        let fused = fusion.fuse(
            semantic: semantic + wordsOnly.compactMap { $0.scored(by: meanings) },
            keyword: keyword + meaningOnly.compactMap { $0.scored(by: words) },
            listed: (semantic.count, keyword.count), key: \.passage)
        var seen: Set<Int64> = []
        return request.ranksDocuments ? fused.filter { seen.insert($0.candidate.document).inserted } : fused
    }

    /// What passages score in the semantic list.
    private func meaningScores(ofPassages ids: [Int64], _ query: VectorQuery) throws -> [Int64: Double] {
        guard let joint = query.joint, query.vector != nil else {
            return try cosines(ofPassages: ids, query).mapValues(\.cosine)
        }
        return try joint.scores(of: ids, reader: reader).mapValues(\.score)
    }

    private mutating func note(_ fusion: Fusion, _ semantic: [Candidate], _ keyword: [Candidate]) {
        note(
            .fusion(
                fusion.method, semanticWeight: fusion.semanticWeight, semantic: semantic.count,
                keyword: keyword.count))
        note(
            .fusionScale(
                fusion.reason, cosines: [semantic.last?.score, semantic.first?.score].compactMap(\.self),
                keyword: keyword.first?.score))
    }
}
