import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Synchronization
import Testing

/// From texts without labels to a model that fills masks, encodes and is fine-tuned.
@Suite struct MaskedWordTrainingTests {
    private static let sounds = ["dog": "barks", "cat": "meows", "bird": "sings", "horse": "neighs"]

    /// Documents about one animal each, which tells what it does.
    private func corpus(_ count: Int, sentences: Int = 4, in folder: TemporaryFolder) throws -> String {
        let animals = Self.sounds.keys.sorted()
        let documents = (0..<count).map { index in
            let animal = animals[index % animals.count]
            return (0..<sentences).map { line in
                let when = ["today", "here", "often", "again"][(index / 4 + line * index) % 4]
                return "the \(animal) \(Self.sounds[animal] ?? "") \(when) .\n"
            }.joined()
        }
        return try folder.write("corpus.txt", documents.joined(separator: "\n"))
    }

    private var tiny: MaskedWordTraining {
        var training = MaskedWordTraining()
        training.network = .init(layers: 2, hiddenSize: 32, heads: 2)
        (training.vocabularySize, training.length, training.batchSize) = (90, 32, 16)
        (training.learningRate, training.dropout, training.epochs) = (3e-3, 0, 40)
        return training
    }

    private let configuration = Database.Configuration(threads: 2)

    private func configuration(_ model: String) -> Database.Configuration {
        Database.Configuration(model: model, threads: 2)
    }

    @Test func `a network learns hidden words, goes on, is fine-tuned and encodes`() async throws {
        let folder = try TemporaryFolder()
        let texts = try corpus(240, sentences: 1, in: folder)
        let first = folder.path("first")
        let report = try await tiny.run(on: [texts], output: first, configuration: configuration)
        #expect(report.perplexityBefore > 40 && report.perplexity < 4)
        #expect(report.curve.map(\.step) == report.curve.map(\.step).sorted())
        #expect(report.curve.first?.step == 0 && report.curve.last?.step == report.steps)
        #expect(report.curve.last?.perplexity == report.perplexity && report.curve.count > 5)
        #expect(report.heldOutCount > 0 && report.nextSentenceAccuracy == nil && report.unknownShare == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path(".")).sorted() == ["corpus.txt", "first"])

        let model = try await MaskedWordModel.load(first, configuration: configuration)
        let gaps = try await model.fill(["the dog [MASK] today .", "the [MASK] meows here ."], count: 1)
        #expect(gaps.map { $0[0][0].word } == ["barks", "cat"])

        // Going on starts where the first training ended.
        var more = tiny
        (more.epochs, more.learningRate) = (2, 1e-4)
        let second = folder.path("second")
        let further = try await more.run(on: [texts], output: second, configuration: configuration(first))
        #expect(abs(further.perplexityBefore - report.perplexity) < 1e-6 * report.perplexity)
        #expect(further.perplexity < 1.2 * report.perplexity && further.vocabularySize == report.vocabularySize)

        let lines = (0..<160).map { index in
            let animal = Self.sounds.keys.sorted()[index % 4]
            return #"{"text": "the \#(animal) is here \#(index)", "label": "\#(animal == "bird" ? "sky" : "land")"}"#
        }
        let examples = try folder.write("examples.jsonl", lines.joined(separator: "\n"))
        var classifying = ClassifierTraining()
        (classifying.method, classifying.epochs, classifying.learningRate) = (.fineTuned, 8, 5e-3)
        let classified = try await classifying.run(
            on: [examples], output: folder.path("classifier"), configuration: configuration(second))
        #expect(classified.accuracy > 0.9)

        let embedder = try await Embedder.load(configuration(second))
        let vectors = try await embedder.embed(["the dog barks today .", "the bird sings here ."])
        #expect(vectors.rows == 2 && vectors.dimension == 32)
        #expect(abs(vectors.values.reduce(0) { $0 + $1 * $1 } - 2) < 1e-3)
    }

    @Test func `next sentences are learnt beside hidden words`() async throws {
        let folder = try TemporaryFolder()
        let texts = try corpus(160, in: folder)
        var training = tiny
        (training.predictsNextSentence, training.hidesWholeWords, training.heldOutShare) = (true, true, 0.2)
        (training.epochs, training.learningRate) = (60, 1e-2)
        let output = folder.path("model")
        let report = try await training.run(on: [texts], output: output, configuration: configuration)
        #expect(report.perplexity < 8)
        // Three of four random second texts are of another animal: the fourth cannot be told.
        #expect(try #require(report.nextSentenceAccuracy) > 0.75)
        #expect(report.curve.allSatisfy { $0.nextSentenceAccuracy != nil })
        let settings = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(filePath: output).appending(path: "config.json")))
        #expect((settings as? [String: Any])?["architectures"] as? [String] == ["BertForPreTraining"])
        let model = try await MaskedWordModel.load(output, configuration: configuration)
        #expect(try await model.fill(["the dog [MASK] today ."])[0][0].count == 5)
    }

    /// Also one that was stopped after its last step, before the model was written.
    @Test(arguments: [9, .max]) func `a training that was stopped goes on to the same bytes and the same curve`(
        steps: Int
    ) async throws {
        let folder = try TemporaryFolder()
        let texts = try corpus(80, in: folder)
        var training = tiny
        (training.epochs, training.dropout, training.predictsNextSentence) = (4, 0.1, true)
        let (whole, resumed) = (folder.path("whole"), folder.path("resumed"))
        let expected = try await training.run(on: [texts], output: whole, configuration: configuration)

        let interruption = Interruption()
        // The step under way is made to its end.
        let before = min(steps, expected.steps - 1)
        let stopped = Task { [training] in
            try await training.run(on: [texts], output: resumed, configuration: Database.Configuration(threads: 1)) {
                if $0.phase.rawValue == "training", $0.completed >= Double(16 * before) { interruption.stop() }
            }
        }
        await interruption.cancel(stopped)
        await #expect(throws: CancellationError.self) { try await stopped.value }
        #expect(FileManager.default.fileExists(atPath: resumed + ".checkpoint"))
        #expect(!FileManager.default.fileExists(atPath: resumed))

        var other = training
        other.seed = 2
        await expectRefusal(.incompatible, saying: "another training") {
            try await other.run(on: [texts], output: resumed, configuration: configuration)
        }
        let first = Atomic(0)
        let report = try await training.run(on: [texts], output: resumed, configuration: configuration) {
            if $0.phase.rawValue == "training" {
                _ = first.compareExchange(expected: 0, desired: Int($0.completed), ordering: .relaxed)
            }
        }
        #expect(steps == .max ? first.load(ordering: .relaxed) == 0 : first.load(ordering: .relaxed) > 16 * before)
        #expect(report.curve.map(\.perplexity) == expected.curve.map(\.perplexity))
        let files = FileManager.default.enumerator(atPath: whole)?.compactMap { $0 as? String } ?? []
        #expect(files.contains("model.safetensors"))
        for name in files where name.contains(".") {
            let bytes = try Data(contentsOf: URL(filePath: whole).appending(path: name))
            #expect(try Data(contentsOf: URL(filePath: resumed).appending(path: name)) == bytes, "\(name)")
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path(".")).sorted()
        #expect(left == ["corpus.txt", "resumed", "whole"])
    }

    @Test func `a step that does not fit in memory is made in parts`() async throws {
        let folder = try TemporaryFolder()
        let texts = try corpus(240, in: folder)
        var training = tiny
        (training.epochs, training.network) = (2, .init(layers: 2, hiddenSize: 128, heads: 2))
        (training.length, training.batchSize, training.predictsNextSentence) = (64, 64, true)
        let whole = try await training.run(on: [texts], output: folder.path("whole"), configuration: configuration)
        #expect(whole.partCount == 1)
        training.memory = whole.memoryBytes - 2_000_000
        let notices = Mutex<[String]>([])
        let parts = try await training.run(on: [texts], output: folder.path("parts"), configuration: configuration) {
            if let notice = $0.notice { notices.withLock { $0.append(notice) } }
        }
        #expect(parts.partCount > 1 && parts.memoryBytes < whole.memoryBytes)
        #expect(abs(parts.perplexity - whole.perplexity) < 0.02 * whole.perplexity)
        #expect(notices.withLock { $0.contains { $0.contains("in steps of up to \(parts.partCount) parts") } })
        training.memory = 1_000_000
        await expectRefusal(.invalidArgument, saying: "allow more memory") {
            try await training.run(on: [texts], output: folder.path("none"), configuration: configuration)
        }
    }

    @Test func `texts and sizes that cannot be learnt from are refused in one line`() async throws {
        let folder = try TemporaryFolder()
        let texts = try corpus(20, in: folder)
        let output = folder.path("model")
        let line = try folder.write("line.txt", "only one line of text\n")
        let document = try folder.write("document.txt", String(repeating: "a line of some words .\n", count: 40))
        for (name, contents, code, phrase) in [
            ("empty.txt", Data("\n\n".utf8), AkinError.Code.noInput, "holds no text"),
            ("binary.txt", Data((0..<600).map { UInt8($0 % 256) }), .invalidData, "binary.txt:"),
        ] {
            let path = try folder.write(name, contents)
            await expectRefusal(code, saying: phrase) {
                try await tiny.run(on: [path], output: output, configuration: configuration)
            }
        }
        await expectRefusal(.invalidData, saying: "too little text") {
            try await tiny.run(on: [line], output: output, configuration: configuration)
        }
        var training = tiny
        training.predictsNextSentence = true
        await expectRefusal(.invalidData, saying: "is one document") {
            try await training.run(on: [document], output: output, configuration: configuration)
        }
        training = tiny
        training.network = .init(layers: 2, hiddenSize: 30, heads: 4)
        await expectRefusal(.invalidArgument, saying: "multiple of the number of heads") {
            try await training.run(on: [texts], output: output, configuration: configuration)
        }
        training = tiny
        try folder.write("v/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\ndog\n")
        try folder.write("v/tokenizer_config.json", #"{"do_lower_case": true}"#)
        for name in ["v", "v/vocab.txt"] {
            training.vocabulary = folder.path(name)
            await expectRefusal(.invalidData, saying: "no token [MASK]") {
                try await training.run(on: [texts], output: output, configuration: configuration)
            }
        }
        training.vocabulary = texts
        await expectRefusal(.noInput, saying: "is no vocabulary") {
            try await training.run(on: [texts], output: output, configuration: configuration)
        }
        training = tiny
        training.length = 4096
        await expectRefusal(.invalidArgument, saying: "longer than") {
            try await training.run(on: [texts], output: output, configuration: configuration(TinyModel.dense.path))
        }
        try folder.write("other/config.json", #"{"model_type": "electra"}"#)
        try folder.write("other/model.safetensors", "")
        await expectRefusal(.incompatible, saying: "model_type") {
            try await tiny.run(on: [texts], output: output, configuration: configuration(folder.path("other")))
        }
        let relative = repositoryRoot.appending(path: "Tests/AkinTransformersTests/Goldens/bert/distilbert").path
        await expectRefusal(.incompatible, saying: "relative of BERT") {
            try await tiny.run(on: [texts], output: output, configuration: configuration(relative))
        }
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func `a vocabulary that is given is the model's`() async throws {
        let folder = try TemporaryFolder()
        let texts = try corpus(20, in: folder)
        _ = try await VocabularyTraining(size: 70).run(on: [texts], output: folder.path("vocabulary"))
        var training = tiny
        (training.steps, training.vocabulary) = (0, folder.path("vocabulary"))
        let report = try await training.run(
            on: [texts], output: folder.path("models/new"), configuration: configuration)
        #expect(report.steps == 0 && report.perplexity == report.perplexityBefore)
        let files = ["vocabulary", "models/new"].map { URL(filePath: folder.path($0)).appending(path: "vocab.txt") }
        #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))
    }
}
