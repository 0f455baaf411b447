import AkinCore
import AkinVectors
import Foundation

struct GloVeTrainer {
    let corpus: TrainingCorpus
    let options: EmbeddingTrainingOptions
    let folder: String

    func train(
        checkpoint: TrainingCheckpoint?, isCancelled: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (TrainingState) -> Void
    ) throws -> WordEmbeddings {
        throw AkinError(.invalidArgument, "not yet")
    }
}
