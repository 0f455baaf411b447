/// The candidates of a filtered walk, nearest on top; grows as needed.
///
/// Of its own, beside other heaps: a generic one from another module is not specialised, and a walk took 2.4 times as
/// long with it.
struct CandidateHeap {
    private var heap: [Candidate] = []

    mutating func push(_ candidate: Candidate) {
        heap.append(candidate)
        var child = heap.count - 1
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Candidate? {
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
