import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// From sentences with tags to a tagger that the library loads.
@Suite struct TaggerTrainingTests {
    private static let places = ["river", "bank", "house"]
    private static let people = ["man", "woman", "child"]

    /// Sentences in which two words are entities; every third place has two words.
    private func conll(_ range: Range<Int>) -> String {
        range.map { index in
            let place = index % 3 == 0 ? "new B-LOC\nyork I-LOC" : "\(Self.places[index % 3]) B-LOC"
            let person = "\(Self.people[index / 3 % 3]) B-PER"
            let word = ["big", "small", "red", "blue"][index / 9 % 4]
            return "the O\n\(person)\nis O\n\(word) O\non O\nthe O\n\(place)\n. O\n"
        }.joined(separator: "\n")
    }

    @Test func `a tagger is trained, written and loaded`() async throws {
        let folder = try TemporaryFolder()
        let (train, dev) = (
            try folder.write("train.conll", conll(0..<120)), try folder.write("dev.conll", conll(7..<9))
        )
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)
        var training = TaggerTraining()
        (training.learningRate, training.epochs) = (1e-2, 12)
        let output = folder.path("tagger")
        let report = try await training.run(on: [train], output: output, configuration: configuration)
        #expect(report.labels == ["B-LOC", "B-PER", "I-LOC", "O"])
        #expect(report.f1 > 0.9 && report.kinds.map(\.kind) == ["LOC", "PER"])
        #expect(report.heldOutCount > 0)

        #expect(report.fineTuning.epochs.map(\.epoch) == Array(1...12))
        #expect(report.fineTuning.epochs.last?.score == report.f1)
        let page = String(decoding: report.html(), as: UTF8.self)
        #expect(page.contains("Hardest examples") && page.contains("LOC") && page.contains("Confusion"))

        let tagger = try await TokenTagger.load(output, configuration: configuration)
        let entities = try await tagger.entities(in: "The woman is red on the New York.")
        #expect(entities.map(\.text) == ["woman", "New York"])
        #expect(entities.map(\.label) == ["PER", "LOC"])

        // What is scored on was not learnt from: both sentences occur among the others.
        let other = folder.path("other")
        training.epochs = 1
        let scored = try await training.run(
            on: [train], heldOut: [dev], output: other, configuration: configuration)
        #expect(scored.heldOutCount == 0 && scored.trainingCount == 120)
    }

    @Test func `sentences without tags or with one tag are refused in one line`() async throws {
        let folder = try TemporaryFolder()
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)
        for (name, text) in [("none.conll", "\n\n"), ("one.conll", "dog O\ncat O\n\nman O\n")] {
            let path = try folder.write(name, text)
            await #expect(throws: AkinError.self) {
                try await TaggerTraining().run(
                    on: [path], output: folder.path("model"), configuration: configuration)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("model")))
    }
}
