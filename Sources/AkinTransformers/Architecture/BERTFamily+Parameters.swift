extension BERTFamily {
    /// The names of the tensors. Of a linear layer in several tensors, their rows stand one below the other.
    struct ParameterNames: Sendable {
        var words = "embeddings.word_embeddings.weight"
        var embeddingNormalization = "embeddings.LayerNorm"
        /// Before the number of a layer; what follows stands after it.
        var layer = "encoder.layer."
        var queryKeyValue = ["attention.self.query", "attention.self.key", "attention.self.value"]
        var attentionOutput = "attention.output.dense"
        /// What is normalised between the attention and the feed-forward step.
        var attentionNormalization = "attention.output.LayerNorm"
        var intermediate = ["intermediate.dense"]
        var output = "output.dense"
        /// What is normalised after the feed-forward step: in the layer itself, or where `lastNormalization` is given
        /// in the next, under this name, and after the last layer under that.
        var outputNormalization = "output.LayerNorm"
        var lastNormalization: String?

        static let bert = ParameterNames()
        static let distilBERT = ParameterNames(
            layer: "transformer.layer.", queryKeyValue: ["attention.q_lin", "attention.k_lin", "attention.v_lin"],
            attentionOutput: "attention.out_lin", attentionNormalization: "sa_layer_norm", intermediate: ["ffn.lin1"],
            output: "ffn.lin2", outputNormalization: "output_layer_norm")
        static let mpnet = ParameterNames(
            queryKeyValue: ["attention.attn.q", "attention.attn.k", "attention.attn.v"],
            attentionOutput: "attention.attn.o", attentionNormalization: "attention.LayerNorm")
        static let modernBERT = ParameterNames(
            words: "embeddings.tok_embeddings.weight", embeddingNormalization: "embeddings.norm", layer: "layers.",
            queryKeyValue: ["attn.Wqkv"], attentionOutput: "attn.Wo", attentionNormalization: "mlp_norm",
            intermediate: ["mlp.Wi"], output: "mlp.Wo", outputNormalization: "attn_norm",
            lastNormalization: "final_norm")
        static let nomicBERT = ParameterNames(
            embeddingNormalization: "emb_ln", layer: "encoder.layers.", queryKeyValue: ["attn.Wqkv"],
            attentionOutput: "attn.out_proj", attentionNormalization: "norm1", intermediate: ["mlp.fc12", "mlp.fc11"],
            output: "mlp.fc2", outputNormalization: "norm2")
        static let gte = ParameterNames(
            queryKeyValue: ["attention.qkv_proj"], attentionOutput: "attention.o_proj",
            attentionNormalization: "attn_ln", intermediate: ["mlp.up_gate_proj"], output: "mlp.down_proj",
            outputNormalization: "mlp_ln")
        static let jinaBERT = ParameterNames(
            intermediate: ["mlp.gated_layers"], output: "mlp.wo", outputNormalization: "mlp.layernorm")

        /// The name of what is normalised after the feed-forward step of a layer.
        func outputNormalization(of layer: Int, of count: Int) -> String {
            guard let lastNormalization else { return "\(self.layer)\(layer).\(outputNormalization)" }
            return layer + 1 < count ? "\(self.layer)\(layer + 1).\(outputNormalization)" : lastNormalization
        }
    }

    var parameters: ParameterNames {
        switch self {
        case .bert, .roberta: .bert
        case .distilBERT: .distilBERT
        case .mpnet: .mpnet
        case .modernBERT: .modernBERT
        case .nomicBERT: .nomicBERT
        case .gte: .gte
        case .jinaBERT: .jinaBERT
        }
    }
}
