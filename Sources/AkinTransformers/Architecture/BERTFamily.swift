/// The families of networks that compute what BERT computes.
///
/// A family is a configuration and a table: its `traits` say what it does in another way, its `settings` how it calls
/// the numbers in `config.json`, and its `parameters` how it calls its tensors. The layers are the same.
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
    /// Warner et al. 2024, "Smarter, Better, Faster, Longer": rotary positions, local attention in most layers, gated
    /// feed-forward steps, and states that are normalised before each step instead of after it.
    case modernBERT
    /// Nussbaum et al. 2024, "Nomic Embed": rotary positions and gated feed-forward steps.
    case nomicBERT
    /// Zhang et al. 2024, "mGTE": rotary positions and gated feed-forward steps; Alibaba's code calls it "new".
    case gte
    /// Günther et al. 2023, "Jina Embeddings 2": a bias that falls with the distance of two tokens, and gated
    /// feed-forward steps. Its files call it "bert".
    case jinaBERT

    /// The values of "model_type" in `config.json`.
    var modelTypes: [String] {
        switch self {
        case .bert: ["bert"]
        case .roberta: ["roberta", "xlm-roberta", "camembert"]
        case .distilBERT: ["distilbert"]
        case .mpnet: ["mpnet"]
        case .modernBERT: ["modernbert"]
        case .nomicBERT: ["nomic_bert"]
        case .gte: ["gte", "new"]
        case .jinaBERT: ["jina_bert"]
        }
    }

    /// - Throws: `AkinError(.incompatible)` for a "model_type" that is not known.
    init(_ settings: ModelSettings) throws {
        let type = try settings.text("model_type") ?? "bert"
        guard let family = Self.allCases.first(where: { $0.modelTypes.contains(type) }) else {
            let known = Self.allCases.flatMap(\.modelTypes).map { "\"\($0)\"" }.joined(separator: ", ")
            throw settings.unsupported("model_type", type, known: known)
        }
        let isJina = try family == .bert && settings.text("position_embedding_type") == "alibi"
        self = isJina ? .jinaBERT : family
    }
}
