import AkinCore
import AkinTokenizers
import AkinVectors
import Crypto
import Foundation

/// SHA-256 over everything that decides what vector a text gets: weights, sizes, tokenizer, pooling, later stages,
/// longest text, prompts.
///
/// Two folders with equal fingerprints make the same vectors. Precision is left out: a query in one precision may
/// search vectors of another.
enum EncoderFingerprint {
    /// The fingerprint of a model whose vectors are made in another way than its folder says; the model's own where
    /// nothing is other.
    static func of(_ model: String, _ prompts: KnownPrompts?, _ cut: VectorCut?) -> String {
        guard prompts != nil || cut != nil else { return model }
        var text = model
        if let prompts { text += "\nquery \(prompts.query)\npassage \(prompts.passage)" }
        if let cut { text += "\ncut to \(cut.dimensions)\(cut.isCentred ? ", centred" : "")" }
        return SHA256.hash(data: Data(text.utf8)).hexadecimal
    }

    /// Cost: one pass of SHA-256 over all weight files.
    static func of(
        configuration: BERTConfiguration, checkpoint: SafetensorsCheckpoint, tokenizer: any Tokenizer,
        layout: SentenceTransformerLayout,
        stages: [FinishingStage<DenseLayer>], maximumTokens: Int
    ) -> String {
        var hash = SHA256()
        func add(_ label: String, _ data: Data) {
            hash.update(data: Data("\(label) \(data.count)\n".utf8))
            hash.update(data: data)
        }
        func add(_ label: String, _ text: String) { add(label, Data(text.utf8)) }

        add(
            "network",
            "\(configuration.family) \(configuration.layerCount) \(configuration.headCount) \(configuration.hiddenSize) \(configuration.activation) "
                + "\(configuration.layerNormEpsilon)")
        // Families that were known before there were such settings have none of them.
        if configuration.attentions.contains(where: { $0 != LayerAttention() }) {
            add("attentions", configuration.attentions.map(\.fingerprint).joined(separator: " "))
            add("biases", "\(configuration.biases)")
        }
        for file in checkpoint.files { add("weights", file.contents) }
        add("tokenizer", tokenizer.fingerprintBytes)
        add("maximum tokens", "\(maximumTokens)")
        add(
            "pooling",
            layout.pooling.map(\.rawValue).joined(separator: "+") + (layout.poolsPrompt ? "" : " without prompt"))
        for stage in stages {
            switch stage {
            case .normalize: add("stage", "normalize")
            case .dense(let layer):
                add("stage", "dense \(layer.function.rawValue) \(layer.weight.rows)")
                for file in layer.files { add("weights", file.contents) }
            }
        }
        add("query prompt", layout.queryPrompt)
        add("passage prompt", layout.passagePrompt)
        return hash.finalize().hexadecimal
    }
}

extension LayerAttention {
    fileprivate var fingerprint: String {
        "\(rotary.map { "\($0.base)/\($0.divisor)" } ?? "none"),\(window.map { "\($0)" } ?? "all")"
    }
}
