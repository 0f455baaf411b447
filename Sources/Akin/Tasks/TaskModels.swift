import AkinCore
import AkinTransformers
import Foundation

/// A network that gives each token scores of classes.
typealias WordTaskModel = BERTTaskModel<TokenClassificationHead>

extension EncoderResolver {
    /// A model with a head, by name or folder.
    ///
    /// - Throws: `.noModel` where it is not installed, `.incompatible` where it has another head or none.
    func taskModel<Head: BERTHead>(named name: String) throws -> BERTTaskModel<Head> {
        let folder = try configuration.models.locate(name)
        guard !StaticModel.isFolder(folder) else {
            throw AkinError(
                .incompatible, "\(folder.lastPathComponent) is a static model, which has no heads; name a BERT model.")
        }
        return try BERTTaskModel(
            folder: folder, precision: precision(stored: nil), cache: configuration.models.packed)
    }
}
