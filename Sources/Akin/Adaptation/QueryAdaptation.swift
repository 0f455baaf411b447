/// What is known of the query adapter of a vector space: see `Database.adapt(from:dryRun:progress:)`.
public struct QueryAdaptation: Sendable, Codable, Hashable {
    /// What an adapter is learnt from.
    public enum Source: String, Sendable, Codable, CaseIterable {
        /// The titles of the store's own documents, as questions about their texts.
        case titles
        /// Questions with judged documents.
        case judgements
        /// Documents that users chose or refused.
        case clicks
    }

    /// What it was learnt from.
    public var source: Source
    /// The questions it was learnt from.
    public var questions: Int
    /// The weight, a question, of leaving vectors as they are: larger ones change less.
    public var penalty: Double
    /// What hybrid search gained on held-out questions: the mean difference of nDCG@10.
    public var gain: Double
    /// Seconds since 1970.
    public var created: Int64
    /// SHA-256 over the matrix, in hexadecimal.
    public var digest: String
}

/// What an adapter is to be learnt from.
public enum AdaptationExamples: Sendable {
    /// The titles of the store's own documents are the questions, and their texts the answers. A sample of the texts is
    /// encoded without titles for that.
    case titles
    /// Files of questions and judgements, as `Database.evaluate(queries:judgements:progress:)` reads them.
    case judgements(queries: String, judgements: String)
    /// A file of JSON lines `{"question", "document", "value"}`: 1 for a document that was an answer, −1 for one that
    /// was not.
    case clicks(String)

    var source: QueryAdaptation.Source {
        switch self {
        case .titles: .titles
        case .judgements: .judgements
        case .clicks: .clicks
        }
    }
}

/// What an adaptation was found to do: what `akin adapt` prints.
public struct AdaptationReport: Sendable, Codable {
    /// The quality of search without and with adapters that had not seen the questions.
    public struct Comparison: Sendable, Codable {
        /// Mean nDCG@10 of unadapted search.
        public var before: Double
        /// Mean nDCG@10 with adapters learnt from the other questions.
        public var after: Double
        /// The lower end of the interval in which the mean difference lies with a probability of 80 %.
        public var lower: Double
        /// Its upper end.
        public var upper: Double

        /// The mean difference.
        public var gain: Double { after - before }
    }

    /// What was done.
    public enum Decision: String, Sendable, Codable {
        /// The adapter is stored, and changes the questions from now on.
        case adopted
        /// Hybrid search did not surely become better: nothing was changed.
        case noGain = "no-gain"
        /// The adapter that the store already has does as well on these questions: nothing was changed.
        case presentKept = "present-kept"
        /// The adapter would have been adopted, but only a trial was asked for.
        case wouldAdopt = "would-adopt"
    }

    /// What was learnt from.
    public var source: QueryAdaptation.Source
    /// Questions that were learnt from and judged on.
    public var questions: Int
    /// Questions that could not be used: no document of the store answers them, or they have no vector.
    public var unusedQuestions: Int
    /// Documents that the examples name and the store does not hold, each once.
    public var unknownDocuments: Int
    /// The quality of hybrid search, which decides.
    public var hybrid: Comparison
    /// The quality of semantic search.
    public var semantic: Comparison
    /// Mean nDCG@10 of hybrid search with the adapter that the store had before, which may have learnt from these
    /// questions; nil where it had none.
    public var present: Double?
    /// The weight, a question, of leaving vectors as they are.
    public var penalty: Double
    /// What was done.
    public var decision: Decision
    /// How long it took.
    public var elapsedMilliseconds: Double
}
