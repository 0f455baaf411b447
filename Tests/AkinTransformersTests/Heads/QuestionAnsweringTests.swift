import AkinCore
import AkinTransformers
import AkinTokenizers
import AkinVectors
import Foundation
import Testing

/// Answers from a text against `transformers`.
@Suite struct QuestionAnsweringTests {
    struct Case: Decodable {
        struct Window: Decodable {
            let ids: [Int32]
            let segments: [Int]
            let start: [Float]
            let end: [Float]
        }

        struct Answer: Decodable {
            let range: [Int]
            let score: Double
        }

        let texts: [String]
        let windows: [Window]
        let noAnswer: Double
        /// The best of each window, best first.
        let answers: [Answer]
    }

    typealias Model = BERTTaskModel<QuestionAnsweringHead>

    private func windows(_ texts: [String], _ model: Model) throws -> [PairEncoding] {
        try model.tokenizer.encodeWindows(texts[0], texts[1], maximumTokens: model.maximumTokens, stride: 24)
    }

    @Test func `a long text is read in the windows of transformers`() throws {
        let model = try Model(folder: HeadGoldens.folder("answer"))
        for expected in try HeadGolden<Case>.load("answer").cases {
            let windows = try windows(expected.texts, model)
            #expect(windows.map(\.ids) == expected.windows.map(\.ids))
            #expect(windows.map(\.firstLength) == expected.windows.map { $0.segments.firstIndex(of: 1) })
        }
    }

    @Test(arguments: EncodingPrecision.allCases)
    func `starts and ends are those of transformers`(precision: EncodingPrecision) throws {
        let model = try Model(folder: HeadGoldens.folder("answer"), precision: precision)
        for expected in try HeadGolden<Case>.load("answer").cases {
            let windows = try windows(expected.texts, model)
            let outputs = try model.map(windows.map(TokenSequence.init), threads: 2) { $1 }
            for (output, expected) in zip(outputs, expected.windows) {
                let rows = (0..<output.rows).map(output.row)
                let tolerance = HeadGoldens.tolerance(precision)
                #expect(largestDifference(rows.map { $0[0] }, expected.start) <= tolerance)
                #expect(largestDifference(rows.map { $0[1] }, expected.end) <= tolerance)
            }
        }
    }

    @Test func `spans and the score of no answer are those of its question answering`() throws {
        let model = try Model(folder: HeadGoldens.folder("answer"))
        let continuations = model.tokenizer.continuations
        for expected in try HeadGolden<Case>.load("answer").cases {
            let windows = try windows(expected.texts, model)
            let found = try model.map(windows.map(TokenSequence.init), threads: 1) { index, scores in
                WindowAnswers(windows[index], scores: scores, continuations: continuations, longest: 15, count: 1)
            }
            let spans = found.flatMap(\.spans).sorted { $0.score > $1.score }
            #expect(spans.map { [$0.range.lowerBound, $0.range.upperBound] } == expected.answers.map(\.range))
            for (span, expected) in zip(spans, expected.answers) {
                #expect(abs(span.score - expected.score) <= 1e-4 * expected.score)
            }
            let noAnswer = try #require(found.map(\.noAnswer).min())
            #expect(abs(noAnswer - expected.noAnswer) <= 1e-4 * expected.noAnswer)
        }
    }

    @Test func `the best spans come best first and none is longer than allowed`() throws {
        let model = try Model(folder: HeadGoldens.folder("answer"))
        let windows = try windows(["who?", "the man and the woman and the child"], model)
        let scores = try model.map(windows.map(TokenSequence.init), threads: 1) { $1 }[0]
        let found = WindowAnswers(
            windows[0], scores: scores, continuations: model.tokenizer.continuations, longest: 2, count: 100)
        // Eight words and the seven pairs of neighbours.
        #expect(found.spans.count == 15)
        #expect(found.spans.map(\.score) == found.spans.map(\.score).sorted(by: >))
        let best = WindowAnswers(
            windows[0], scores: scores, continuations: model.tokenizer.continuations, longest: 2, count: 4)
        #expect(best.spans == Array(found.spans.prefix(4)))
    }

    @Test func `a question that leaves no room is refused`() throws {
        let model = try Model(folder: HeadGoldens.folder("answer"))
        #expect(throws: (any Error).self) { try windows([String(repeating: "who ", count: 44), "a woman"], model) }
    }

    @Test func `an empty text has no spans`() throws {
        let model = try Model(folder: HeadGoldens.folder("answer"))
        let windows = try windows(["who?", ""], model)
        let found = try model.map(windows.map(TokenSequence.init), threads: 1) { index, scores in
            WindowAnswers(windows[index], scores: scores, continuations: [], longest: 15, count: 1)
        }
        #expect(found.flatMap(\.spans).isEmpty)
        #expect(found.map(\.noAnswer) == [1])
    }
}
