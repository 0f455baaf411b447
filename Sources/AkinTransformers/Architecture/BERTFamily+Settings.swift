extension BERTFamily {
    /// The names of the settings in `config.json`; of several, the first that is given counts.
    struct SettingNames: Sendable {
        var hiddenSize = ["hidden_size"]
        var layers = ["num_hidden_layers"]
        var heads = ["num_attention_heads"]
        var intermediateSize = ["intermediate_size"]
        var activation = ["hidden_act"]
        var maximumPositions = ["max_position_embeddings"]
        var epsilon = ["layer_norm_eps"]
        var standardEpsilon = 1e-12

        static let bert = SettingNames()
        static let distilBERT = SettingNames(
            hiddenSize: ["dim"], layers: ["n_layers"], heads: ["n_heads"], intermediateSize: ["hidden_dim"],
            activation: ["activation"])
        static let modernBERT = SettingNames(
            activation: ["hidden_activation"], epsilon: ["norm_eps", "layer_norm_eps"], standardEpsilon: 1e-5)
        /// Those of `transformers`, and those of the files that its authors published.
        static let nomicBERT = SettingNames(
            hiddenSize: ["hidden_size", "n_embd"], layers: ["num_hidden_layers", "n_layer"],
            heads: ["num_attention_heads", "n_head"], intermediateSize: ["intermediate_size", "n_inner"],
            activation: ["hidden_act", "activation_function"],
            maximumPositions: ["max_position_embeddings", "n_positions"],
            epsilon: ["layer_norm_eps", "layer_norm_epsilon"])
    }

    var settings: SettingNames {
        switch self {
        case .bert, .roberta, .mpnet, .gte, .jinaBERT: .bert
        case .distilBERT: .distilBERT
        case .modernBERT: .modernBERT
        case .nomicBERT: .nomicBERT
        }
    }
}
