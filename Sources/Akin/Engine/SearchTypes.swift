public import AkinCore
import AkinText

/// One question to a store, with everything that can be asked for.
public struct SearchRequest: Sendable {
    /// The most results one request may ask for.
    public static let maximumCount = 1_000_000

    /// The question, in words.
    ///
    /// A question in plain prose needs no syntax. `"a phrase"` and `title:word` are required, `-word` keeps out the
    /// passages with that word, and `roll*` finds the words that begin so. These hold in every mode.
    public var query: String
    /// Whether the question has no syntax: each of its words is looked for as it stands.
    public var literal: Bool
    /// A vector to search by in place of the question's own. The question's text then serves keyword search alone, and
    /// may be empty.
    public var vector: [Float]?
    /// The most results, 1 to `maximumCount`.
    public var count: Int
    /// Which evidence ranks the results: meaning, words or both.
    public var mode: SearchMode
    /// Whether an answer has one result a document (its best passage) in place of one a passage.
    public var unique: Bool
    /// The most passages of one document where `unique` is set, 1 or more. With more than one, `count` counts documents:
    /// they stand in the order of their best passages, and each one's passages follow each other.
    public var perDocument: Int
    /// How the nearest vectors are found: exactly, or by the graph.
    public var plan: SearchPlan
    /// How the two lists of `hybrid` mode are joined; nil takes the default of the store's encoder.
    public var fusion: FusionMethod?
    /// Only documents that meet this are searched: the answer has `count` results or all that there are among them. Nil
    /// searches all.
    public var filter: Database.Filter?
    /// Whether the first 50 passages are ranked again by the sense in which they use the query's words, where words rank:
    /// in `keyword` and `words` mode, and over static vectors. A model's vectors have words in their sense already, and
    /// nothing changes. This costs the encoder's pass over the passages.
    public var bySense: Bool
    /// Whether the answer says which words of each passage are nearest to the query in their context. This costs the
    /// encoder's pass over the results.
    public var highlights: Bool
    /// How much of the document is shown with each passage; nil takes `PassageContext.standard` where an answer has one
    /// result a document, else the passage alone, so that nothing is shown twice.
    public var context: PassageContext?
    /// Only passages whose `SearchResult.score` is this or higher are results; nil leaves out none. What a score is
    /// depends on the mode: a cosine, BM25, or in `hybrid` mode a figure relative to the best of the same answer.
    public var minimumScore: Double?
    /// Whether passages with the same text, or nearly the same, are one result: see `SearchResult.alike`. Others take
    /// their place.
    public var foldsAlike: Bool
    /// Whether the first ten results are chosen to be unlike each other too (maximal marginal relevance), and not by
    /// their scores alone. The best one stays the first.
    public var diverse: Bool
    /// How the best results are ranked again by a cross-encoder; nil where they are not. `minimumScore` is then one of the
    /// cross-encoder's scores, and results that it has not scored are left out.
    public var rerank: Reranking?

    /// Makes a request. Only the words are needed.
    public init(
        _ query: String, count: Int = 10, mode: SearchMode = .hybrid, unique: Bool = true, perDocument: Int = 1,
        plan: SearchPlan = .auto, fusion: FusionMethod? = nil, filter: Database.Filter? = nil, vector: [Float]? = nil,
        bySense: Bool = false, highlights: Bool = false, literal: Bool = false, context: PassageContext? = nil,
        minimumScore: Double? = nil, foldsAlike: Bool = false, diverse: Bool = false,
        rerank: Reranking? = nil
    ) {
        self.query = query
        self.literal = literal
        self.vector = vector
        self.count = count
        self.mode = mode
        self.unique = unique
        self.perDocument = perDocument
        self.plan = plan
        self.fusion = fusion
        self.filter = filter
        self.bySense = bySense
        self.highlights = highlights
        self.context = context
        self.minimumScore = minimumScore
        self.foldsAlike = foldsAlike
        self.diverse = diverse
        self.rerank = rerank
    }
}

extension SearchRequest {
    /// Whether the ranking holds each document once.
    var ranksDocuments: Bool { unique && perDocument == 1 }

    /// Whether the ranking holds several passages of a document, which are to be put together.
    var groupsPassages: Bool { unique && perDocument > 1 }

    /// How many of the best the ranking has to know.
    var rankedCount: Int { max(count, rerank?.depth ?? 0) }
}

extension SearchRequest: ExpressibleByStringLiteral {
    /// A question with the usual settings: `try await database.search(["boats", "harbours"])`.
    public init(stringLiteral query: String) { self.init(query) }
}

/// One passage that answers the question, with its document.
public struct SearchResult: Sendable, Codable {
    /// The evidence for a passage, of both kinds, whichever of them ranks.
    public struct Scores: Sendable, Codable {
        /// The cosine of query and passage; for imported vectors with another metric, their dot product or their
        /// negated squared distance; nil where the passage or the query has no vector.
        public var semantic: Double?
        /// BM25, larger is better; nil when no word matches.
        public var keyword: Double?
        /// What the cross-encoder says, larger is better: mostly a probability. Nil where it has not scored the passage.
        public var rerank: Double?
    }

    /// The passage that ranks, within what is shown.
    public struct Match: Sendable, Codable {
        /// Where it stands, in Unicode scalars of the document's text.
        public var range: Range<Int>
        /// Where it stands in the document's file; nil where that is not known.
        public var place: PassagePlace?
    }

    /// A word of the passage that is near to the query in its context.
    public struct Highlight: Sendable, Codable {
        /// In Unicode scalars of the result's text: see `SearchResult.text(in:)`.
        public var range: Range<Int>
        /// The word, in lower case.
        public var word: String
        /// Cosine of the word's contextual vector and the query's.
        public var score: Double
    }

    /// The place in the ranking: 1 for the best.
    public var rank: Int
    /// The document's id.
    public var id: String
    /// The passage's number in the store, which is never used again.
    public var passage: Int64
    /// The figure that the results are ranked by, larger is better. It can be compared only within one response, and where
    /// a cross-encoder ranks only among the results that it has scored, which come first.
    public var score: Double
    /// The document's title.
    public var title: String?
    /// The passage's text, with some of the text around it where the request asks for that.
    public var text: String
    /// Where the document came from: see `Document.source`.
    public var source: String
    /// Where the text stands, in Unicode scalars of the document's text: see `Document.text(in:)`.
    public var range: Range<Int>
    /// Where the text stands in the document's file: lines, page and headings; nil where that is not known, as for
    /// documents that were put by a program.
    public var place: PassagePlace?
    /// The passage that ranks, without the text around it.
    public var match: Match
    /// The evidence for the passage.
    public var scores: Scores
    /// What each list of a hybrid ranking says of the passage; nil in the other modes.
    public var fusion: FusionParts?
    /// The passages that were left out for this one, best first; nil where nothing is folded.
    public var alike: [Alike]?
    /// The encoder whose vectors gave `scores.semantic`; nil in keyword mode.
    public var encoder: String?
    /// The document's metadata.
    public var metadata: [String: JSONValue]
    /// The words of the question that say what it is about, in the text's order; nil where the question has none, as that
    /// of `similar(to:)`.
    public var marks: [Mark]?
    /// The words nearest to the query, in the text's order; nil unless asked for.
    public var highlights: [Highlight]?
    /// What models say of the document, and the entities in the passage; nil where no model labels the store.
    public var labels: [DocumentLabels]?
}

extension SearchResult {
    /// A part of the text, such as a highlight's.
    ///
    /// - Parameter range: in Unicode scalars of `text`; what lies beyond it is left out.
    public func text(in range: Range<Int>) -> Substring { text.slice(scalars: range) }

    /// The passage that ranks, without the text around it.
    public var matchText: Substring {
        text(in: match.range.lowerBound - range.lowerBound..<match.range.upperBound - range.lowerBound)
    }
}

/// The answer to a `SearchRequest`.
public struct SearchResponse: Sendable, Codable {
    /// The question that was asked.
    public var query: String
    /// Which evidence ranked the results.
    public var mode: SearchMode
    /// How vectors were searched: `exact` or `graph`; nil where none were, as in keyword mode.
    public var plan: SearchPlan?
    /// The time taken, in milliseconds, without the wait for a thread.
    public var elapsedMilliseconds: Double
    /// The best passages, the best first.
    public var results: [SearchResult]
    /// Whether any of the results is near to the question: false where the store seems to have nothing on it, and nil
    /// where that cannot be told, as in `keyword` mode, by word vectors and by imported ones.
    public var fits: Bool?
    /// How many vectors were compared with the query's: the cost of the search.
    public var distances: Int
    /// How the filter was applied; nil without one.
    public var filter: FilterReport?
    /// What ranking again by a cross-encoder came to; nil where that was not asked for.
    public var rerank: RerankingReport?
    /// How the answer was found, step by step.
    public var explanation: [SearchStep]
    /// Sentences a person should see: a query mostly unknown to the vocabulary, a quotation mark without a partner, an
    /// index that had to be answered around.
    public var warnings: [Note]

    private enum CodingKeys: String, CodingKey {
        case query, mode, plan
        case elapsedMilliseconds = "elapsed_ms"
        case results, fits, distances, filter, rerank, explanation, warnings
    }
}
