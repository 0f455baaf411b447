/// What stands in a queue of its own order.
package protocol Preceding {
    func precedes(_ other: Self) -> Bool
}

/// A binary heap: the element that precedes all others is on top. It grows as needed.
/// - Complexity: O(log count) for `push` and `pop`.
package struct BinaryHeap<Element: Preceding> {
    @usableFromInline var heap: [Element] = []

    @inlinable package init() {}

    @inlinable package mutating func push(_ element: Element) {
        heap.append(element)
        var child = heap.count - 1
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    @inlinable package mutating func pop() -> Element? {
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
