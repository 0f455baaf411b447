import AkinVectors
import AkinTransformers
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Model folders that are broken or ask for what is not computed: an error that names the fault, never a crash or a
/// wrong vector.
@Suite struct BERTMalformedModelTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A change of one file of the golden model "mean-prompts" (or "dense"), and a word the error must hold.
    struct Fault: Sendable, CustomTestStringConvertible {
        var golden = "mean-prompts"
        let file: String
        let old: String
        let new: String
        let code: AkinError.Code
        let word: String
        var testDescription: String { "\(file): \(old) → \(new)" }
    }

    static let faults: [Fault] = [
        Fault(file: "config.json", old: "\"bert\"", new: "\"electra\"", code: .incompatible, word: "model_type"),
        Fault(
            golden: "mpnet", file: "config.json", old: "num_buckets\": 32", new: "num_buckets\": 16",
            code: .incompatible,
            word: "relative_attention_num_buckets"),
        Fault(
            golden: "roberta", file: "config.json", old: "\"max_position_embeddings\": 42",
            new: "\"max_position_embeddings\": 4",
            code: .invalidData, word: "too few"),
        Fault(
            golden: "roberta", file: "config.json", old: "\"pad_token_id\": 1",
            new: "\"pad_token_id\": 9223372036854775807", code: .invalidData,
            word: "pad_token_id"),
        Fault(
            golden: "distilbert", file: "config.json", old: "\"n_heads\": 3", new: "\"n_heads\": 5", code: .invalidData,
            word: "n_heads"),
        Fault(
            file: "config.json", old: "absolute", new: "relative_key", code: .incompatible,
            word: "position_embedding_type"),
        Fault(file: "config.json", old: "\"gelu\"", new: "\"silu\"", code: .incompatible, word: "hidden_act"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": 33", code: .invalidData,
            word: "hidden_size"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": 36", code: .invalidData,
            word: "shape"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": -32", code: .invalidData,
            word: "hidden_size"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": \"x\"", code: .invalidData,
            word: "hidden_size"),
        Fault(file: "config.json", old: "\"hidden_size\": 32,", new: "", code: .invalidData, word: "hidden_size"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": 9e30", code: .invalidData,
            word: "config.json"),
        Fault(
            file: "config.json", old: "num_hidden_layers\": 2", new: "num_hidden_layers\": 3", code: .invalidData,
            word: "layer.2"),
        Fault(
            file: "config.json", old: "num_hidden_layers\": 2", new: "num_hidden_layers\": 0", code: .invalidData,
            word: "layers"),
        Fault(
            file: "config.json", old: "num_attention_heads\": 4", new: "num_attention_heads\": 0", code: .invalidData,
            word: "heads"),
        Fault(
            file: "config.json", old: "intermediate_size\": 64", new: "intermediate_size\": 65", code: .invalidData,
            word: "intermediate"),
        Fault(file: "config.json", old: "1e-12", new: "-1", code: .invalidData, word: "layer_norm_eps"),
        Fault(
            file: "config.json", old: "position_embeddings\": 48", new: "position_embeddings\": 2", code: .invalidData,
            word: "position"),
        Fault(
            golden: "modernbert", file: "config.json", old: "\"num_attention_heads\": 3",
            new: "\"num_attention_heads\": 8", code: .invalidData, word: "heads of 3 components"),
        Fault(
            golden: "modernbert", file: "config.json", old: "\"local_attention\": 8", new: "\"local_attention\": -8",
            code: .invalidData, word: "local_attention"),
        Fault(
            golden: "modernbert", file: "config.json", old: "every_n_layers\": 3", new: "every_n_layers\": 0",
            code: .invalidData, word: "global_attn_every_n_layers"),
        Fault(
            golden: "modernbert", file: "config.json", old: "\"global_rope_theta\": 160000.0",
            new: "\"global_rope_theta\": 0", code: .invalidData, word: "rotary"),
        Fault(
            golden: "modernbert", file: "config.json", old: "\"hidden_activation\": \"gelu\"",
            new: "\"hidden_activation\": \"silu\"", code: .incompatible, word: "hidden_activation"),
        Fault(
            golden: "modernbert", file: "config.json", old: "\"norm_eps\"", new: "\"norm_bias\": true, \"norm_eps\"",
            code: .invalidData, word: "norm.bias"),
        Fault(
            golden: "modernbert-new", file: "config.json", old: "\"full_attention\",", new: "\"causal\",",
            code: .incompatible, word: "layer_types"),
        Fault(
            golden: "modernbert-new", file: "config.json", old: "\"full_attention\",", new: "", code: .invalidData,
            word: "names 2 layers"),
        Fault(
            golden: "modernbert-new", file: "config.json", old: "\"linear\"", new: "\"yarn\"", code: .incompatible,
            word: "\"rope_type\" is \"yarn\""),
        Fault(
            golden: "nomic-authors", file: "config.json", old: "\"prenorm\": false", new: "\"prenorm\": true",
            code: .incompatible,
            word: "prenorm"),
        Fault(
            golden: "nomic-authors", file: "config.json", old: "\"rotary_emb_fraction\": 1.0",
            new: "\"rotary_emb_fraction\": 0.5", code: .incompatible,
            word: "rotary_emb_fraction"),
        Fault(
            golden: "nomic-authors", file: "config.json", old: "\"rotary_emb_scale_base\": null",
            new: "\"rotary_emb_scale_base\": 512", code: .incompatible,
            word: "rotary_emb_scale_base"),
        Fault(
            golden: "nomic-authors", file: "config.json", old: "\"swiglu\"", new: "\"gelu\"", code: .incompatible,
            word: "activation_function"),
        Fault(
            golden: "nomic-authors", file: "config.json", old: "\"prenorm\"",
            new: "\"moe_every_n_layers\": 2, \"prenorm\"", code: .incompatible,
            word: "moe_every_n_layers"),
        Fault(
            golden: "nomic-authors", file: "config.json", old: "\"qkv_proj_bias\": false",
            new: "\"qkv_proj_bias\": true", code: .invalidData,
            word: "Wqkv.bias"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"rope\"", new: "\"absolute\"", code: .incompatible,
            word: "position_embedding_type"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"rope_theta\": 20000,", new: "", code: .invalidData,
            word: "rope_theta"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"pack_qkv\": true", new: "\"pack_qkv\": false",
            code: .incompatible,
            word: "pack_qkv"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"logn_attention_scale\": false",
            new: "\"logn_attention_scale\": true", code: .incompatible,
            word: "logn_attention_scale"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"type\": \"ntk\"",
            new: "\"type\": \"ntk\", \"mixed_b\": 0.7", code: .incompatible,
            word: "mixed_b"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"type\": \"ntk\"", new: "\"type\": \"dynamic\"",
            code: .incompatible,
            word: "rope_type"),
        Fault(
            golden: "gte-authors", file: "config.json", old: "\"type_vocab_size\": 0", new: "\"type_vocab_size\": 1",
            code: .invalidData,
            word: "token_type_embeddings"),
        Fault(
            golden: "jina", file: "config.json", old: "\"geglu\"", new: "\"original\"", code: .incompatible,
            word: "feed_forward_type"),
        Fault(
            golden: "jina", file: "config.json", old: "\"feed_forward_type\": \"geglu\",", new: "", code: .invalidData,
            word: "feed_forward_type"),
        Fault(file: "config.json", old: "{", new: "[", code: .invalidData, word: "config.json"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": 032", code: .invalidData,
            word: "config.json, line"),
        Fault(
            file: "config.json", old: "\"hidden_size\": 32", new: "\"hidden_size\": 32.5", code: .invalidData,
            word: "\"hidden_size\" has the wrong type: a whole number"),
        Fault(file: "modules.json", old: "\"type\"", new: "\"kind\"", code: .invalidData, word: "module 0"),
        Fault(
            file: "modules.json", old: "models.Normalize", new: "models.WordWeights", code: .incompatible,
            word: "WordWeights"),
        Fault(file: "modules.json", old: "models.Pooling", new: "models.LSTM", code: .incompatible, word: "LSTM"),
        Fault(
            file: "modules.json", old: "sentence_transformers.models.Normalize", new: "os.Normalize",
            code: .incompatible, word: "os."),
        Fault(file: "modules.json", old: "\"1_Pooling\"", new: "\"../1_Pooling\"", code: .invalidData, word: "leaves"),
        Fault(file: "modules.json", old: "\"1_Pooling\"", new: "\"missing\"", code: .noModel, word: "missing"),
        Fault(
            file: "1_Pooling/config.json", old: "mean_tokens\": true", new: "mean_tokens\": false", code: .invalidData,
            word: "pooling"),
        Fault(
            file: "1_Pooling/config.json", old: "mean_tokens\": true", new: "odd\": true", code: .incompatible,
            word: "pooling_mode_odd"),
        Fault(file: "sentence_bert_config.json", old: "40", new: "2", code: .invalidData, word: "max_seq_length"),
        Fault(
            file: "sentence_bert_config.json", old: "40", new: "\"many\"", code: .invalidData, word: "max_seq_length"),
        Fault(
            golden: "plain-cased", file: "config.json", old: "vocab_size\": 12", new: "vocab_size\": 11",
            code: .invalidData, word: "shape"),
        Fault(
            golden: "dense", file: "2_Dense/config.json", old: "activation.Tanh", new: "activation.Mish",
            code: .incompatible, word: "Mish"),
        Fault(
            golden: "dense", file: "2_Dense/config.json", old: "48", new: "47", code: .invalidData,
            word: "linear.weight"),
        Fault(
            golden: "dense", file: "1_Pooling/config.json", old: "cls_token\": true", new: "cls_token\": false",
            code: .invalidData,
            word: "48"),
        Fault(
            golden: "sharded-bfloat", file: "model.safetensors.index.json", old: "model-00001", new: "../model-00001",
            code: .invalidData,
            word: "shard"),
        Fault(
            golden: "sharded-bfloat", file: "model.safetensors.index.json", old: "model-00001", new: "model-00002",
            code: .invalidData,
            word: "model-00002"),
    ]

    @Test(arguments: faults)
    func `a malformed model is refused with an error that names the fault`(fault: Fault) throws {
        let model = folder.url.appending(path: "copy")
        try FileManager.default.copyItem(at: BERTGolden.folder(fault.golden), to: model)
        let file = model.appending(path: fault.file)
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(fault.old))
        try Data(text.replacing(fault.old, with: fault.new).utf8).write(to: file)
        let error = try #require(throws: AkinError.self) { try BERTEncoder(folder: model) }
        #expect(error.code == fault.code)
        #expect(error.message.contains(fault.word), "\(error.message)")
    }

    @Test(arguments: ["model.safetensors", "config.json", "vocab.txt", "1_Pooling/config.json"])
    func `a missing file is named`(name: String) throws {
        let model = folder.url.appending(path: "copy")
        try FileManager.default.copyItem(at: BERTGolden.folder("mean-prompts"), to: model)
        try FileManager.default.removeItem(at: model.appending(path: name))
        let error = try #require(throws: AkinError.self) { try BERTEncoder(folder: model) }
        #expect(error.message.contains(name), "\(error.message)")
    }

    @Test(arguments: EncodingPrecision.allCases)
    func `a weight that is not a number is reported instead of returned`(precision: EncodingPrecision) throws {
        let model = folder.url.appending(path: "copy")
        try FileManager.default.copyItem(at: BERTGolden.folder("mean-prompts"), to: model)
        let file = model.appending(path: "model.safetensors")
        var bytes = try Data(contentsOf: file)
        // The last tensor of the file is a parameter of the last layer, read as little-endian floats.
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
        try bytes.write(to: file)
        let encoder = try BERTEncoder(folder: model, precision: precision)
        let error = try #require(throws: AkinError.self) { try encoder.encode(["a man"], role: .passage, threads: 1) }
        #expect(error.message.contains("not finite"))
    }
}
