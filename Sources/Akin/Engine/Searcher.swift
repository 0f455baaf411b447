import AkinCore
import AkinIndex
import AkinStore
import AkinText
import AkinVectors
import Foundation

/// Answers one request within one read transaction.
struct Searcher {
    let database: Database
    let reader: any StoreReading
    let request: SearchRequest
    /// Threads for what takes long beside the search itself.
    let threads: Int

    /// The fewest candidates that each list gives: fusion looks this deep (Cormack et al. and the reference tables of
    /// BEIR use 100 or more).
    static let depth = 100

    private let started = ContinuousClock.now
    private var explanation: [SearchStep] = []
    private var warnings: [Note] = []
    private var plan: SearchPlan?
    var distances = 0
    /// Nil where all passages may be returned.
    var admission: Admission?
    /// What keyword search has said of the question so far.
    var keywords = KeywordFindings()
    /// The request's question as its syntax is understood.
    var query: SearchQuery
    /// What the question's syntax demands of passages; nil for nothing.
    var conditions: QueryConditions?
    /// What has been read of passages and their documents.
    var rows: [Int64: (passage: StoredPassage, document: StoredDocument)] = [:]
    /// How many passages were left out for others that they are alike to.
    var foldedCount = 0
    /// What a cross-encoder has said of passages, where one is asked.
    var rerank = RerankScores()

    init(database: Database, reader: any StoreReading, request: SearchRequest, threads: Int? = nil) {
        self.database = database
        self.reader = reader
        self.request = request
        self.threads = threads ?? database.configuration.threads
        query = SearchQuery(literal: request.query)
    }

    /// The vector side of a query: the space, its encoder and the query's vector; nil where the query has none.
    struct VectorQuery {
        let space: VectorSpace
        let encoderName: String
        var vector: [Float]?
        /// While the store goes over to the model behind its static one.
        var joint: JointScoring?
    }

    mutating func run() throws -> SearchResponse {
        let hasText = !request.query.allSatisfy(\.isWhitespace)
        guard hasText || request.vector != nil else {
            throw AkinError(.invalidArgument, "The query is empty: say what to look for.")
        }
        guard hasText || request.rerank == nil else {
            throw AkinError(
                .invalidArgument, "Results are ranked again by the question's words, and there are none: give some.")
        }
        let expression = try hasText ? readQuery() : nil
        if let vector = request.vector {
            return try answer(vectorQuery: importedQuery(vector), keywordExpression: expression, leavingOut: nil)
        }
        let vectorQuery = request.mode == .keyword ? nil : try encodeQuery()
        return try answer(vectorQuery: vectorQuery, keywordExpression: expression, leavingOut: nil)
    }

    /// Ranks by a given vector alone: what `similar` does.
    mutating func run(vector: [Float], space: VectorSpace, leavingOut document: Int64) throws -> SearchResponse {
        query = SearchQuery(literal: "")
        return try answer(
            vectorQuery: VectorQuery(space: space, encoderName: space.encoderName, vector: vector),
            keywordExpression: nil,
            leavingOut: document)
    }

    // MARK: Steps

    private mutating func encodeQuery() throws -> VectorQuery? {
        let space: VectorSpace
        if request.mode == .words {
            guard let words = try database.wordSpace(reader) else {
                throw AkinError(
                    .incompatible, "\(database.path) has no word vectors beside the model's.",
                    remedy: .reencode(with: "words"))
            }
            space = words
        } else {
            guard let active = try database.activeSpace(reader) else {
                guard request.mode == .semantic, try reader.passageCount() > 0 else { return nil }
                throw AkinError(
                    .incompatible, "\(database.path) has no vectors yet (indexing was interrupted).",
                    remedy: .anyOf([.optimize, .give(.searchMode, "keyword")]))
            }
            guard !active.isImported else { return try wordsAlone(insteadOf: active) }
            space = active
        }
        if request.mode != .words { try database.refuseOtherEncoder(than: space, reader: reader) }
        let encoder = try database.encoder(of: space, reader: reader)
        let encoded = try encoder.encode([query.meaning], role: .query, threads: 1)
        if !encoded.mostlyUnknown(overhead: encoder.overheadTokens).isEmpty {
            warnings.append(
                "Most of the query is unknown to \(encoder.identity.name): its meaning is not known, so results rest on words alone."
            )
        }
        explanation.append(
            .queryEncoding(
                tokens: encoded.tokenCounts[0], encoder: encoder.identity.name, kind: encoder.identity.kind))
        var vectorQuery = VectorQuery(
            space: space, encoderName: encoder.identity.name, vector: encoded.unitVector(0))
        if request.mode != .words {
            try adapt(&vectorQuery)
            vectorQuery.joint = try jointScoring(vectorQuery, encoder)
        }
        return vectorQuery
    }

    private mutating func answer(vectorQuery: VectorQuery?, keywordExpression: String?, leavingOut document: Int64?)
        throws
        -> SearchResponse
    {
        var vectorQuery = vectorQuery
        let context = try queryContext()
        let best = try best(&vectorQuery, context, keywordExpression: keywordExpression, leavingOut: document)
        var stems = WordStems()
        let terms = try questionTerms(&stems)
        var results = try self.results(
            best, terms, &stems, vectorQuery: vectorQuery, keywordExpression: keywordExpression)
        let fits = try fits(results, vectorQuery, terms)
        if request.highlights, let context { results = try highlighted(results, context) }
        let filter = admission?.filterReport
        let filterSteps = filter.map { [SearchStep.filter($0.expression), .admission($0)] } ?? []
        return SearchResponse(
            query: request.query, mode: request.mode, plan: plan,
            elapsedMilliseconds: started.duration(to: .now) / .milliseconds(1), results: results, fits: fits,
            distances: distances,
            filter: filter, rerank: rerank.report, explanation: filterSteps + explanation, warnings: warnings)
    }

    /// The passages of the answer. Where some are left out for others, the ranking is asked for more.
    private mutating func best(
        _ vectorQuery: inout VectorQuery?, _ context: (query: QueryContext, vector: [Float])?,
        keywordExpression: String?, leavingOut document: Int64?
    ) throws -> [ShownPassage] {
        while true {
            let known = foldedCount
            let ranked = try ranking(&vectorQuery, keywordExpression: keywordExpression, leavingOut: document)
            let isAll = !holdsEnough(ranked)
            var passing = passingBeforeRerank(ranked)
            if request.bySense { passing = try rankedBySense(passing, vectorQuery, context) }
            if request.rerank != nil { passing = try self.passing(reranked(passing)) }
            let best = try chosen(diversified(passing, vectorQuery))
            let count = request.groupsPassages ? Set(best.map(\.ranked.candidate.document)).count : best.count
            if count >= request.count || isAll || passing.count < ranked.count || foldedCount <= known {
                if let report = rerank.report { note(.reranking(report)) }
                if foldedCount > 0 { note(.folding(foldedCount)) }
                return best
            }
        }
    }

    /// At least as many passages as are asked for, best first, or all that there are.
    mutating func ranking(
        _ vectorQuery: inout VectorQuery?, keywordExpression: String?, leavingOut document: Int64?
    ) throws -> [Fusion.Fused] {
        var depth = max(Self.depth, request.rankedCount * 2)
        try admit(depth: depth, space: vectorQuery?.space)
        while true {
            let semantic = try semanticList(&vectorQuery, depth: depth, leavingOut: document)
            let keyword = try keywordList(
                request.mode == .keyword || request.mode == .hybrid ? keywordExpression : nil, depth: depth)
            let ranked = try rank(
                semantic: semantic, keyword: keyword, vectorQuery: vectorQuery, expression: keywordExpression)
            if holdsEnough(ranked) || (semantic.isComplete && keyword.isComplete) { return ranked }
            depth *= 4
        }
    }

    private mutating func semanticList(_ query: inout VectorQuery?, depth: Int, leavingOut document: Int64?) throws
        -> CandidateList
    {
        guard let asked = query, let vector = asked.vector else {
            return CandidateList(candidates: [], isComplete: true)
        }
        let found = try database.nearest(
            NearestRequest(query: vector, space: asked.space, k: depth, plan: request.plan, admission: admission),
            reader: reader)
        plan = found.plan
        distances += found.distances
        note(found.step)
        found.warnings.forEach { warn($0) }
        var ranked = found.neighbors.map { (passage: $0.id, score: Double($0.similarity)) }
        if asked.joint != nil { ranked = try jointRanking(of: ranked.map(\.passage), &query, depth: depth) }
        let documents = try reader.documentRowIDs(passages: ranked.map(\.passage))
        let candidates = ranked.compactMap { ranked in
            documents[ranked.passage].map { Candidate(passage: ranked.passage, document: $0, score: ranked.score) }
        }
        return CandidateList(
            candidates: candidates.filter { $0.document != document },
            isComplete: found.neighbors.count < depth || depth >= found.total)
    }

    /// Reads the rows of the ranked passages, and the score that the other list would have given each.
    private mutating func results(
        _ best: [ShownPassage], _ terms: QuestionTerms?, _ stems: inout WordStems, vectorQuery: VectorQuery?,
        keywordExpression: String?
    ) throws -> [SearchResult] {
        let ids = best.map(\.ranked.candidate.passage)
        try read(ids)
        let keywordScores =
            try keywordExpression.map { try self.keywordScores(ofPassages: ids, $0) } ?? [:]
        let cosines = try vectorQuery.map { try self.cosines(ofPassages: ids, $0) } ?? [:]
        let labels = try LabelReading(reader)
        let context = request.context ?? (request.ranksDocuments ? .standard : .passage)
        return try best.enumerated().compactMap { position, shown in
            let fused = shown.ranked
            guard let (passage, document) = rows[fused.candidate.passage] else { return nil }
            let window = try PassageWindow(around: passage, context, reader: reader)
            return SearchResult(
                rank: position + 1, id: document.id, passage: passage.id, score: fused.score, title: document.title,
                text: window.text,
                source: document.source, range: window.range, place: window.place,
                match: SearchResult.Match(range: passage.range, place: passage.place),
                scores: SearchResult.Scores(
                    semantic: cosines[passage.id]?.cosine, keyword: keywordScores[passage.id],
                    rerank: fused.rerankScore),
                fusion: fused.parts, alike: request.foldsAlike ? alike(shown.alike) : nil,
                encoder: cosines[passage.id]?.encoder, metadata: try MetadataCoding.decode(of: document),
                marks: try terms?.matches(in: window.text) { try stems.stem($0, reader) }.map {
                    SearchResult.Mark(range: $0.range, term: $0.term, weight: $0.weight)
                },
                labels: labels.isEmpty ? nil : try labels.labels(ofDocument: document.rowID, within: window.range))
        }
    }

    private func alike(_ folded: [Fusion.Fused]) -> [SearchResult.Alike] {
        folded.compactMap { fused in
            rows[fused.candidate.passage].map { passage, document in
                SearchResult.Alike(
                    id: document.id, passage: passage.id, source: document.source, place: passage.place)
            }
        }
    }

    /// Adds a sentence that a person should see.
    mutating func warn(_ warning: Note) {
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    /// Adds a step to the explanation, once when a deeper search takes it again.
    mutating func note(_ step: SearchStep) {
        if !explanation.contains(step) { explanation.append(step) }
    }
}
