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
    var sequenceHead: SequenceHeadNames? {
        switch self {
        case .bert:
            SequenceHeadNames(
                dense: "pooler.dense", denseIsOfNetwork: true, function: .tanh, classifier: "classifier")
        case .roberta, .mpnet:
            SequenceHeadNames(
                dense: "classifier.dense", denseIsOfNetwork: false, function: .tanh, classifier: "classifier.out_proj")
        case .distilBERT:
            SequenceHeadNames(
                dense: "pre_classifier", denseIsOfNetwork: false, function: .relu, classifier: "classifier")
        }
    }
}

extension SequenceHeadNames {
    /// Whether a model has both layers.
    func isIn(network: ParameterReader, head: ParameterReader) -> Bool {
        (denseIsOfNetwork ? network : head).has(dense + ".weight") && head.has(classifier + ".weight")
    }
}
