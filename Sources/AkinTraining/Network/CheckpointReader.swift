import AkinCore
import AkinTransformers
import AkinVectors
import Foundation

/// Fills parameters from a model's checkpoint by the names that models give them.
struct CheckpointReader {
    private let checkpoint: SafetensorsCheckpoint
    /// What stands before the network's own parameters there.
    private let prefix: String

    private static let prefixes = ["bert.", "", "0.auto_model."]

    /// Throws `.invalidData` where the checkpoint is of no BERT network.
    init(_ checkpoint: SafetensorsCheckpoint) throws {
        guard
            let prefix = Self.prefixes.first(where: {
                checkpoint.locate($0 + "embeddings.word_embeddings.weight") != nil
            })
        else {
            throw AkinError(
                .invalidData,
                "\(checkpoint.files.map(\.path).joined(separator: ", ")) has no tensor \"embeddings.word_embeddings.weight\" (nor with "
                    + "the prefixes \"bert.\" or \"0.auto_model.\"); it is not a BERT model, so choose another.")
        }
        (self.checkpoint, self.prefix) = (checkpoint, prefix)
    }

    /// Reads a parameter. Returns false where the checkpoint does not have it; throws `.invalidData` where its shape or
    /// type is another.
    func read(_ parameter: Parameter, into parameters: Parameters) throws -> Bool {
        for name in candidates(parameter.name) {
            guard let (file, tensor) = checkpoint.locate(name) else { continue }
            unsafe try file.matrix(tensor, shape: parameter.shape).withUnsafePointer {
                unsafe parameters.value(parameter).update(from: $0, count: parameter.count)
            }
            return true
        }
        return false
    }

    /// The names a parameter may have: layer normalisations call theirs gamma and beta in older models.
    private func candidates(_ name: String) -> [String] {
        let own = name.hasPrefix("bert.") ? prefix + name.dropFirst("bert.".count) : name
        guard own.contains("LayerNorm.") else { return [own] }
        return [
            own,
            own.replacing("LayerNorm.weight", with: "LayerNorm.gamma").replacing(
                "LayerNorm.bias", with: "LayerNorm.beta"),
        ]
    }
}
