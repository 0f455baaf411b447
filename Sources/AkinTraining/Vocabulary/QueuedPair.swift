import AkinVectors

/// Two neighbouring pieces.
struct PiecePair: Hashable {
    let first: Int32
    let second: Int32
}

/// A pair and how often it was seen when it was put into the queue.
struct QueuedPair: Preceding {
    let pair: PiecePair
    let count: Int

    /// The more frequent first; of equals the one whose pieces are older, so that the order is always the same.
    func precedes(_ other: QueuedPair) -> Bool {
        if count != other.count { return count > other.count }
        return (pair.first, pair.second) < (other.pair.first, other.pair.second)
    }
}
