import AkinCore
import AkinText
import AkinTokenizers
import AkinTransformers
import AkinVectors

/// A stretch of a text that answers a question.
public struct Answer: Sendable, Hashable {
    /// As the text has it.
    public var text: String
    /// Where it stands, in Unicode scalars of the text.
    public var range: Range<Int>
    /// The probability of its start times that of its end.
    public var score: Double
}

/// What a text has to say to a question.
public struct ExtractedAnswers: Sendable, Hashable {
    /// The likeliest stretches, the best first.
    public var candidates: [Answer]
    /// The score of the text having no answer.
    public var noAnswerScore: Double

    /// The best candidate, unless it is likelier that there is no answer.
    public var best: Answer? { candidates.first.flatMap { $0.score > noAnswerScore ? $0 : nil } }
}

/// A question and the text to look for its answer in.
public struct QuestionContext: Sendable, Hashable {
    /// In words.
    public var question: String
    /// Of any length.
    public var context: String

    /// A question to a text.
    public init(_ question: String, context: String) {
        self.question = question
        self.context = context
    }
}

/// Finds the stretch of a text that answers a question: extractive question answering.
///
/// ```swift
/// let extractor = try await AnswerExtractor.load("models/answers")
/// let answer = try await extractor.answer("Where is the dog?", in: "The dog is in the house.")
/// print(answer?.text ?? "no answer")
/// ```
///
/// A long text is read in overlapping windows. Any number of threads may use one extractor.
public final class AnswerExtractor: Sendable {
    /// The most tokens of question and text that are read together, and how many windows share, as the models are
    /// trained.
    static let window = (tokens: 384, stride: 128)

    private let model: BERTTaskModel<QuestionAnsweringHead>
    private let reading: AnswerReading
    private let threads: Int

    init(model: BERTTaskModel<QuestionAnsweringHead>, threads: Int) {
        self.model = model
        self.threads = threads
        reading = AnswerReading(model.tokenizer, limit: min(model.maximumTokens, Self.window.tokens))
    }

    /// The model's name.
    public var name: String { model.name }

    /// Loads an extractor: a Hugging Face folder of a `BertForQuestionAnswering`.
    ///
    /// - Parameters:
    ///   - model: The name of an installed model, or a folder.
    ///   - configuration: Its precision, threads and models count.
    /// - Throws: `AkinError`: `.noModel` where it is not installed, `.incompatible` where it has no such head,
    ///   `.invalidData` where its files do not fit together.
    public static func load(
        _ model: String, configuration: Database.Configuration = Database.Configuration()
    ) async throws -> AnswerExtractor {
        try await offload {
            AnswerExtractor(
                model: try EncoderResolver(configuration: configuration).taskModel(named: model),
                threads: configuration.threads)
        }
    }

    /// The answer that a text holds, nil where it is likelier that it holds none.
    public func answer(_ question: String, in context: String) async throws -> Answer? {
        try await answers([QuestionContext(question, context: context)], count: 1)[0].best
    }

    /// The likeliest answers to each question in its text.
    ///
    /// - Parameter count: The most candidates of each.
    /// - Throws: `AkinError(.invalidArgument)` for a question so long that it leaves no room for a text.
    public func answers(_ questions: [QuestionContext], count: Int = 1) async throws -> [ExtractedAnswers] {
        try await offload(on: .questions) { [self] in try answersNow(questions, count: count) }
    }

    func answersNow(_ questions: [QuestionContext], count: Int) throws -> [ExtractedAnswers] {
        guard count >= 1 else { throw AkinError(.invalidArgument, "Ask for 1 or more answers, not \(count).") }
        return try reading.answers(questions, count: count, threads: threads) { windows, body in
            try model.map(windows.map { TokenSequence($0) }, threads: threads, body)
        }
    }
}
