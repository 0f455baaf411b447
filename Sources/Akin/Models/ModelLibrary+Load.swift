import AkinCore
import AkinTransformers
import AkinVectors
import Foundation

extension ModelLibrary {
    /// The encoder of a model folder, of whichever family it is.
    ///
    /// - Parameters:
    ///   - cache: Where loaded models are kept for the next process; nil reads the folder alone and keeps nothing.
    ///   - teacher: Finds the model that a static model was distilled from; called at its first query.
    static func encoder(
        at folder: URL, precision: EncodingPrecision, cache: PackedModelCache?, dimensions: Int? = nil,
        teacher: @escaping @Sendable (StaticModel.Teacher) -> (any TextEncoder)? = { _ in nil }
    ) throws -> any TextEncoder {
        guard StaticModel.isFolder(folder) else {
            return try network(at: folder, precision: precision, cache: cache, dimensions: dimensions)
        }
        guard dimensions == nil else {
            throw AkinError(
                .incompatible,
                "\(folder.lastPathComponent) is a static model, whose vectors are not cut.",
                remedy: .leaveOut(.dimensions))
        }
        let (model, fingerprint) = try StaticModel.load(folder: folder, cache: cache)
        return StaticEncoder(model: model, name: folder.lastPathComponent, fingerprint: fingerprint) {
            model.teacher.flatMap(teacher)
        }
    }

    /// The encoder of a folder that holds a network.
    static func network(
        at folder: URL, precision: EncodingPrecision, cache: PackedModelCache?, dimensions: Int? = nil
    ) throws -> any ContextualEncoder & DistillationTeacher {
        try BERTEncoder(folder: folder, precision: precision, cache: cache, dimensions: dimensions)
    }
}
