/// A node with its similarity to the query, and whether its links have been followed.
struct Candidate {
    var similarity: Float
    // Bit 31 is the mark; see GraphLinks.maximumNodes.
    private var marked: UInt32

    private static let mark: UInt32 = 1 << 31

    @inline(__always) init(similarity: Float, node: UInt32) {
        self.similarity = similarity
        marked = node
    }

    @inline(__always) var node: UInt32 { marked & ~Self.mark }
    @inline(__always) var isExpanded: Bool { marked & Self.mark != 0 }
    @inline(__always) mutating func setExpanded() { marked |= Self.mark }

    /// More similar first, ties by smaller node: an order that does not depend on the way a node was reached.
    @inline(__always) func precedes(_ other: Candidate) -> Bool {
        similarity > other.similarity || (similarity == other.similarity && node < other.node)
    }
}

/// The best `capacity` candidates seen so far, sorted, in memory that the workspace owns.
///
/// One sorted array does the work of the paper's two heaps C and W: a candidate that drops off its end is neither a
/// result nor worth following.
/// - Complexity: O(log capacity) comparisons and one `memmove` an insertion.
struct CandidatePool {
    let base: UnsafeMutablePointer<Candidate>
    let capacity: Int
    private(set) var count = 0

    @inline(__always) init(base: UnsafeMutablePointer<Candidate>, capacity: Int) {
        self.base = base
        self.capacity = capacity
    }

    /// Whether a candidate would be kept.
    @inline(__always) func admits(_ candidate: Candidate) -> Bool {
        count < capacity || candidate.precedes(base[count &- 1])
    }

    /// Inserts an admitted candidate, dropping the worst from a full pool; returns its place.
    @inline(__always) mutating func insert(_ candidate: Candidate) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low &+ high) >> 1
            if candidate.precedes(base[middle]) { high = middle } else { low = middle &+ 1 }
        }
        // NaN precedes nothing and is preceded by nothing, so the place is kept inside the buffer.
        if low == capacity { return low }
        if count < capacity { count &+= 1 }
        let place = base + low
        (place + 1).update(from: place, count: count &- 1 &- low)
        place.pointee = candidate
        return low
    }

    /// Sorts again after similarities were changed in place.
    func sort() {
        var candidates = UnsafeMutableBufferPointer(start: base, count: count)
        candidates.sort { $0.precedes($1) }
    }

    /// Drops all but the best.
    mutating func truncate(to length: Int) { count = min(count, length) }
}
