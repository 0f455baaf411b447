/// Keeps the k best of a stream of scored ids in O(log k) an offer: larger scores win, ties go to the smaller id.
package struct TopSelection: Sendable {
    package struct Entry: Sendable, Hashable {
        package let id: Int
        package let score: Float

        package init(id: Int, score: Float) {
            self.id = id
            self.score = score
        }

        @inline(__always)
        fileprivate func isWorse(than other: Entry) -> Bool {
            score < other.score || (score == other.score && id > other.id)
        }
    }

    private let capacity: Int
    // A binary heap with the worst kept entry on top.
    private var heap: [Entry] = []

    package init(capacity: Int) {
        self.capacity = capacity
        heap.reserveCapacity(min(capacity, 4096))
    }

    /// The score below which an offer is refused once `capacity` entries are held.
    package var threshold: Float { heap.count < capacity ? -.infinity : heap[0].score }

    package mutating func offer(id: Int, score: Float) {
        let entry = Entry(id: id, score: score)
        if heap.count < capacity {
            heap.append(entry)
            var child = heap.count - 1
            while child > 0, heap[child].isWorse(than: heap[(child - 1) / 2]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if capacity > 0, heap[0].isWorse(than: entry) {
            heap[0] = entry
            var parent = 0
            while true {
                var worst = parent
                for child in 2 * parent + 1..<min(2 * parent + 3, max(heap.count, 2 * parent + 1))
                where heap[child].isWorse(than: heap[worst]) {
                    worst = child
                }
                if worst == parent { break }
                heap.swapAt(parent, worst)
                parent = worst
            }
        }
    }

    /// The kept entries, best first.
    package func sorted() -> [Entry] { heap.sorted { $1.isWorse(than: $0) } }
}
