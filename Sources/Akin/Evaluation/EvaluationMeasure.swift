public import AkinCore

/// A measure of one question's ranking, 0 … 1.
public enum EvaluationMeasure: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// See `RetrievalQuality.nDCG10`.
    case nDCG10 = "ndcg@10"
    /// See `RetrievalQuality.recall10`.
    case recall10 = "recall@10"
    /// See `RetrievalQuality.recall100`.
    case recall100 = "recall@100"
    /// See `RetrievalQuality.mrr10`.
    case mrr10 = "mrr@10"
    /// See `RetrievalQuality.map`.
    case map
    /// 1 where the first result is right.
    case hit1 = "hit@1"
    /// 1 where one of the first three results is right.
    case hit3 = "hit@3"
    /// 1 where one of the first ten results is right.
    case hit10 = "hit@10"

    /// Those of documents.
    public static let ofDocuments: [EvaluationMeasure] = [.nDCG10, .recall10, .recall100, .mrr10, .map]
    /// Those of passages; nDCG only where their relevance is graded.
    public static let ofPassages: [EvaluationMeasure] = [.hit1, .hit3, .hit10, .mrr10, .nDCG10]

    /// Whether it is 0 or 1 for one question.
    var isRate: Bool { self == .hit1 || self == .hit3 || self == .hit10 }
}

/// How one mode ranked the answer to one question.
public struct QuestionOutcome: Sendable, Codable, Equatable {
    /// The place of the first right result, from 1; nil where none was found.
    public var rank: Int?
    /// What each measure says.
    public var measures: [EvaluationMeasure: Double]
}

/// One question of an evaluation, with what each mode made of it.
public struct QuestionEvaluation: Sendable, Codable, Equatable {
    /// The id that the judgements name it by.
    public var id: String
    /// The question.
    public var text: String
    /// By documents, of which the first 100 are looked at; nil where none is judged.
    public var documents: [SearchMode: QuestionOutcome]?
    /// By passages, of which the ten that a search shows are looked at; nil where none is judged.
    public var passages: [SearchMode: QuestionOutcome]?
}
