import AkinCore
import AkinTestSupport
import AkinTransformers
import AkinVectors
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Model folders made to crash whoever reads them, or to take their time and memory: each is refused by name.
@Suite struct HostileModelTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A golden model with one file changed, and a word that the refusal has to hold.
    struct Trap: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let golden: String
        let file: String
        let word: String
        let change: @Sendable (inout JSONValue) -> Void

        init(
            _ name: String, _ golden: String, _ file: String, saying word: String,
            change: @escaping @Sendable (inout JSONValue) -> Void
        ) {
            (testDescription, self.golden, self.file, self.word, self.change) = (name, golden, file, word, change)
        }

        /// A field of the file's object that is set to a value.
        init(_ golden: String, _ file: String, _ field: String, _ value: JSONValue, saying word: String? = nil) {
            self.init("\(file), \(field)", golden, file, saying: word ?? field) { $0.set([field], value) }
        }
    }

    private static let largest = JSONValue.number(9_007_199_254_740_991)
    private static let tokenizer = "tokenizer.json"

    private static func replace(_ pattern: String, by content: String) -> JSONValue {
        .object(["type": "Replace", "pattern": .object(["String": .string(pattern)]), "content": .string(content)])
    }

    private static func sequence(_ steps: [JSONValue]) -> JSONValue {
        .object(["type": "Sequence", "normalizers": .array(steps)])
    }

    private static let transformer: JSONValue = .object([
        "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer",
    ])
    private static let normalize: JSONValue = .object([
        "idx": 2, "name": "2", "path": "2", "type": "sentence_transformers.models.Normalize",
    ])
    private static let frame: JSONValue = .object(["SpecialToken": .object(["id": "<s>", "type_id": 0])])

    static let traps: [Trap] = [
        Trap("camembert", "config.json", "pad_token_id", .numeral("9223372036854775807")),
        Trap("camembert", "config.json", "pad_token_id", .numeral("-9223372036854775808")),
        Trap("half", "config.json", "num_hidden_layers", 1_048_576, saying: "encoder.layer.2"),
        Trap("half", "config.json", "num_hidden_layers", largest),
        Trap("half", "config.json", "max_position_embeddings", 1_048_576, saying: "position_embeddings"),
        Trap("half", "config.json", "vocab_size", largest),
        Trap("half", "sentence_bert_config.json", "max_seq_length", -5),
        Trap("dense", "2_Dense/config.json", "out_features", largest, saying: "linear.weight"),
        Trap("half", "1_Pooling/config.json", "pooling_mode", .array(.init(repeating: "mean", count: 100_000))),
        Trap("a hundred thousand modules", "half", "modules.json", saying: "modules") {
            $0 = .array([transformer] + .init(repeating: normalize, count: 100_000))
        },
        Trap("a module that is the network again", "half", "modules.json", saying: "Transformer") {
            $0 = .array([transformer, transformer])
        },
        Trap("a token with an id beyond the network", "mpnet", tokenizer, saying: "tokens") {
            $0.set(["model", "vocab", "zzz"], 2_000_000_000)
        },
        Trap("a token with an id beyond any", "mpnet", tokenizer, saying: "2147483647") {
            $0.set(["model", "vocab", "zzz"], largest)
        },
        Trap("replacements that double a text again and again", "bert-unigram", tokenizer, saying: "times as long") {
            $0.set(["normalizer"], sequence(.init(repeating: replace("a", by: "aa"), count: 64)))
        },
        Trap("a long replacement", "bert-unigram", tokenizer, saying: "times as long") {
            $0.set(["normalizer"], replace("a", by: String(repeating: "b", count: 1_000_000)))
        },
        Trap("a long text before each", "bert-unigram", tokenizer, saying: "times as long") {
            $0.set(
                ["normalizer"],
                .object(["type": "Prepend", "prepend": .string(String(repeating: "b", count: 1_000_000))]))
        },
        Trap("normalizers that hold each other", "bert-unigram", tokenizer, saying: "512") {
            var nested = sequence([])
            for _ in 0..<400 { nested = sequence([nested]) }
            $0.set(["normalizer"], nested)
        },
        Trap("a million special tokens around a text", "bert-unigram", tokenizer, saying: "special tokens") {
            $0.set(
                ["post_processor"],
                .object([
                    "type": "TemplateProcessing",
                    "single": .array(
                        .init(repeating: frame, count: 100_000)
                            + [.object(["Sequence": .object(["id": "A", "type_id": 0])])]),
                    "special_tokens": .object([
                        "<s>": .object(["id": "<s>", "ids": [0, 0], "tokens": ["<s>", "<s>"]])
                    ]),
                ]))
        },
        Trap("more special tokens than the network reads", "bert-unigram", tokenizer, saying: "special tokens") {
            $0.set(
                ["post_processor"],
                .object([
                    "type": "TemplateProcessing",
                    "single": .array(
                        .init(repeating: frame, count: 60)
                            + [.object(["Sequence": .object(["id": "A", "type_id": 0])])]),
                    "special_tokens": .object(["<s>": .object(["id": "<s>", "ids": [0], "tokens": ["<s>"]])]),
                ]))
        },
        Trap("a character map with a long replacement", "bert-unigram", tokenizer, saying: "replacement") {
            let bytes = [4, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0x61, count: 1000) + [0]
            $0.set(
                ["normalizer"],
                .object([
                    "type": "Precompiled", "precompiled_charsmap": .string(Data(bytes).base64EncodedString()),
                ]))
        },
    ]

    @Test(arguments: traps) func `a trap is refused by name, and soon`(trap: Trap) throws {
        let model = folder.url.appending(path: "model")
        try FileManager.default.copyItem(at: BERTGolden.folder(trap.golden), to: model)
        let file = model.appending(path: trap.file)
        var value = try JSONValue(json: Array(Data(contentsOf: file)))
        trap.change(&value)
        var writer = JSONWriter(escaping: .required)
        writer.value(value)
        try Data(writer.bytes).write(to: file)
        let start = ContinuousClock.now
        let error = try #require(throws: AkinError.self) { try BERTEncoder(folder: model) }
        #expect([.invalidData, .incompatible].contains(error.code))
        #expect(error.message.contains(trap.word) && error.message.utf8.count < 2000, "\(error.message.prefix(500))")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(arguments: [
        ("half", "config.json"), ("half", "modules.json"), ("half", "1_Pooling/config.json"), ("half", "vocab.txt"),
        ("half", "tokenizer_config.json"), ("mpnet", "tokenizer.json"), ("dense", "2_Dense/config.json"),
        ("sharded-bfloat", "model.safetensors.index.json"),
    ])
    func `a file without end is not read`(golden: String, file: String) throws {
        let model = folder.url.appending(path: "model")
        try FileManager.default.copyItem(at: BERTGolden.folder(golden), to: model)
        // Zeros, of which the disk keeps none.
        #expect(truncate(model.appending(path: file).path, 1 << 36) == 0)
        let start = ContinuousClock.now
        let error = try #require(throws: AkinError.self) { try BERTEncoder(folder: model) }
        let cause = error.cause.map { "\($0)" } ?? ""
        #expect((error.message + cause).contains("64 MB"), "\(error)")
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}

extension JSONValue {
    /// Sets a member of an object within objects.
    fileprivate mutating func set(_ path: [String], _ value: JSONValue) {
        guard let name = path.first, case .object(var members) = self else {
            self = value
            return
        }
        var inner = members[name] ?? .null
        inner.set(Array(path.dropFirst()), value)
        members[name] = inner
        self = .object(members)
    }
}
