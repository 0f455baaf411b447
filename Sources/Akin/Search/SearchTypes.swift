public import AkinCore

/// Which evidence ranks the results.
public enum SearchMode: String, Sendable, CaseIterable, Codable {
    /// Meaning and words together: both lists fused.
    case hybrid
    /// Cosine of the encoder's vectors, or the metric of vectors brought by the user.
    case semantic
    /// BM25 over the words.
    case keyword
    /// Cosine of word vectors, whatever the store's encoder is.
    case words
}

/// How nearest vectors are found.
public enum SearchPlan: String, Sendable, CaseIterable, Codable {
    /// Exact below a size, the graph above.
    case auto
    /// Every vector is compared.
    case exact
    /// The HNSW graph and the log's tail.
    case graph
}

/// How the semantic and the keyword list are joined in `hybrid` mode.
public enum FusionMethod: String, Sendable, CaseIterable, Codable {
    /// Reciprocal rank fusion with k = 60 (Cormack, Clarke and Büttcher 2009).
    case reciprocalRank = "rrf"
    /// w · cosine + (1 − w) · BM25 / largest BM25, with w = 0.7 for a model and 0.3 for word vectors.
    case weighted
}

/// One question to a store.
public struct SearchRequest: Sendable {
    /// The most results one request may ask for.
    public static let maximumCount = 1_000_000

    public var query: String
    /// A vector that asks in place of the text's own: the query's text then counts for its words only, and may be
    /// empty.
    public var vector: [Float]?
    public var count: Int
    public var mode: SearchMode
    /// One result a document (its best passage) instead of one a passage.
    public var unique: Bool
    public var plan: SearchPlan
    /// Nil takes the default of the store's encoder.
    public var fusion: FusionMethod?
    /// Only documents that meet this are searched: the answer has `count` results or all that there are among them. Nil
    /// searches all.
    public var filter: Filter?
    /// Rank the first passages anew by the sense in which they use the query's words. Costs the encoder's pass over
    /// them.
    public var bySense: Bool
    /// Tell which words of each passage are nearest to the query in their context. Costs the encoder's pass over the
    /// results.
    public var highlights: Bool

    public init(
        _ query: String, count: Int = 10, mode: SearchMode = .hybrid, unique: Bool = true, plan: SearchPlan = .auto,
        fusion: FusionMethod? = nil, filter: Filter? = nil, vector: [Float]? = nil, bySense: Bool = false,
        highlights: Bool = false
    ) {
        self.query = query
        self.vector = vector
        self.count = count
        self.mode = mode
        self.unique = unique
        self.plan = plan
        self.fusion = fusion
        self.filter = filter
        self.bySense = bySense
        self.highlights = highlights
    }
}

/// One passage that answers.
public struct SearchResult: Sendable, Codable {
    public struct Scores: Sendable, Codable {
        /// Cosine of query and passage, or by the metric of vectors brought by the user their dot product or their
        /// squared distance, negated; nil where the passage or the query has no vector.
        public var semantic: Double?
        /// BM25, larger is better; nil when no word matches.
        public var keyword: Double?
    }

    /// A word near to the query in its context.
    public struct Highlight: Sendable, Codable {
        /// Half-open, in Unicode scalars of the passage's text.
        public var range: [Int]
        /// In lower case.
        public var word: String
        /// Cosine of the word's contextual vector and the query's.
        public var score: Double
    }

    public var rank: Int
    public var id: String
    public var passage: Int64
    /// What the ranking is by; comparable only within one response.
    public var score: Double
    public var title: String?
    public var text: String
    public var source: String
    /// Half-open, in Unicode scalars of the document's text: `[from, to]`.
    public var range: [Int]
    public var scores: Scores
    /// The encoder whose vectors gave `scores.semantic`; nil in keyword mode.
    public var encoder: String?
    public var metadata: [String: JSONValue]
    /// The words nearest to the query, in the text's order; nil unless asked for.
    public var highlights: [Highlight]?
}

/// The answer to a `SearchRequest`.
public struct SearchResponse: Sendable, Codable {
    public var query: String
    public var mode: SearchMode
    /// How vectors were searched: `exact`, `graph`, or `none` in keyword mode.
    public var plan: String
    public var elapsedMilliseconds: Double
    public var results: [SearchResult]
    /// Vectors that were compared with the query's.
    public var distances: Int
    /// How the filter was applied; nil without one.
    public var filter: FilterReport?
    /// The plan in words, a line a step.
    public var explanation: [String]
    /// Sentences a person should see: a query mostly unknown to the vocabulary, an index that had to be answered
    /// around.
    public var warnings: [Note]

    private enum CodingKeys: String, CodingKey {
        case query, mode, plan
        case elapsedMilliseconds = "elapsed_ms"
        case results, distances, filter, explanation, warnings
    }
}
