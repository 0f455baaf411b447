/// The progress of a training.
package struct WordTrainingProgress: Sendable, Hashable {
    package enum Phase: String, Sendable {
        /// Counting words.
        case reading
        /// Learning vectors.
        case training
    }

    package let phase: Phase
    /// 0 … 1 within the phase.
    package let fraction: Double
}
