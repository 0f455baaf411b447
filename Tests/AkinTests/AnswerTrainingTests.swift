import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// From questions with answers to a model that the library loads.
@Suite struct AnswerTrainingTests {
    private static let places = ["river", "bank", "house", "tree"]
    private static let people = ["man", "woman", "child", "dog", "cat"]
    private let folder: TemporaryFolder
    private let configuration = Database.Configuration(model: TinyModel.cased.path, precision: .fp32, threads: 2)

    init() throws { folder = try TemporaryFolder() }

    /// Texts of two sentences, where the question is about the big thing's place.
    private func squad(_ name: String, _ range: Range<Int>, impossible: Bool = false) throws -> String {
        let paragraphs = range.map { index -> String in
            let (who, place) = (Self.people[index % 5], Self.places[index / 5 % 4])
            let other = Self.places[(index / 5 + 1) % 4]
            let letters = Array("bcdefghijk").map(String.init)
            let start = "the \(who) is small . big is the "
            let end = " and red is the \(other) on it \(letters[index % 10]) \(letters[index / 10 % 10])"
            let (text, at) = (start + place + end, start.unicodeScalars.count)
            let answer =
                #"{"id":"\#(name)\#(index)","question":"big ?","answers":[{"text":"\#(place)","answer_start":\#(at)}]}"#
            let none = #"{"id":"\#(name)\#(index)n","question":"guitar ?","is_impossible":true,"answers":[]}"#
            return #"{"context":"\#(text)","qas":[\#(answer)\#(impossible ? "," + none : "")]}"#
        }
        return try folder.write(
            "\(name).json",
            #"{"version":"2.0","data":[{"title":"t","paragraphs":[\#(paragraphs.joined(separator: ","))]}]}"#)
    }

    private var training: AnswerTraining {
        var training = AnswerTraining()
        (training.epochs, training.learningRate, training.heldOutShare) = (12, 5e-3, 0.2)
        return training
    }

    @Test func `a model for answers is trained, written and loaded`() async throws {
        let output = folder.path("answers")
        let report = try await training.run(
            on: [squad("a", 0..<100)], output: output, configuration: configuration)
        #expect(report.f1 > 0.8 && report.exactMatch <= report.f1, "\(report)")
        #expect(report.trainingCount == 80 && report.heldOutCount == 20 && report.unanswerableCount == 0)
        let extractor = try await AnswerExtractor.load(output, configuration: configuration)
        let answer = try await extractor.answer(
            "big ?", in: "the child is small . big is the tree and red is the house on it b h")
        #expect(answer?.text == "tree")
    }

    @Test func `each pass is scored as the written model is, and the best one is kept`() async throws {
        var training = training
        (training.epochs, training.patience) = (30, 2)
        let report = try await training.run(
            on: [squad("a", 0..<60)], output: folder.path("answers"), configuration: configuration)
        let kept = try #require(report.fineTuning.keptEpoch)
        let scores = report.fineTuning.epochs.map(\.score)
        #expect(scores.count < 30 && scores[kept - 1] == scores.max())
        #expect(abs(report.f1 - scores[kept - 1]) < 1e-9, "\(report.f1) of \(scores)")
    }

    @Test func `questions without an answer are learnt, and long texts in parts`() async throws {
        var training = training
        training.maximumTokens = 24
        let dev = try squad("dev", 90..<100, impossible: true)
        let report = try await training.run(
            on: [squad("a", 0..<90, impossible: true)], heldOut: [dev], output: folder.path("answers"),
            configuration: configuration)
        #expect(report.trainingCount == 180 && report.heldOutCount == 20 && report.unanswerableCount == 10)
        #expect(report.exactMatch > 0.5, "\(report)")

        training.maximumTokens = 18
        training.epochs = 1
        let parts = try await training.run(
            on: [squad("b", 0..<40)], output: folder.path("parts"), configuration: configuration)
        #expect(parts.windowCount > parts.trainingCount)
    }

    @Test func `what was learnt from is not scored on`() async throws {
        var training = training
        training.epochs = 1
        let report = try await training.run(
            on: [squad("a", 0..<20)], heldOut: [squad("same", 0..<20)], output: folder.path("m"),
            configuration: configuration)
        #expect(report.heldOutCount == 0)
    }

    @Test(arguments: [
        (
            "place.json",
            #"{"data":[{"paragraphs":[{"context":"the dog","qas":[{"id":"1","question":"q","answers":[{"text":"cat","answer_start":4}]}]}]}]}"#,
            "is not in its context"
        ),
        ("none.jsonl", #"{"question":"q","context":"c"}"#, "nothing can be learnt"),
        ("empty.jsonl", #"{"question":"","context":"c","answer":"c"}"#, "the field 'question' is empty"),
        ("one.jsonl", #"{"question":"q","context":"c","answer":"c"}"#, "too few different examples"),
        ("broken.json", #"{"data":[{"#, "broken JSON"),
    ])
    func `questions that cannot be learnt from are refused in one line`(name: String, text: String, message: String)
        async throws
    {
        let path = try folder.write(name, text)
        let error = await #expect(throws: AkinError.self) {
            try await AnswerTraining().run(on: [path], output: folder.path("model"), configuration: configuration)
        }
        let said = error?.description ?? ""
        #expect(said.contains(message) && !said.contains("\n"), "\(said)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("model")))
    }
}
