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
    /// Rows of the table of positions before that of a sequence's first token.
    package let firstPosition: Int
    /// Segment embeddings: the first is that of one text and of the first of a pair, the second that of its second; 0
    /// where the network has none.
    package let tokenTypeCount: Int
    /// The numbers of distances in an attention's bias; nil where it has none.
    package let relativeAttentionBuckets: Int?
    package let vocabularySize: Int
    package let layerNormEpsilon: Float
    package let activation: Activation
    /// The name of the model that this one was trained or fine-tuned from, as its authors wrote it.
    package let originalName: String?

    package var headSize: Int { hiddenSize / headCount }

    /// Reads and checks `config.json`. Throws `.noModel` when it is missing, `.invalidData` when a field is wrong,
    /// `.incompatible` when the model is of a kind this network does not compute.
    package init(file: URL) throws {
        let settings = try ModelSettings(file)
        func size(_ name: String, standard: Int? = nil) throws -> Int {
            let value = try settings.required(name) { try settings.whole($0) ?? standard }
            guard (1...1_048_576).contains(value) else {
                throw AkinError(
                    .invalidData,
                    "\(file.path): \"\(name)\" is \(value), which no BERT model has; fetch the model again.")
            }
            return value
        }
        func unsupported(_ name: String, _ value: String, known: String) -> AkinError {
            AkinError(
                .incompatible,
                "\(file.path): \"\(name)\" is \"\(value)\", but only \(known) can be computed; choose another model.")
        }
        let type = try settings.text("model_type") ?? "bert"
        guard let family = BERTFamily(modelType: type) else {
            let known = BERTFamily.allCases.flatMap(\.modelTypes).map { "\"\($0)\"" }.joined(separator: ", ")
            throw unsupported("model_type", type, known: known)
        }
        self.family = family
        if let type = try settings.text("position_embedding_type"), type != "absolute" {
            throw unsupported("position_embedding_type", type, known: "\"absolute\"")
        }
        if try settings.flag("is_decoder") == true { throw unsupported("is_decoder", "true", known: "\"false\"") }
        let names = family.settings
        switch try settings.text(names.activation) ?? "gelu" {
        case "gelu": activation = .gelu
        case "gelu_new", "gelu_pytorch_tanh": activation = .geluTanh
        case "relu": activation = .relu
        case let other: throw unsupported(names.activation, other, known: "gelu, gelu_new, gelu_pytorch_tanh and relu")
        }
        hiddenSize = try size(names.hiddenSize)
        layerCount = try size(names.layers)
        headCount = try size(names.heads)
        intermediateSize = try size(names.intermediateSize)
        let padID = try family.standardPadID.map { try settings.whole("pad_token_id") ?? $0 } ?? -1
        guard (-1...1_048_576).contains(padID) else {
            throw AkinError(
                .invalidData,
                "\(file.path): \"pad_token_id\" is \(padID), which no vocabulary has; fetch the model again.")
        }
        firstPosition = padID + 1
        maximumPositions = try size("max_position_embeddings") - firstPosition
        tokenTypeCount = family.hasSegments ? try size("type_vocab_size", standard: 2) : 0
        relativeAttentionBuckets =
            family == .mpnet
            ? try size("relative_attention_num_buckets", standard: RelativePositionBias.bucketCount) : nil
        vocabularySize = try size("vocab_size")
        guard hiddenSize % headCount == 0 else {
            throw AkinError(
                .invalidData,
                "\(file.path): \"\(names.hiddenSize)\" \(hiddenSize) is not a multiple of \"\(names.heads)\" \(headCount); fetch the model again."
            )
        }
        guard firstPosition >= 0, maximumPositions >= 3 else {
            throw AkinError(
                .invalidData,
                "\(file.path): \"max_position_embeddings\" is \(maximumPositions + firstPosition), too few to read one word."
            )
        }
        if let buckets = relativeAttentionBuckets, buckets != RelativePositionBias.bucketCount {
            throw unsupported(
                "relative_attention_num_buckets", "\(buckets)", known: "\(RelativePositionBias.bucketCount)")
        }
        let epsilon = try settings.number("layer_norm_eps") ?? 1e-12
        guard epsilon >= 0, epsilon < 1 else {
            throw AkinError(
                .invalidData, "\(file.path): \"layer_norm_eps\" is \(epsilon), which is not a small positive number.")
        }
        layerNormEpsilon = Float(epsilon)
        originalName = try settings.text("_name_or_path")
    }
}
