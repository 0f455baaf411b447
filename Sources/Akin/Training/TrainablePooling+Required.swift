import AkinCore
import AkinTraining
import AkinTransformers
import AkinVectors

extension TrainablePooling {
    /// How an encoder makes vectors of texts in these roles.
    ///
    /// - Parameter training: what needs that, for the message.
    /// - Throws: `.incompatible` for an encoder whose vectors training cannot make.
    static func required(
        of encoder: BERTEncoder, for roles: [TextRole], by training: String
    ) throws -> TrainablePooling {
        guard let pooling = encoder.trainablePooling(of: roles) else {
            throw AkinError(
                .incompatible,
                "\(encoder.identity.name) makes vectors in a way that cannot be trained, as \(training) needs: the mean of all tokens, "
                    + "or the first token's state, can; name another model.", remedy: .give(.model))
        }
        return pooling
    }

    var ofHead: EmbeddingHead.Pooling { isMean ? .mean : .first }
}
