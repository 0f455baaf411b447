import AkinTraining
import AkinVectors
import Testing

@Suite struct ScoreTests {
    private func isClose(_ a: Double, _ b: Double, _ bound: Double = 1e-9) -> Bool { abs(a - b) <= bound }

    private struct SpanCase: Decodable {
        let scheme, mode: String
        let expected, predicted: [[String]]
        let precision, recall, f1, macroF1: Double
    }

    @Test func `Spans are scored as seqeval does, whatever the tags`() throws {
        let cases: [SpanCase] = try Goldens.read("spans.json")
        #expect(cases.count == 48)
        for (place, golden) in cases.enumerated() {
            let scores = SpanScores(
                expected: golden.expected, predicted: golden.predicted,
                mode: golden.mode == "strict" ? .strict : .lenient)
            #expect(isClose(scores.micro.precision, golden.precision), "\(place) \(golden.scheme)")
            #expect(isClose(scores.micro.recall, golden.recall), "\(place) \(golden.scheme)")
            #expect(isClose(scores.micro.f1, golden.f1), "\(place) \(golden.scheme)")
            #expect(isClose(scores.macroF1, golden.macroF1), "\(place) \(golden.scheme)")
        }
    }

    @Test func `A span counts only with both ends and its type`() {
        let scores = SpanScores(
            expected: [["B-PER", "I-PER", "O", "B-LOC"]], predicted: [["B-PER", "O", "O", "B-LOC"]])
        #expect(scores.micro.f1 == 0.5 && scores.types.map(\.f1) == [1, 0])
        #expect(SpanScores(expected: [["O"]], predicted: [["O"]]).micro.f1 == 0)
    }

    private struct ClassCase: Decodable {
        let count: Int
        let expected, predicted: [Int]
        let accuracy, macroF1, matthews: Double
        let confusion: [[Int]]
        let precision, recall, f1: [Double]
        let support: [Int]
    }

    @Test func `Classes are scored as scikit-learn does`() throws {
        for golden in try Goldens.read("classes.json", as: [ClassCase].self) {
            let scores = ClassificationScores(
                expected: golden.expected, predicted: golden.predicted, labels: (0..<golden.count).map { "\($0)" })
            #expect(isClose(scores.accuracy, golden.accuracy))
            #expect(isClose(scores.macroF1, golden.macroF1))
            #expect(isClose(scores.matthews, golden.matthews))
            for (place, score) in scores.classes.enumerated() {
                #expect(
                    isClose(score.precision, golden.precision[place]) && isClose(score.recall, golden.recall[place]))
                #expect(isClose(score.f1, golden.f1[place]) && score.support == golden.support[place])
                #expect((0..<golden.count).map { scores.count(of: place, predictedAs: $0) } == golden.confusion[place])
            }
        }
    }

    @Test func `Classes that neither side has do not count in the mean`() {
        let scores = ClassificationScores(expected: [0, 0, 1], predicted: [0, 0, 1], labels: ["a", "b", "c"])
        #expect(scores.macroF1 == 1 && scores.matthews == 1)
        #expect(ClassificationScores(expected: [0, 0], predicted: [0, 0], labels: ["a", "b"]).matthews == 0)
    }

    private struct CorrelationCase: Decodable {
        let x, y: [Double]
        let pearson, spearman: Double
    }

    @Test func `Correlations are SciPy's, with ties and without`() throws {
        for golden in try Goldens.read("correlations.json", as: [CorrelationCase].self) {
            #expect(isClose(Correlation.pearson(golden.x, golden.y), golden.pearson))
            #expect(isClose(Correlation.spearman(golden.x, golden.y), golden.spearman))
        }
        #expect(Correlation.pearson([1, 1], [1, 2]) == 0 && Correlation.spearman([1], [1]) == 0)
    }

    private struct CalibrationCase: Decodable {
        let confidences: [Double]
        let right: [Bool]
        let error: Double
    }

    @Test func `The calibration error is the mean gap of the bins`() throws {
        let golden: CalibrationCase = try Goldens.read("calibration.json")
        let error = CalibrationError.expected(confidences: golden.confidences, isRight: golden.right)
        #expect(isClose(error, golden.error))
        #expect(CalibrationError.expected(confidences: [1, 1], isRight: [true, true]) == 0)
        #expect(CalibrationError.expected(confidences: [1, 0.95], isRight: [false, true], bins: 1) == 0.475)
    }

    private struct AnswerCase: Decodable {
        let predicted, answer: String
        let exact, f1: Double
    }

    @Test func `Answers are compared by SQuAD's rules`() throws {
        for golden in try Goldens.read("answers.json", as: [AnswerCase].self) {
            let score = AnswerScores.Score(golden.predicted, answers: [golden.answer])
            #expect(score.exactMatch == golden.exact, "\(golden.predicted)")
            #expect(isClose(score.f1, golden.f1, 1e-6), "\(golden.predicted)")
        }
    }

    @Test func `The best of several answers counts, and none is right where there is none`() {
        #expect(AnswerScores.Score("Köln", answers: ["Bonn", "in Köln", "köln!"]).exactMatch == 1)
        #expect(AnswerScores.Score("", answers: []).f1 == 1 && AnswerScores.Score("x", answers: []).f1 == 0)
        let scores = AnswerScores([
            AnswerScores.Score("a b", answers: ["b c"]), AnswerScores.Score("x", answers: ["x"]),
        ])
        #expect(scores.exactMatch == 0.5 && isClose(scores.f1, (2 / 3 + 1) / 2))
    }

    @Test func `Chinese answers are compared by their longest common stretch of ideographs`() {
        let score = AnswerScores.Score("在北京市。", answers: ["北京"])
        #expect(score.exactMatch == 0 && isClose(score.f1, 2 * 0.5 * 1 / 1.5))
        #expect(AnswerScores.Score("《北京》", answers: ["北京"]).exactMatch == 1)
        // 北 and 京 stand apart here, so one of the two counts.
        #expect(isClose(AnswerScores.Score("北方京", answers: ["北京"]).f1, 2 * (1 / 3) * 0.5 / (1 / 3 + 0.5)))
        #expect(AnswerScores.Score("1998 年", answers: ["1998年"]).exactMatch == 1)
    }
}
