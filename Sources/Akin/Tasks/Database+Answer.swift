import AkinCore
import AkinText

/// An answer that a passage of the store holds.
public struct PassageAnswer: Sendable {
    /// The answer; its range counts in the passage's text.
    public var answer: Answer
    /// The passage, as the search found it.
    public var passage: SearchResult

    /// Where the answer stands, in Unicode scalars of the document's text: see `Document.text(in:)`.
    public var range: Range<Int> {
        let start = passage.range.lowerBound
        return start + answer.range.lowerBound..<start + answer.range.upperBound
    }
}

extension Database {
    /// Searches for passages that may answer a question and extracts the answers from them.
    ///
    /// - Parameters:
    ///   - request: The question; its count is the number of passages that are read.
    ///   - extractor: The model that reads them.
    ///   - count: The most answers.
    /// - Returns: The answers, the surest first; empty where every passage likelier holds none.
    /// - Throws: What `search(_:)` throws.
    /// - Complexity: A search, and the extractor's pass over the passages.
    public func answer(_ request: SearchRequest, by extractor: AnswerExtractor, count: Int = 1) async throws
        -> [PassageAnswer]
    {
        var request = request
        request.context = .passage
        let passages = try await search(request).results
        let question = try SearchQuery(request).meaning
        let found = try await extractor.answers(
            passages.map { QuestionContext(question, context: $0.text) }, count: count)
        let answers = zip(passages, found).flatMap { passage, found in
            found.candidates.filter { $0.score > found.noAnswerScore }.map {
                PassageAnswer(answer: $0, passage: passage)
            }
        }
        return Array(answers.sorted { $0.answer.score > $1.answer.score }.prefix(count))
    }
}

extension PassageAnswer {
    /// The passage with the lines of the answer alone, where each of its own lines is one of the file.
    package var citedPassage: SearchResult {
        var cited = passage
        if let lines = passage.place?.lines(of: answer.range, in: passage.text) {
            cited.place?.lines = lines
            cited.match.place?.lines = lines
        }
        return cited
    }
}
