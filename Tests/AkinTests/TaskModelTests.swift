import Akin
import AkinTestSupport
import Foundation
import Testing

/// Models with heads through the library.
@Suite struct TaskModelTests {
    private func golden(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "AkinTransformersTests/Goldens/heads/\(name)"
        ).path
    }

    private func configuration(_ folder: TemporaryFolder, threads: Int = 1) -> Database.Configuration {
        Database.Configuration(
            precision: .fp32, threads: threads,
            models: ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed")))
    }

    @Test func `labels keep the order of the model's file`() async throws {
        let folder = try TemporaryFolder()
        let classifier = try await TextClassifier.load(
            golden("classify-twelve"), configuration: configuration(folder))
        #expect(classifier.labels.prefix(3) == ["zulu", "yankee", "x-ray"])
        #expect(classifier.labels.suffix(2) == ["papa", "oscar"])
        #expect(classifier.kind == .singleLabel)
        #expect(classifier.name == "classify-twelve")
        #expect(try await classifier.classify([String]()).isEmpty)
    }

    @Test func `the kind of scores is the model's problem type`() async throws {
        let folder = try TemporaryFolder()
        func kind(_ name: String) async throws -> TextClassifier.Kind {
            try await TextClassifier.load(golden(name), configuration: configuration(folder)).kind
        }
        #expect(try await kind("classify-several") == .multiLabel)
        #expect(try await kind("classify-one") == .multiLabel)
        #expect(try await kind("regress-two") == .regression)
        #expect(try await kind("next-sentence") == .singleLabel)
    }

    @Test func `many texts get what each gets alone, on any number of threads`() async throws {
        let folder = try TemporaryFolder()
        let texts = (0..<60).map { "the dog " + String(repeating: "bank ", count: $0) }
        var found: [[Classification]] = []
        for threads in [1, 4] {
            let classifier = try await TextClassifier.load(
                golden("classify-two"), configuration: configuration(folder, threads: threads))
            found.append(try await classifier.classify(texts))
            #expect(try await classifier.classify([texts[7]]) == [found[0][7]])
        }
        #expect(found[0] == found[1])
        #expect(found[0].map(\.isTruncated) == texts.indices.map { $0 + 4 > 48 })
    }

    @Test func `an installed model is found by its name`() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("models"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: golden("tag-iob"), toPath: folder.path("models/entities"))
        let tagger = try await TokenTagger.load("entities", configuration: configuration(folder))
        let text = "🐱 the river bank is red, the money bank is blue"
        let entities = try await tagger.entities(in: text)
        #expect(!entities.isEmpty)
        let scalars = Array(text.unicodeScalars)
        for entity in entities {
            #expect(String(String.UnicodeScalarView(scalars[entity.range])) == entity.text)
        }
        #expect(try await tagger.entities(in: [text, "", text]) == [entities, [], entities])
    }

    @Test func `a classifier is no encoder unless it is named`() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("models"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: golden("classify-two"), toPath: folder.path("models/a-classifier"))
        var configuration = configuration(folder)
        await #expect(throws: AkinError.self) { _ = try await Embedder.load(configuration) }
        try FileManager.default.copyItem(atPath: golden("mask-tied"), toPath: folder.path("models/network"))
        #expect(try await Embedder.load(configuration).name == "network")
        configuration.model = "a-classifier"
        #expect(try await Embedder.load(configuration).name == "a-classifier")
    }

    @Test func `a text that answers nothing gives no answer`() async throws {
        let folder = try TemporaryFolder()
        let extractor = try await AnswerExtractor.load(golden("answer"), configuration: configuration(folder))
        #expect(try await extractor.answer("who?", in: "a woman") == nil)
        let answer = try await extractor.answer(
            "what is blue?", in: String(repeating: "the house is blue. ", count: 30))
        #expect(answer != nil)
        let many = try await extractor.answers(
            [QuestionContext("what is blue?", context: String(repeating: "the house is blue. ", count: 30))], count: 50)
        #expect(many[0].best == answer)
        #expect(Set(many[0].candidates.map(\.range)).count == many[0].candidates.count)
    }

    @Test func `masked words come in order and sum to at most 1`() async throws {
        let folder = try TemporaryFolder()
        let model = try await MaskedWordModel.load(golden("pretrained"), configuration: configuration(folder))
        #expect(model.mask == "[MASK]")
        let gaps = try await model.fill(["a [MASK] of [MASK]"], count: 1000)[0]
        #expect(gaps.map(\.count) == [101, 101])
        for words in gaps {
            #expect(abs(words.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
            #expect(words.map(\.probability) == words.map(\.probability).sorted(by: >))
        }
        #expect(try await model.fill(["a [MASK] of [MASK]"], count: 3)[0] == gaps.map { Array($0.prefix(3)) })
    }

    @Test func `a store is asked and the answer's place is the document's`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(
            at: folder.path("a.db"), mode: .create, configuration: configuration(folder))
        let text = "The man walked to the river. The dog is in the house."
        _ = try await database.put(Document(id: "d", text: text))
        let extractor = try await AnswerExtractor.load(golden("answer"), configuration: configuration(folder))
        let answers = try await database.answer("where is the dog", by: extractor, count: 2)
        #expect(answers.count == 2)
        for found in answers {
            #expect(found.passage.id == "d")
            #expect(Document(id: "d", text: text).text(in: found.range) == found.answer.text)
        }
        try await database.close()
    }
}
