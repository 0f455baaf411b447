/// The families of networks that compute what BERT computes, and the names that they give its parts.
///
/// They differ in what a token's state begins with (segments, the first position) and in what the attention knows of
/// distances. The layers are the same.
package enum BERTFamily: Sendable, CaseIterable {
    /// Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding".
    case bert
    /// Liu et al. 2019, "RoBERTa", and its multilingual sister XLM-R (Conneau et al. 2020): one segment, positions
    /// after that of padding.
    case roberta
    /// Sanh et al. 2019, "DistilBERT": no segments.
    case distilBERT
    /// Song et al. 2020, "MPNet": no segments, positions after that of padding, and a bias by distance in every
    /// attention.
    case mpnet

    /// The values of "model_type" in `config.json`.
    var modelTypes: [String] {
        switch self {
        case .bert: ["bert"]
        case .roberta: ["roberta", "xlm-roberta", "camembert"]
        case .distilBERT: ["distilbert"]
        case .mpnet: ["mpnet"]
        }
    }

    init?(modelType: String) {
        guard let family = Self.allCases.first(where: { $0.modelTypes.contains(modelType) }) else { return nil }
        self = family
    }

    /// The id of padding where a configuration does not say it; positions begin after it. nil where they begin at 0.
    var standardPadID: Int? { self == .roberta || self == .mpnet ? 1 : nil }

    /// Whether the embeddings have segments.
    var hasSegments: Bool { self == .bert || self == .roberta }

    /// The names of the settings in `config.json`.
    var settings: SettingNames { self == .distilBERT ? .distilBERT : .bert }

    /// The names of the parameters.
    var parameters: ParameterNames {
        switch self {
        case .bert, .roberta: .bert
        case .distilBERT: .distilBERT
        case .mpnet: .mpnet
        }
    }
}

extension BERTFamily {
    struct SettingNames: Sendable {
        var hiddenSize = "hidden_size"
        var layers = "num_hidden_layers"
        var heads = "num_attention_heads"
        var intermediateSize = "intermediate_size"
        var activation = "hidden_act"

        static let bert = SettingNames()
        static let distilBERT = SettingNames(
            hiddenSize: "dim", layers: "n_layers", heads: "n_heads", intermediateSize: "hidden_dim",
            activation: "activation")
    }

    /// What stands in a layer's names, after its own.
    struct ParameterNames: Sendable {
        /// Before the number of a layer.
        var layer = "encoder.layer."
        var query = "attention.self.query"
        var key = "attention.self.key"
        var value = "attention.self.value"
        var attentionOutput = "attention.output.dense"
        var attentionNormalization = "attention.output.LayerNorm"
        var intermediate = "intermediate.dense"
        var output = "output.dense"
        var outputNormalization = "output.LayerNorm"

        static let bert = ParameterNames()
        static let distilBERT = ParameterNames(
            layer: "transformer.layer.", query: "attention.q_lin", key: "attention.k_lin", value: "attention.v_lin",
            attentionOutput: "attention.out_lin", attentionNormalization: "sa_layer_norm", intermediate: "ffn.lin1",
            output: "ffn.lin2", outputNormalization: "output_layer_norm")
        static let mpnet = ParameterNames(
            query: "attention.attn.q", key: "attention.attn.k", value: "attention.attn.v",
            attentionOutput: "attention.attn.o", attentionNormalization: "attention.LayerNorm")
    }
}
