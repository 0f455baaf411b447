/// Sequences of one step, packed one below the other without padding.
package struct Batch: Sendable {
    package private(set) var ids: [Int32] = []
    /// The segment of each token: 0, or 1 for a pair's second text.
    package private(set) var segments: [Int32] = []
    /// The rows of each sequence.
    package private(set) var bounds: [Range<Int>] = []
    /// The rows whose last hidden states are read, ascending; nil where all are. A pass that was made for it computes the
    /// last layer for these alone.
    package var readRows: [Int]?

    package init() {}

    package var tokens: Int { ids.count }

    /// The row of each sequence's first token.
    package var firstRows: [Int] { bounds.map(\.lowerBound) }

    package mutating func append(_ ids: [Int32], segments: [Int32]? = nil) {
        precondition(segments == nil || segments?.count == ids.count)
        bounds.append(self.ids.count..<self.ids.count + ids.count)
        self.ids += ids
        self.segments += segments ?? [Int32](repeating: 0, count: ids.count)
    }
}
