import AkinCore
import AkinVectors
package import Foundation

/// The shape of a BERT network (Devlin et al. 2019) or of one of its relatives, read from a Hugging Face `config.json`.
package struct BERTConfiguration: Sendable {
    package let family: BERTFamily
    /// Components of a token's state ("H" in the paper): 384 for MiniLM, 768 for the base models.
    package let hiddenSize: Int
    /// Layers ("L").
    package let layerCount: Int
    /// Attention heads of a layer ("A"); they divide the hidden size.
    package let headCount: Int
    /// Components inside the feed-forward step: 4 · H everywhere in the paper.
    package let intermediateSize: Int
    /// Positions that a token can have: the longest sequence the network can read.
    package let maximumPositions: Int
    /// Rows of the table of positions before that of a sequence's first token; 0 where there is no table.
    package let firstPosition: Int
    /// Segment embeddings: the first is that of one text and of the first of a pair, the second that of its second; 0
    /// where the network has none.
    package let tokenTypeCount: Int
    /// The numbers of distances in an attention's bias; nil where it has none.
    package let relativeAttentionBuckets: Int?
    package let vocabularySize: Int
    package let layerNormEpsilon: Float
    package let activation: Activation
    /// Of each layer.
    package let attentions: [LayerAttention]
    let biases: BERTFamily.Biases<Bool>
    /// Whether the layers read normalised states instead of normalising after each step.
    let isPreNormalized: Bool
    /// Whether half of what the first layer of a feed-forward step gives is a gate of the other.
    let isGated: Bool
    /// The name of the model that this one was trained or fine-tuned from, as its authors wrote it.
    package let originalName: String?

    package var headSize: Int { hiddenSize / headCount }

    /// The most tokens for which biases by distance are made where they follow a rule: 256 KB a head.
    private static let longestBias = 32_768

    /// Components that the first layer of the feed-forward step gives.
    var innerOutputs: Int { isGated ? 2 * intermediateSize : intermediateSize }

    /// Reads and checks `config.json`. Throws `.noModel` when it is missing, `.invalidData` when a field is wrong,
    /// `.incompatible` when the model is of a kind this network does not compute.
    package init(file: URL) throws {
        let settings = try ModelSettings(file)
        func size(_ names: [String], standard: Int? = nil) throws -> Int {
            let name = settings.firstGiven(names)
            let value = try settings.required(name) { try settings.whole($0) ?? standard }
            guard (1...1_048_576).contains(value) else {
                throw settings.fault("\"\(name)\" is \(value), which no BERT model has")
            }
            return value
        }
        family = try BERTFamily(settings)
        let (traits, names) = (family.traits, family.settings)
        (isPreNormalized, isGated) = (traits.isPreNormalized, traits.gate != .none)
        for (name, value) in traits.fixed.sorted(by: { $0.key < $1.key }) { try settings.require(name, value) }
        for name in traits.needed { _ = try settings.required(name, settings.text) }
        let activationName = settings.firstGiven(names.activation)
        let name = try settings.text(activationName) ?? "gelu"
        guard let activation = traits.activations[name] else {
            throw settings.unsupported(
                activationName, name, known: traits.activations.keys.sorted().joined(separator: ", "))
        }
        self.activation = activation
        hiddenSize = try size(names.hiddenSize)
        layerCount = try size(names.layers)
        headCount = try size(names.heads)
        intermediateSize = try size(names.intermediateSize)
        if case .learned(let standardPadID?) = traits.positions {
            let padID = try settings.whole("pad_token_id") ?? standardPadID
            guard (-1...1_048_576).contains(padID) else {
                throw settings.fault("\"pad_token_id\" is \(padID), which no vocabulary has")
            }
            firstPosition = padID + 1
        } else {
            firstPosition = 0
        }
        let computed = try traits.positions == .linearBias ? Self.longestBias : settings.longestWithoutScaling()
        maximumPositions = try min(size(names.maximumPositions) - firstPosition, computed ?? .max)
        tokenTypeCount =
            switch traits.segments {
            case .each: try size(["type_vocab_size"], standard: 2)
            case .first: try settings.whole("type_vocab_size") == 0 ? 0 : size(["type_vocab_size"], standard: 1)
            case .none: 0
            }
        relativeAttentionBuckets =
            family == .mpnet
            ? try size(["relative_attention_num_buckets"], standard: RelativePositionBias.bucketCount) : nil
        vocabularySize = try size(["vocab_size"])
        guard hiddenSize % headCount == 0 else {
            throw settings.fault(
                "\"\(settings.firstGiven(names.hiddenSize))\" \(hiddenSize) is not a multiple of \"\(settings.firstGiven(names.heads))\" \(headCount)"
            )
        }
        guard maximumPositions >= 3 else {
            throw AkinError(
                .invalidData,
                "\(file.path): \"\(settings.firstGiven(names.maximumPositions))\" is \(maximumPositions + firstPosition), too few to read one word."
            )
        }
        if let buckets = relativeAttentionBuckets, buckets != RelativePositionBias.bucketCount {
            throw settings.unsupported(
                "relative_attention_num_buckets", "\(buckets)", known: "\(RelativePositionBias.bucketCount)")
        }
        let epsilonName = settings.firstGiven(names.epsilon)
        let epsilon = try settings.number(epsilonName) ?? names.standardEpsilon
        guard epsilon >= 0, epsilon < 1 else {
            throw AkinError(
                .invalidData, "\(file.path): \"\(epsilonName)\" is \(epsilon), which is not a small positive number.")
        }
        layerNormEpsilon = Float(epsilon)
        attentions = try Self.attentions(settings, family, layers: layerCount, headSize: hiddenSize / headCount)
        biases = try traits.biases.map { presence in
            switch presence {
            case .always: true
            case .never: false
            case .setting(let name): try settings.flag(name) ?? false
            }
        }
        originalName = try settings.text("_name_or_path")
    }
}

extension ModelSettings {
    /// The positions that a network of Nomic's was trained with, where longer texts get other frequencies than these,
    /// which are not computed; nil where they do not.
    fileprivate func longestWithoutScaling() throws -> Int? {
        try number("rotary_scaling_factor") == nil ? nil : try whole("max_trained_positions") ?? 2048
    }
}
