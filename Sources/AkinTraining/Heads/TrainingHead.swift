/// What stands behind a network in training: turns its hidden states into a loss, and the loss into the gradient of the
/// hidden states.
package protocol TrainingHead: AnyObject, Sendable {
    /// What a batch's sequences are to give.
    associatedtype Targets

    /// Packs the head's weights as they are now. To be called after each change of them.
    func packWeights()

    /// The mean loss of the batch whose hidden states `pass` holds.
    ///
    /// Sets the gradient of the hidden states and adds those of the head's parameters where `seed` is given; it chooses
    /// the masks of dropout. Without a seed it only evaluates.
    func loss(_ pass: BERTPass, _ batch: Batch, _ targets: Targets, dropout: Float, seed: UInt64?) -> Double

    /// By each of the head's losses, what its mean over a batch divides by: as many sequences or tokens as count. Empty
    /// where a sequence's loss depends on the others, so that a batch cannot be learnt in parts.
    func weights(_ batch: Batch, _ targets: Targets) -> [Double]

    /// Which rows of the table of word embeddings a batch's gradient reaches.
    func reachedRows(_ batch: Batch) -> AdamW.TableRows
}

extension TrainingHead {
    package func weights(_ batch: Batch, _ targets: Targets) -> [Double] { [] }

    package func reachedRows(_ batch: Batch) -> AdamW.TableRows { .some(Array(Set(batch.ids))) }
}
