/// A passage with its score.
package struct RankedPassage: Sendable, Hashable {
    package let passage: Int64
    package let score: Double

    package init(passage: Int64, score: Double) {
        self.passage = passage
        self.score = score
    }

    /// Larger scores come first, equals by passage.
    @inline(__always)
    func isBehind(_ other: RankedPassage) -> Bool {
        score < other.score || (score == other.score && passage > other.passage)
    }
}

/// The k best of a stream of scored passages, in O(log k) an offer.
struct BestPassages {
    private let capacity: Int
    /// A binary heap with the worst on top.
    private var heap: [RankedPassage] = []

    init(capacity: Int) {
        self.capacity = capacity
        heap.reserveCapacity(min(capacity, 4096))
    }

    /// A score below which nothing is taken: that of the worst, once there are enough.
    var threshold: Double { heap.count < capacity ? -.infinity : heap[0].score }

    func takes(_ candidate: RankedPassage) -> Bool { heap.count < capacity || heap[0].isBehind(candidate) }

    /// - Precondition: `takes(candidate)`.
    mutating func add(_ candidate: RankedPassage) {
        if heap.count < capacity {
            heap.append(candidate)
            var child = heap.count - 1
            while child > 0, heap[child].isBehind(heap[(child - 1) / 2]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
            return
        }
        heap[0] = candidate
        var parent = 0
        while true {
            var worst = parent
            let first = 2 * parent + 1
            for child in first..<min(first + 2, max(first, heap.count)) where heap[child].isBehind(heap[worst]) {
                worst = child
            }
            if worst == parent { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }

    /// Best first.
    func sorted() -> [RankedPassage] { heap.sorted { $1.isBehind($0) } }
}
