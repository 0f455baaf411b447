/// Two neighbouring pieces.
struct PiecePair: Hashable {
    let first: Int32
    let second: Int32
}

/// A pair and how often it was seen when it was put into the queue.
struct QueuedPair {
    let pair: PiecePair
    let count: Int

    /// The more frequent first; of equals the one whose pieces are older, so that the order is always the same.
    func precedes(_ other: QueuedPair) -> Bool {
        if count != other.count { return count > other.count }
        return (pair.first, pair.second) < (other.pair.first, other.pair.second)
    }
}

/// A binary heap of pairs, the most frequent on top.
struct PairQueue {
    private var heap: [QueuedPair] = []

    init() {}

    mutating func push(_ entry: QueuedPair) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> QueuedPair? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return top }
        heap[0] = last
        var parent = 0
        while true {
            var best = parent
            for child in (2 * parent + 1)...(2 * parent + 2)
            where child < heap.count && heap[child].precedes(heap[best]) { best = child }
            if best == parent { return top }
            heap.swapAt(parent, best)
            parent = best
        }
    }
}
