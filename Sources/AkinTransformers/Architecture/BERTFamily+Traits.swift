import AkinCore

extension BERTFamily {
    /// What a family does in another way than the first BERT.
    struct Traits: Sendable {
        var positions = Positions.learned(firstAfterPadding: nil)
        var segments = Segments.each
        var gate = Gate.none
        /// Whether a step reads normalised states and adds its result to those that are not, instead of normalising the
        /// sum (Xiong et al. 2020, "On Layer Normalization in the Transformer Architecture").
        var isPreNormalized = false
        var biases = Biases(everywhere: Presence.always)
        /// What is computed for each name of an activation in `config.json`.
        var activations: [String: Activation] = [
            "gelu": .gelu, "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "relu": .relu,
        ]
        /// The one value that a setting may have where it is given.
        var fixed: [String: JSONValue] = ["position_embedding_type": .string("absolute"), "is_decoder": .bool(false)]
        /// Settings whose absence would mean another network.
        var needed: [String] = []
    }

    /// How a network knows where a token stands.
    enum Positions: Sendable, Equatable {
        /// A table of states by place. Where padding has a place of its own, with the given id unless `config.json` has
        /// another, a text begins after it.
        case learned(firstAfterPadding: Int?)
        /// Queries and keys are turned by their place (`RotaryTable`); all layers alike, or by their kinds. Where there is
        /// no standard base, `config.json` must have one.
        case rotary(standardBase: Double?)
        case rotaryByLayer
        /// Scores fall with the distance of two tokens, in each head at another rate (`RelativePositionBias`).
        case linearBias
    }

    /// What the embeddings know of the texts of a pair.
    enum Segments: Sendable {
        /// Each has a segment.
        case each
        /// Both are of the first.
        case first
        case none
    }

    /// What becomes of the results of the first layer of a feed-forward step.
    enum Gate: Sendable {
        /// activation(x)
        case none
        /// activation(x₁) · x₂, where x₁ and x₂ are the halves of x (Shazeer 2020, "GLU Variants Improve Transformer").
        case first
        /// x₁ · activation(x₂)
        case second
    }

    /// What is to be said of the biases of each part; one that is missing is zero.
    struct Biases<Value: Sendable>: Sendable {
        var queryKeyValue: Value
        var attentionOutput: Value
        var intermediate: Value
        var output: Value
        var normalizations: Value

        func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Biases<Other> {
            Biases<Other>(
                queryKeyValue: try transform(queryKeyValue), attentionOutput: try transform(attentionOutput),
                intermediate: try transform(intermediate), output: try transform(output),
                normalizations: try transform(normalizations))
        }
    }

    enum Presence: Sendable {
        case always
        case never
        /// Where a setting of `config.json` is true.
        case setting(String)
    }

    /// Everywhere but in the layer whose results are gated.
    private static var gatedBiases: Biases<Presence> {
        var biases = Biases(everywhere: Presence.always)
        biases.intermediate = .never
        return biases
    }

    var traits: Traits {
        switch self {
        case .bert: Traits()
        case .roberta: Traits(positions: .learned(firstAfterPadding: 1), segments: .first)
        case .distilBERT: Traits(segments: .none)
        case .mpnet: Traits(positions: .learned(firstAfterPadding: 1), segments: .none)
        case .modernBERT:
            Traits(
                positions: .rotaryByLayer, segments: .none, gate: .first, isPreNormalized: true,
                biases: Biases(
                    queryKeyValue: .setting("attention_bias"), attentionOutput: .setting("attention_bias"),
                    intermediate: .setting("mlp_bias"), output: .setting("mlp_bias"),
                    normalizations: .setting("norm_bias")))
        case .nomicBERT:
            Traits(
                positions: .rotary(standardBase: 1000), gate: .first,
                biases: Biases(
                    queryKeyValue: .setting("qkv_proj_bias"), attentionOutput: .setting("qkv_proj_bias"),
                    intermediate: .setting("mlp_fc1_bias"), output: .setting("mlp_fc2_bias"), normalizations: .always),
                activations: ["swiglu": .silu, "silu": .silu, "geglu": .gelu],
                fixed: [
                    "causal": .bool(false), "moe_every_n_layers": .number(0), "parallel_block": .bool(false),
                    "prenorm": .bool(false), "rotary_emb_fraction": .number(1),
                    "rotary_emb_interleaved": .bool(false), "rotary_emb_scale_base": .null,
                    "scale_attn_by_inverse_layer_idx": .bool(false), "scale_attn_weights": .bool(true),
                    "use_rms_norm": .bool(false),
                ])
        case .gte:
            Traits(
                positions: .rotary(standardBase: nil), segments: .first, gate: .second,
                biases: Self.gatedBiases,
                fixed: [
                    "layer_norm_type": .string("layer_norm"), "logn_attention_scale": .bool(false),
                    "pack_qkv": .bool(true), "position_embedding_type": .string("rope"),
                ])
        case .jinaBERT:
            Traits(
                positions: .linearBias, gate: .first, biases: Self.gatedBiases,
                fixed: [
                    "feed_forward_type": .string("geglu"), "is_decoder": .bool(false),
                    "position_embedding_type": .string("alibi"),
                ], needed: ["feed_forward_type", "position_embedding_type"])
        }
    }
}

extension BERTFamily.Biases {
    init(everywhere value: Value) {
        self.init(
            queryKeyValue: value, attentionOutput: value, intermediate: value, output: value, normalizations: value)
    }
}
