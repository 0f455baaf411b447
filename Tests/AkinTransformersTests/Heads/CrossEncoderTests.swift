import AkinCore
import AkinTokenizers
import AkinTransformers
import Foundation
import Testing

/// Models that score pairs against `sentence-transformers`, written by tools/goldens_pairs.py.
@Suite struct CrossEncoderTests {
    struct Golden: Decodable {
        struct Case: Decodable {
            let texts: [String]
            let ids: [Int32]
            let segments: [Int32]
            let logits: [Float]
            let score: Double
        }

        let labels: [String]
        let cases: [Case]

        static func load(_ name: String) throws -> Golden {
            try JSONDecoder().decode(
                Golden.self, from: Data(contentsOf: folder(name).appending(path: "expected.json")))
        }
    }

    static let names = [
        "bert", "bert-saved", "bert-unigram", "roberta", "xlm-roberta", "camembert", "distilbert", "mpnet",
    ]

    private static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Goldens/pairs/\(name)")
    }

    /// As `HeadGoldens.tolerance`, and more for bytes: one output has no larger one beside it to be measured by.
    private static func tolerance(_ precision: EncodingPrecision) -> Float {
        max(HeadGoldens.tolerance(precision), precision == .int8 || precision == .auto ? 0.16 : 0)
    }

    /// A copy of a golden model with another JSON file.
    private func model(_ name: String, _ file: String, edit: (inout [String: Any]) -> Void) throws -> URL {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try FileManager.default.copyItem(at: Self.folder(name), to: folder)
        let file = folder.appending(path: file)
        var fields = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        edit(&fields)
        try JSONSerialization.data(withJSONObject: fields).write(to: file)
        return folder
    }

    private func message(_ folder: URL, _ code: AkinError.Code = .incompatible) -> String {
        do {
            _ = try CrossEncoder(folder: folder)
            return "none"
        } catch let error as AkinError {
            #expect(error.code == code)
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: names)
    func `pairs are cut and framed as the family does it`(name: String) throws {
        let encoder = try CrossEncoder(folder: Self.folder(name))
        for expected in try Golden.load(name).cases {
            let pair = try encoder.tokens(expected.texts[0], expected.texts[1])
            #expect(pair.ids == expected.ids)
            #expect(pair.segments == expected.segments)
            #expect(pair.ranges.count == pair.ids.count)
            let tokenizer = try TokenizerReader.read(folder: Self.folder(name))
            let whole = try tokenizer.encode(expected.texts[0], expected.texts[1], maximumTokens: nil)
            #expect(pair.truncated == (whole.ids.count > encoder.maximumTokens))
        }
    }

    @Test(arguments: names, EncodingPrecision.allCases)
    func `outputs of the head are those of transformers`(name: String, precision: EncodingPrecision) throws {
        let golden = try Golden.load(name)
        let model = try BERTTaskModel<SequenceClassificationHead>(folder: Self.folder(name), precision: precision)
        #expect(model.head.labels == golden.labels)
        let pairs = try golden.cases.map {
            TokenSequence(
                try model.tokenizer.encode($0.texts[0], $0.texts[1], maximumTokens: model.maximumTokens))
        }
        for (output, expected) in zip(try model.map(pairs, threads: 2) { $1 }, golden.cases) {
            #expect(
                largestDifference(output, expected.logits) <= Self.tolerance(precision), "\(expected.texts)")
        }
    }

    @Test(arguments: names)
    func `scores are those of sentence-transformers`(name: String) throws {
        let golden = try Golden.load(name)
        let encoder = try CrossEncoder(folder: Self.folder(name))
        let scores = try encoder.scores(
            golden.cases.map { try encoder.tokens($0.texts[0], $0.texts[1]) }, threads: 2)
        #expect(scores.count == golden.cases.count)
        for (score, expected) in zip(scores, golden.cases) {
            #expect(abs(score - expected.score) <= 2e-5 * max(1, abs(expected.score)), "\(expected.texts)")
        }
    }

    @Test(arguments: ["xlm-roberta", "mpnet"], [EncodingPrecision.fp32, .int8])
    func `a pair scores the same alone, in bulk, on any number of threads and from the cache`(
        name: String, precision: EncodingPrecision
    ) throws {
        let cache = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: cache) }
        func encoder() throws -> CrossEncoder {
            try CrossEncoder(
                folder: Self.folder(name), precision: precision, cache: PackedModelCache(folder: cache))
        }
        let read = try encoder()
        let pairs = try Golden.load(name).cases.map { try read.tokens($0.texts[0], $0.texts[1]) }
        let many = (0..<8).flatMap { _ in pairs }
        let scores = try read.scores(many, threads: 1)
        for threads in [2, 5] { #expect(try read.scores(many, threads: threads) == scores) }
        for (index, pair) in pairs.enumerated() {
            #expect(try read.scores([pair], threads: 1) == [scores[index]])
        }
        let packed = try encoder()
        #expect(PackedModelCache(folder: cache).state.files == 1)
        #expect(
            try packed.scores(Golden.load(name).cases.map { try packed.tokens($0.texts[0], $0.texts[1]) }, threads: 1)
                == Array(scores.prefix(pairs.count)))
    }

    @Test func `what the model says of its score is read in every spelling`() throws {
        func score(_ folder: URL) throws -> Double {
            let encoder = try CrossEncoder(folder: folder)
            return try encoder.scores([try encoder.tokens("where is the dog?", "the dog")], threads: 1)[0]
        }
        let logit = try score(Self.folder("bert"))
        let probability = 1 / (1 + exp(-logit))
        func settings(_ value: Any?, _ key: String) throws -> Double {
            try score(
                model("bert", "config.json") {
                    $0["sbert_ce_default_activation_function"] = nil
                    $0[key] = value
                })
        }
        #expect(try settings(nil, "other") == probability)
        #expect(
            try settings("torch.nn.modules.activation.Sigmoid", "sbert_ce_default_activation_function") == probability)
        #expect(
            try settings(["activation_fn": "torch.nn.modules.linear.Identity"], "sentence_transformers") == logit)
        #expect(try settings(["version": "5.0"], "sentence_transformers") == probability)
        // A function of the model's own is not run.
        #expect(try settings(["activation_fn": "model.Score"], "sentence_transformers") == probability)
    }

    @Test func `models that rank nothing are refused by name`() throws {
        let labels = message(HeadGoldens.folder("classify-several"))
        #expect(labels.contains("3 labels (toxic, rude, kind, …)"))
        #expect(message(HeadGoldens.folder("next-sentence")).contains("next sentence prediction"))
        #expect(message(HeadGoldens.folder("tag-iob")).contains("token classification"))
        #expect(message(BERTGolden.folder("xlm-roberta")).contains("has no head for sequence classification"))
        let function = try model("bert", "config.json") {
            $0["sbert_ce_default_activation_function"] = "torch.nn.modules.activation.Tanh"
        }
        #expect(message(function).contains("\"torch.nn.modules.activation.Tanh\""))
    }

    @Test func `a tokenizer that frames no pairs is refused`() throws {
        let folder = try model("xlm-roberta", "tokenizer.json") { $0["post_processor"] = nil }
        #expect(message(folder).contains("does not say what stands between two texts"))
    }

    @Test(arguments: ["roberta", "distilbert"])
    func `tags over other networks than BERT's are refused`(name: String) throws {
        let folder = try model(name, "config.json") { $0["architectures"] = ["XForTokenClassification"] }
        do {
            _ = try BERTTaskModel<TokenClassificationHead>(folder: folder)
            Issue.record("It was read.")
        } catch let error as AkinError {
            #expect(error.code == .incompatible)
            #expect(error.message.contains("heads for token classification are known over BERT networks alone"))
        }
    }

    @Test(arguments: names)
    func `without architectures the tensors tell that a model reads pairs`(name: String) throws {
        let folder = try model(name, "config.json") { $0["architectures"] = nil }
        #expect(try BERTTaskModel<SequenceClassificationHead>(folder: folder).task == .sequenceClassification)
    }
}
