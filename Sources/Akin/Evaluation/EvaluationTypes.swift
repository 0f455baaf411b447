public import AkinCore

/// The search quality of one mode. Each figure is the mean over the judged queries, 0 … 1.
public struct RetrievalQuality: Sendable, Codable {
    /// Gain 2^rel − 1, discount log2(rank + 1), ideal over all judged documents (Burges et al. 2005).
    public var nDCG10: Double
    /// The share of the relevant documents that are among the first 10.
    public var recall10: Double
    /// The share of the relevant documents that are among the first 100.
    public var recall100: Double
    /// Reciprocal rank of the first relevant document among ten.
    public var mrr10: Double
    /// Mean average precision over the first 100 results.
    public var map: Double

    private enum CodingKeys: String, CodingKey {
        case nDCG10 = "ndcg@10"
        case recall10 = "recall@10"
        case recall100 = "recall@100"
        case mrr10 = "mrr@10"
        case map
    }
}

/// The search quality of each mode: what `akin eval` prints.
public struct EvaluationReport: Sendable, Codable {
    /// The quality of each mode that was measured; empty where no document is judged.
    public var modes: [SearchMode: RetrievalQuality]
    /// An interval for each figure of `modes`, which holds with a probability of 95 % what all questions like these
    /// would give.
    public var intervals: [SearchMode: [EvaluationMeasure: ClosedRange<Double>]] = [:]
    /// The quality of the passages that each mode shows, as the means of `EvaluationMeasure.ofPassages`; nil where no
    /// passage is judged.
    public var passages: [SearchMode: [EvaluationMeasure: Double]]?
    /// An interval for each figure of `passages`.
    public var passageIntervals: [SearchMode: [EvaluationMeasure: ClosedRange<Double>]]?
    /// Documents searched.
    public var documents: Int
    /// Queries with at least one document that is judged relevant.
    public var queries: Int
    /// Queries with at least one judged passage.
    public var passageQueries = 0
    /// The name of the store's encoder; see `SpaceInformation.encoder`.
    public var encoder: String
    /// The cross-encoder that ranked the best results again; nil where none did.
    public var rerank: Reranked?
    /// Records of the corpus that could not be read and were left out.
    public var skipped = 0
    /// Documents that are judged relevant and are not in the store.
    public var unknownDocuments = 0
    /// What each mode made of each question, in the order of the questions' ids.
    public var questions: [QuestionEvaluation] = []
    /// What another evaluation says of the same questions, where one was asked for.
    public var comparison: EvaluationComparison?
}

extension EvaluationReport {
    /// How results were ranked again.
    public struct Reranked: Sendable, Codable {
        /// The cross-encoder's name.
        public var model: String
        /// How many of the best results were ranked again.
        public var depth: Int
        /// How long scoring might take for a question, in milliseconds; nil for no bound.
        public var budgetMilliseconds: Double?

        init(by model: String, _ reranking: Reranking) {
            (self.model, depth) = (model, reranking.depth)
            budgetMilliseconds = reranking.budget?.milliseconds
        }

        private enum CodingKeys: String, CodingKey {
            case model, depth
            case budgetMilliseconds = "budget_ms"
        }
    }
}

/// One row of `RecallReport`: a graph measured at one `ef`.
public struct RecallMeasurement: Sendable, Codable {
    /// Candidates that a walk of the graph keeps: more find more and take longer.
    public var ef: Int
    /// The share of the true k nearest that the graph returns.
    public var recall: Double
    /// The same share at the depths 1 and 100, where the store holds more vectors than that.
    public var recallAt: [Int: Double]
    /// Queries a second on one thread, of the index layer in process.
    public var qps: Double
    /// Vectors that a query is compared with, on average.
    public var distances: Double
}

/// How much of the exact answer the graph finds: what `akin recall` prints.
public struct RecallReport: Sendable, Codable {
    /// Vectors in the index.
    public var vectors: Int
    /// How many nearest neighbours each query asks for.
    public var k: Int
    /// What was measured, a row for each `ef`.
    public var ef: [RecallMeasurement]
    /// The `ef` that searches use.
    public var defaultEf: Int
    /// Nodes of the graph that cannot be reached from the entry point: 0 in a sound graph.
    public var unreachable: Int
    /// Nodes of the graph that no other node links to: 0 in a sound graph.
    public var orphans: Int
    /// How many queries were asked.
    public var queries: Int
    /// Whether a graph had to be built for the measurement, because the store has none or an outdated one.
    public var builtForThis: Bool
}
