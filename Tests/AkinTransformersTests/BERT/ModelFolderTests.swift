import AkinTransformers
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// Model folders as other programs lay them out.
@Suite struct ModelFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A copy of a golden model to change.
    private func copy(_ golden: String, as name: String = "copy") throws -> URL {
        let model = folder.url.appending(path: name)
        try FileManager.default.copyItem(at: BERTGolden.folder(golden), to: model)
        return model
    }

    private func write(_ text: String, _ name: String, in model: URL) throws {
        try Data(text.utf8).write(to: model.appending(path: name))
    }

    private static let texts = ["the big red dog", "a small house"]

    private func vectors(_ model: URL, _ role: TextRole = .passage) throws -> [[Float]] {
        let vectors = try BERTEncoder(folder: model).encode(Self.texts, role: role, threads: 1).vectors
        return (0..<vectors.rows).map(vectors.row)
    }

    // MARK: Longest text

    struct Lengths: Sendable, CustomTestStringConvertible {
        var sentence: String?
        var modelMaximum: String?
        var truncation: String?
        let expected: Int
        var testDescription: String { "\(sentence ?? "-") \(modelMaximum ?? "-") \(truncation ?? "-")" }
    }

    /// The model has 48 positions.
    @Test(arguments: [
        Lengths(sentence: "20", modelMaximum: "30", truncation: "10", expected: 20),
        Lengths(sentence: "null", modelMaximum: "30", truncation: "10", expected: 30),
        Lengths(modelMaximum: "30", truncation: "10", expected: 30),
        Lengths(modelMaximum: "512", truncation: "10", expected: 48),
        Lengths(modelMaximum: "1e30", truncation: "10", expected: 48), Lengths(truncation: "10", expected: 10),
        Lengths(expected: 48),
    ])
    func `max_seq_length decides, then model_max_length, and what truncation was left last`(lengths: Lengths) throws {
        let model = try copy("mean-prompts")
        let vocabulary = try String(contentsOf: model.appending(path: "vocab.txt"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        let entries = try String(
            decoding: JSONEncoder().encode(
                Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($0.element, $0.offset) })),
            as: UTF8.self)
        let truncation =
            lengths.truncation.map {
                #"{"max_length":\#($0),"strategy":"LongestFirst","stride":0,"direction":"Right"}"#
            } ?? "null"
        try write(
            #"""
            {"version":"1.0","truncation":\#(truncation),"padding":null,"added_tokens":[],"normalizer":{"type":"BertNormalizer"},
            "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,"decoder":null,
            "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":\#(entries)}}
            """#, "tokenizer.json", in: model)
        try write(
            lengths.modelMaximum.map { #"{"model_max_length":\#($0)}"# } ?? "{}", "tokenizer_config.json", in: model)
        try write(
            lengths.sentence.map { #"{"max_seq_length":\#($0)}"# } ?? "{}", "sentence_bert_config.json", in: model)
        #expect(try BERTEncoder(folder: model).maximumTokens == lengths.expected)
    }

    // MARK: Pooling

    @Test func `a list of pooling modes gives their vectors one after the other`() throws {
        let modes = ["cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]
        func model(_ pooling: String) throws -> [[Float]] {
            let model = try copy("every-pooling", as: UUID().uuidString)
            try write(#"{"embedding_dimension":16,"pooling_mode":\#(pooling)}"#, "1_Pooling/config.json", in: model)
            return try vectors(model)
        }
        let single = try modes.map { try model("\"\($0)\"") }
        for pair in [[2, 1], [1, 2], [5, 0, 3], [4], Array(modes.indices)] {
            let list = "[" + pair.map { "\"\(modes[$0])\"" }.joined(separator: ",") + "]"
            let expected = Self.texts.indices.map { text in pair.flatMap { single[$0][text] } }
            #expect(try model(list) == expected, "\(list)")
        }
        #expect(
            try model(#"["cls","max","mean","mean_sqrt_len_tokens","weightedmean","lasttoken"]"#)
                == vectors(BERTGolden.folder("every-pooling")))
        for (pooling, word) in [
            (#"["mean","attention"]"#, "attention"), ("[]", "no pooling mode"), ("[3]", "not a name"),
            ("{}", "neither"),
        ] {
            #expect(try #require(throws: AkinError.self) { try model(pooling) }.message.contains(word), "\(pooling)")
        }
    }

    @Test func `a pooling file without modes means the mean`() throws {
        let model = try copy("mean-prompts")
        let before = try vectors(model)
        try write(#"{"word_embedding_dimension":32}"#, "1_Pooling/config.json", in: model)
        #expect(try vectors(model) == before)
    }

    // MARK: Layout

    @Test func `the network may lie in a folder of its own`() throws {
        let model = try copy("mean-prompts")
        let inner = model.appending(path: "0_Transformer")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
        for name in [
            "config.json", "model.safetensors", "vocab.txt", "tokenizer_config.json", "sentence_bert_config.json",
        ] {
            try FileManager.default.moveItem(at: model.appending(path: name), to: inner.appending(path: name))
        }
        #expect(
            !ModelFolder.holdsNetwork(model) && ModelFolder.holdsNetwork(inner) && ModelFolder.whole(of: inner) == inner
        )
        try write(
            #"""
            [{"idx":0,"name":"0","path":"0_Transformer","type":"sentence_transformers.models.Transformer"},
            {"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.models.Pooling"},
            {"idx":2,"name":"2","path":"2_Normalize","type":"sentence_transformers.models.Normalize"}]
            """#, "modules.json", in: model)
        #expect(ModelFolder.holdsNetwork(model))
        #expect(ModelFolder.whole(of: inner).standardizedFileURL.path == model.standardizedFileURL.path)
        for role in [TextRole.passage, .query] {
            #expect(try vectors(model, role) == vectors(BERTGolden.folder("mean-prompts"), role))
        }
    }

    // MARK: Prompts

    @Test(arguments: [
        (#"{"prompts":{"corpus":"small ","passage":"red ","document":"big "}}"#, "big ", ""),
        (#"{"prompts":{"corpus":"small ","passage":"red "}}"#, "red ", ""),
        (#"{"prompts":{"corpus":"small "}}"#, "small ", ""),
        (#"{"prompts":{"document":"","passage":"red ","query":"big "}}"#, "", "big "),
        (#"{"prompts":{"document":null,"passage":"red "}}"#, "red ", ""),
        (#"{"prompts":{"other":"small ","query":"big "},"default_prompt_name":"other"}"#, "small ", "big "),
        (#"{"prompts":{"other":"small "},"default_prompt_name":"other"}"#, "small ", "small "),
    ])
    func `passages take the prompt for documents, passages or the corpus, in this order`(
        json: String, passage: String, query: String
    ) throws {
        let model = try copy("mean-prompts")
        try write("{}", "config_sentence_transformers.json", in: model)
        let bare = try BERTEncoder(folder: model)
        try write(json, "config_sentence_transformers.json", in: model)
        let encoder = try BERTEncoder(folder: model)
        for (role, prompt) in [(TextRole.passage, passage), (.query, query)] {
            let found = try encoder.encode(Self.texts, role: role, threads: 1).vectors
            let expected = try bare.encode(Self.texts.map { prompt + $0 }, role: role, threads: 1).vectors
            #expect(found.row(0) == expected.row(0) && found.row(1) == expected.row(1))
        }
    }
}
