import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// From texts with a marked word and its sense to a tagger that the library loads.
@Suite struct SenseTrainingTests {
    /// Banks of rivers and of money, and houses that are big or small: senses that the words around show.
    private func write(_ count: Int, in folder: TemporaryFolder) throws -> String {
        let lines = (0..<count).map { index -> String in
            let more = ["red", "blue", "dog", "cat", "man", "child"][index / 4 % 6]
            switch index % 4 {
            case 0: return #"{"text": "the bank of the river is \#(more) \#(index)", "word": "bank", "sense": "shore"}"#
            case 1: return #"{"text": "the bank of money is \#(more) \#(index)", "word": "bank", "sense": "office"}"#
            case 2: return #"{"text": "a big house \#(more) \#(index)", "start": 6, "end": 11, "sense": "palace"}"#
            default: return #"{"text": "a small house \#(more) \#(index)", "start": 8, "end": 13, "sense": "hut"}"#
            }
        }
        return try folder.write("senses.jsonl", lines.joined(separator: "\n") + "\n")
    }

    private static let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)

    @Test(arguments: [ClassifierTraining.Method.frozen, .fineTuned, .best])
    func `senses are learnt, written and told apart in texts`(method: ClassifierTraining.Method) async throws {
        let folder = try TemporaryFolder()
        let examples = try write(160, in: folder)
        var training = SenseTraining()
        (training.method, training.learningRate, training.epochs) = (method, 5e-3, 8)
        let output = folder.path("senses")
        let report = try await training.run(on: [examples], output: output, configuration: Self.configuration)
        #expect(report.trials.map(\.method) == (method == .best ? [.frozen, .fineTuned] : [method]))
        #expect(report.accuracy == report.trials.map(\.accuracy).max() && report.accuracy > 0.9)
        #expect(report.words.map(\.word) == ["bank", "house"] && report.heldOutCount == 16)
        #expect(report.words.map(\.senses) == [["office", "shore"], ["hut", "palace"]])
        #expect(report.words.allSatisfy { $0.support == 8 && $0.baseline == 0.5 } && report.baseline == 0.5)

        let tagger = try await TokenTagger.load(output, configuration: Self.configuration)
        #expect(tagger.labels == ["bank/office", "bank/shore", "house/hut", "house/palace"])
        let text = "Ä big HOUSE red, and the banks of the river is blue; the dog"
        let found = try await tagger.entities(in: [text, "the dog", "the bank of money is red"])
        #expect(found.map { $0.map(\.label) } == [["palace", "shore"], [], ["office"]])
        #expect(found[0].map(\.text) == ["HOUSE", "banks"] && found[0].map(\.range) == [6..<11, 25..<30])
        #expect(found.joined().allSatisfy { $0.score > 0.5 && $0.score <= 1 })
    }

    @Test func `the same examples give the same bytes with any number of threads`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(80, in: folder)
        var training = SenseTraining()
        training.method = .frozen
        for threads in [1, 2] {
            var configuration = Self.configuration
            configuration.threads = threads
            _ = try await training.run(on: [examples], output: folder.path("\(threads)"), configuration: configuration)
        }
        for name in ["model.safetensors", "akin_senses.json", "config.json"] {
            let files = try ["1", "2"].map { try Data(contentsOf: URL(filePath: folder.path("\($0)/\(name)"))) }
            #expect(files[0] == files[1] && !files[0].isEmpty)
        }
    }

    @Test func `a word far into a long text is read with what stands around it`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(160, in: folder)
        var training = SenseTraining()
        training.method = .frozen
        let output = folder.path("senses")
        _ = try await training.run(on: [examples], output: output, configuration: Self.configuration)
        let tagger = try await TokenTagger.load(output, configuration: Self.configuration)
        let far = String(repeating: "the dog and the cat. ", count: 200)
        let found = try await tagger.entities(in: far + "the bank of money is red")
        #expect(found.map(\.text) == ["bank"] && found[0].range.lowerBound == far.count + 4)
    }

    @Test func `sentences in CoNLL's form mark words by their tags`() async throws {
        let folder = try TemporaryFolder()
        let lines = (0..<40).map { index in
            let (of, sense) = index % 2 == 0 ? ("river", "shore") : ("money", "office")
            return "the O\nbank B-\(sense)\nof O\nthe O\n\(of) O\n\(index) O\n"
        }
        let path = try folder.write("senses.conll", lines.joined(separator: "\n"))
        var training = SenseTraining()
        training.method = .frozen
        let report = try await training.run(
            on: [path], output: folder.path("senses"), configuration: Self.configuration)
        #expect(report.accuracy == 1 && report.words.map(\.word) == ["bank"])
    }

    @Test func `scoring files hold other forms of the words, and unknown senses count as wrong`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(160, in: folder)
        let score = try folder.write(
            "score.jsonl",
            """
            {"text": "the banks of the river is blue", "start": 4, "end": 9, "sense": "shore"}
            {"text": "the bank of dog", "word": "bank", "sense": "other"}
            {"text": "a river", "word": "river", "sense": "stream"}
            """)
        var training = SenseTraining()
        training.method = .frozen
        let report = try await training.run(
            on: [examples], heldOut: [score], output: folder.path("senses"), configuration: Self.configuration)
        #expect(report.trainingCount == 160 && report.heldOutCount == 3)
        #expect(report.words.map(\.word) == ["bank", "river"] && report.words.map(\.accuracy) == [0.5, 0])
    }

    @Test(arguments: [
        (#"{"text": "the cat", "word": "bank", "sense": "a"}"#, "does not stand in the text"),
        (#"{"text": "the cat", "start": 4, "end": 9, "sense": "a"}"#, "not in the text of 7 characters"),
        (#"{"text": "the cat", "start": 3, "end": 4, "sense": "a"}"#, "holds no word"),
        (#"{"text": "the cat", "start": 0.5, "end": 4, "sense": "a"}"#, "no whole number"),
        (#"{"text": "the cat", "sense": "a"}"#, "says of no word"),
        (#"{"text": "the cat", "word": "cat"}"#, "no field 'sense'"),
        (#"{"text": "the cat", "word": "cat", "sense": "a"}"#, "No word of"),
    ])
    func `bad examples are refused in one line`(line: String, message: String) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("bad.jsonl", line + "\n")
        await expectRefusal(.invalidData, saying: message) {
            try await SenseTraining().run(
                on: [path], output: folder.path("model"), configuration: Self.configuration)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("model")))
    }

    @Test func `senses that do not fit the model beside them are refused`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(80, in: folder)
        var training = SenseTraining()
        training.method = .frozen
        let output = folder.path("senses")
        _ = try await training.run(on: [examples], output: output, configuration: Self.configuration)
        for damaged in [
            #"{"words":[{"senses":["a","b"],"word":"bank"}]}"#, "{", #"{"words":[{"senses":[],"word":"a"}]}"#,
        ] {
            try Data(damaged.utf8).write(to: URL(filePath: output + "/akin_senses.json"))
            await expectRefusal(.invalidData, saying: "does not fit the model") {
                try await TokenTagger.load(output, configuration: Self.configuration)
            }
        }
    }
}
