import AkinTransformers
import AkinVectors

/// Fills parameters from a model's checkpoint.
struct CheckpointReader {
    private let network: ParameterReader

    /// The files, as errors name them.
    var files: String { network.files }
    /// Whether the network has the dense layer over the first token's state.
    var hasPooler: Bool { network.has("pooler.dense.weight") }

    /// Throws `.invalidData` where the checkpoint is of no BERT network.
    init(_ checkpoint: SafetensorsCheckpoint, _ shape: BERTConfiguration) throws {
        network = try ParameterReader(checkpoint, epsilon: shape.layerNormEpsilon)
    }

    /// Reads a parameter. Returns false where the checkpoint does not have it; throws `.invalidData` where its shape or
    /// type is another.
    func read(_ parameter: Parameter, into parameters: Parameters) throws -> Bool {
        let prefix = TrainingModel.networkPrefix
        let isOfNetwork = parameter.name.hasPrefix(prefix)
        let reader = isOfNetwork ? network : network.outsideNetwork
        let names = Self.names(isOfNetwork ? String(parameter.name.dropFirst(prefix.count)) : parameter.name)
        guard names.contains(where: reader.has) else { return false }
        try unsafe reader.matrix(names, shape: parameter.shape).withUnsafePointer {
            unsafe parameters.value(parameter).update(from: $0, count: parameter.count)
        }
        return true
    }

    /// The names a parameter may have: layer normalisations call theirs gamma and beta in older models.
    private static func names(_ name: String) -> [String] {
        guard name.contains("LayerNorm.") else { return [name] }
        return [
            name,
            name.replacing("LayerNorm.weight", with: "LayerNorm.gamma").replacing(
                "LayerNorm.bias", with: "LayerNorm.beta"),
        ]
    }
}
