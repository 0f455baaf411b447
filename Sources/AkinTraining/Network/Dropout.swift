import AkinVectors
import CAkinKernels

/// Dropout whose masks are computed from counters and so need no memory: the same seed, step and place give the same
/// mask, forwards and backwards, at any number of threads.
struct Dropout: Sendable {
    /// The share of elements that are dropped, 0 ..< 1.
    let share: Float
    /// Of the run and its step.
    let seed: UInt64

    /// Nothing is dropped.
    static let none = Dropout(share: 0, seed: 0)

    /// The mask of one place in the network, for example of one layer's attention in one sequence and head.
    func mask(_ place: UInt64) -> akin_dropout {
        guard share > 0 else { return akin_dropout(first_key: 0, second_key: 0, threshold: 0, scale: 1) }
        let key = SplitMix64.mixed(seed &+ SplitMix64.mixed(place))
        return akin_dropout(
            first_key: UInt32(truncatingIfNeeded: key), second_key: UInt32(truncatingIfNeeded: key >> 32),
            threshold: UInt32((Double(share) * 0x1p32).rounded()), scale: 1 / (1 - share))
    }
}
