/// How a family makes scores of a whole sequence: two layers over the first token's last state, and a function between
/// them.
struct SequenceHeadNames: Sendable {
    /// The first layer, H → H.
    let dense: String
    /// Whether the first layer is one of the network's own.
    let denseIsOfNetwork: Bool
    let function: PooledFunction
    /// The second layer, H → labels.
    let classifier: String
}

/// The function between the two layers of a head over sequences.
enum PooledFunction: Sendable {
    case tanh
    case relu
}

extension BERTFamily {
    /// The head of the family's models for sequence classification; nil where none is known.
    var sequenceHead: SequenceHeadNames? { Self.sequenceHeads[self] }

    private static let sequenceHeads: [BERTFamily: SequenceHeadNames] = [
        .bert: SequenceHeadNames(
            dense: "pooler.dense", denseIsOfNetwork: true, function: .tanh, classifier: "classifier"),
        .roberta: .afterNetwork,
        .mpnet: .afterNetwork,
        .distilBERT: SequenceHeadNames(
            dense: "pre_classifier", denseIsOfNetwork: false, function: .relu, classifier: "classifier"),
    ]
}

extension SequenceHeadNames {
    /// Both layers in the head, by the names that RoBERTa gives them.
    fileprivate static let afterNetwork = SequenceHeadNames(
        dense: "classifier.dense", denseIsOfNetwork: false, function: .tanh, classifier: "classifier.out_proj")

    /// Whether a model has both layers.
    func isIn(network: ParameterReader, head: ParameterReader) -> Bool {
        (denseIsOfNetwork ? network : head).has(dense + ".weight") && head.has(classifier + ".weight")
    }
}
