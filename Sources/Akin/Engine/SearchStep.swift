public import AkinCore
import AkinText

/// One step of how an answer was found, in the order they were taken: `SearchResponse.explanation`.
public enum SearchStep: Hashable, Sendable, Codable {
    /// A way to find the nearest vectors.
    public enum VectorScan: Hashable, Sendable, Codable {
        /// Every vector was compared.
        case all(Reason)
        /// The vectors of the passages that the filter and the query's syntax allow were compared.
        case allowed

        /// Why every vector was compared.
        public enum Reason: Hashable, Sendable, Codable {
            case askedFor
            /// The store has few vectors: up to so many no index file is used.
            case few(atMost: Int)
            case noIndexFile
        }
    }

    /// How the vectors of an index file were searched.
    public enum GraphRoute: String, Hashable, Sendable, Codable {
        /// The HNSW graph was walked.
        case walk
        /// All its vectors were compared, for the walk would have cost as much.
        case scan
        /// Those of its vectors that the filter and the query's syntax allow were compared.
        case allowedScan = "allowed-scan"
        /// The walk found too few that are allowed, so all allowed ones were compared.
        case walkThenScan = "walk-then-scan"
    }

    /// What the weights of a fusion were chosen by.
    public enum FusionReason: String, Hashable, Sendable, Codable {
        /// A model made the vectors, which know meaning well.
        case modelVectors = "model-vectors"
        /// The vectors are those of words, which know meaning less well.
        case wordVectors = "word-vectors"
        /// The vectors were imported, and nothing is known of them.
        case importedVectors = "imported-vectors"
        /// The question has no vector.
        case noVectors = "no-vectors"
    }

    /// The filter, written in one way.
    case filter(String)
    /// What finding out took which passages the filter allows.
    case admission(FilterReport)
    /// The query's syntax was understood so: what passages must have, what they must not have, and the beginnings of
    /// words, each as it was written.
    case querySyntax(required: [String], excluded: [String], prefixes: [String])
    /// The query's text was turned into a vector.
    case queryEncoding(tokens: Int, encoder: String, kind: EncoderKind)
    /// The query's vector was changed by the store's query adapter, which was learnt from so many questions.
    case queryAdaptation(source: QueryAdaptation.Source, questions: Int)
    /// Vectors were compared one by one.
    case vectorScan(VectorScan, distances: Int)
    /// The vectors of an index file were searched, and after them those that the change log has beside it.
    case graphSearch(
        GraphRoute, vectors: Int, generation: UInt64, distances: Int, pending: Int, deleted: Int)
    /// The store goes over from one encoder to another: passages without a vector of the second get the score
    /// `offset + slope × cosine` of their vector of the first.
    case jointScoring(encoder: String, vectors: Int, former: String, offset: Double, slope: Double)
    /// The words were looked up in the keyword index, by an expression of FTS5.
    case keywordSearch(String)
    /// The words were looked up in the index file over words, and in what the change log has beside it.
    case postingsSearch(passages: Int, generation: UInt64, pending: Int, deleted: Int)
    /// Both rankings were joined into one; `semanticWeight` and the keyword list's weight make 1.
    case fusion(FusionMethod, semanticWeight: Double, semantic: Int, keyword: Int)
    /// What the weights of the fusion were chosen by, and what it compared: the lowest and the highest figure of meaning
    /// in their list, none where that is empty, and the highest of words.
    case fusionScale(FusionReason, cosines: [Double], keyword: Double?)
    /// The first passages were ranked again by the sense in which they use the query's words.
    case senseRanking(passages: Int)
    /// Senses were asked for, and left to the model's vector of the query, which has its words in their sense.
    case senseInVector
    /// The first results were ranked again by a cross-encoder.
    case reranking(RerankingReport)
    /// The first results were chosen among the best passages to be unlike each other.
    case diversity(first: Int, among: Int)
    /// So many passages were left out for others with the same text, or nearly the same.
    case folding(Int)
}

extension SearchStep {
    /// Nil for a query without syntax.
    init?(syntaxOf query: SearchQuery) {
        let rows = query.rows
        guard !rows.isEmpty else { return nil }
        func written(_ isWanted: (SearchQuery.Row) -> Bool) -> [String] { rows.filter(isWanted).map(\.written) }
        self = .querySyntax(
            required: written { $0.demand == .required }, excluded: written { $0.demand == .excluded },
            prefixes: written { $0.demand == .optional })
    }
}

extension SearchStep: CustomStringConvertible {
    /// The step in words, on one line: what `akin search --explain` prints.
    public var description: String {
        switch self {
        case .filter(let expression): "filter: \(expression)"
        case .admission(let report): "filter: \(report.summary)"
        case .querySyntax(let required, let excluded, let prefixes):
            "syntax: "
                + [("required", required), ("excluded", excluded), ("prefixes", prefixes)].filter { !$0.1.isEmpty }
                .map { "\($0) \($1.joined(separator: ", "))" }.joined(separator: "; ")
        case .queryEncoding(let tokens, let encoder, let kind):
            "query: \(tokens) tokens by \(encoder) (\(kind.rawValue))"
        case .queryAdaptation(let source, let questions):
            "adapter: the query's vector changed as learnt from \(questions) questions (\(source.rawValue))"
        case .vectorScan(.allowed, let distances):
            "vectors: exact scan of the allowed passages, \(distances) distances"
        case .vectorScan(.all(let reason), let distances):
            "vectors: exact scan (\(reason.words)), \(distances) distances"
        case .graphSearch(let route, let vectors, let generation, let distances, let pending, let deleted):
            "vectors: \(route.words) (\(vectors) of generation \(generation)), \(distances) distances; "
                + "log tail of \(pending) added scanned, \(deleted) deleted left out"
        case .jointScoring(let encoder, let vectors, let former, let offset, let slope):
            "\(encoder) scores the \(vectors) passages it has encoded; for the others its cosine is taken as "
                + "\(offset) + \(slope) × that of \(former)"
        case .keywordSearch(let expression): "words: BM25 over \(expression)"
        case .postingsSearch(let passages, let generation, let pending, let deleted):
            "words: postings of \(passages) passages (generation \(generation)), \(pending) added since, "
                + "\(deleted) deleted left out"
        case .fusion(let method, let weight, let semantic, let keyword):
            "fusion: \(method.words(semanticWeight: weight)), of \(semantic) by meaning and \(keyword) by words"
        case .fusionScale(let reason, let cosines, let keyword):
            "weights: \(reason.words)"
                + (cosines.isEmpty ? "" : "; meaning from \(cosines.map(Self.figure).joined(separator: " to "))")
                + (keyword.map { "; BM25 up to \(Self.figure($0))" } ?? "")
        case .diversity(let first, let among):
            "diversity: the first \(first) by maximal marginal relevance among \(among)"
        case .reranking(let report): "rerank: \(report.summary)"
        case .folding(let count): "folding: \(count) left out for others with nearly the same text"
        case .senseInVector: "sense: left to the query's vector, which has its words in their sense"
        case .senseRanking(let passages):
            "sense: the first \(passages) passages ranked again by the sense of the query's words in them"
        }
    }
}

extension SearchStep {
    /// To three decimals.
    private static func figure(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}

extension RerankingReport {
    fileprivate var summary: String {
        func time(_ milliseconds: Double) -> String { "\((milliseconds * 10).rounded() / 10) ms" }
        let bound = budgetMilliseconds.map { " of at most \(time($0))" } ?? ""
        return "\(scored) of the first \(candidates) scored by \(model) in \(time(elapsedMilliseconds))\(bound)"
    }
}

extension SearchStep.FusionReason {
    fileprivate var words: String {
        switch self {
        case .modelVectors: "those for a model's vectors"
        case .wordVectors: "those for word vectors"
        case .importedVectors: "those for imported vectors"
        case .noVectors: "the question has no vector"
        }
    }
}

extension SearchStep.VectorScan.Reason {
    fileprivate var words: String {
        switch self {
        case .askedFor: "asked for"
        case .few(let most): "there are at most \(most)"
        case .noIndexFile: "no index file fits the store"
        }
    }
}

extension SearchStep.GraphRoute {
    fileprivate var words: String {
        switch self {
        case .walk: "walk through the HNSW graph"
        case .scan: "scan of the HNSW graph's vectors"
        case .allowedScan: "scan of the allowed ones among the HNSW graph's vectors"
        case .walkThenScan: "walk through the HNSW graph, given up for a scan of the allowed ones among its vectors"
        }
    }
}

extension FusionMethod {
    fileprivate func words(semanticWeight: Double) -> String {
        // 1 − 0.7 is no short number.
        let rest = ((1 - semanticWeight) * 100).rounded() / 100
        return switch self {
        case .reciprocalRank: "reciprocal rank, k = 60, meaning : words = \(semanticWeight) : \(rest)"
        case .weighted: "\(semanticWeight) · meaning + \(rest) · BM25, each relative to its list"
        }
    }
}

extension FilterReport {
    fileprivate var summary: String {
        let guess =
            estimate.map { "about \(Self.percent($0)) of the documents by a sample of \(sampled)" } ?? "no documents"
        let time = "\((elapsedMilliseconds * 10).rounded() / 10) ms"
        guard let passages else { return "\(guess); \(checked) passages checked one by one, \(time)" }
        let count = documents.map { "\($0) documents, " } ?? ""
        return "\(guess); exactly \(count)\(passages) passages, \(cache.words) in \(time)"
    }

    private static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}

extension FilterReport.CacheUse {
    fileprivate var words: String {
        switch self {
        case .hit: "from the cache"
        case .updated: "from the cache, updated"
        case .miss: "found out again"
        }
    }
}
