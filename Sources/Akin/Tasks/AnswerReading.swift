import AkinText
import AkinTokenizers
import AkinTransformers
import AkinVectors

/// How questions and texts become windows, and the scores of windows answers, whatever network gives the scores.
struct AnswerReading: Sendable {
    /// The most tokens of an answer.
    private static let longestAnswer = 15

    private let tokenizer: WordPieceTokenizer
    private let continuations: [Bool]
    private let limit: Int

    /// - Parameter limit: the most tokens of question and text that are read together.
    init(_ tokenizer: WordPieceTokenizer, limit: Int) {
        (self.tokenizer, self.limit) = (tokenizer, limit)
        continuations = tokenizer.continuations
    }

    /// The likeliest answers to each question in its text.
    ///
    /// - Parameter score: what `read` makes of each window's place and scores, in the windows' order. Scores have the
    ///   shape (tokens, 2): start, end.
    /// - Throws: `AkinError(.invalidArgument)` for a question so long that it leaves no room for a text.
    func answers(
        _ questions: [QuestionContext], count: Int, threads: Int,
        score: (
            _ windows: [PairEncoding], _ read: @escaping @Sendable (Int, Matrix) -> WindowAnswers
        ) throws -> [WindowAnswers]
    ) throws -> [ExtractedAnswers] {
        let stride = min(AnswerExtractor.window.stride, limit / 2)
        let windows = try Parallel.map(questions, threads: threads) { asked in
            try tokenizer.encodeWindows(asked.question, asked.context, maximumTokens: limit, stride: stride)
        }
        let flat = windows.flatMap { $0 }
        let found = try score(flat) { index, scores in
            WindowAnswers(
                flat[index], scores: scores, continuations: continuations, longest: Self.longestAnswer, count: count)
        }
        var first = 0
        return zip(questions, windows).map { asked, windows in
            let parts = found[first..<first + windows.count]
            first += windows.count
            var ranges = Set<Range<Int>>()
            // Windows overlap: the same stretch counts once, with its best score.
            let best = parts.flatMap(\.spans).sorted { $0.score > $1.score }.filter { ranges.insert($0.range).inserted }
            return ExtractedAnswers(
                candidates: best.prefix(count).map { span in
                    Answer(
                        text: String(asked.context.slice(scalars: span.range)), range: span.range, score: span.score)
                },
                noAnswerScore: parts.map(\.noAnswer).min() ?? 1)
        }
    }
}
