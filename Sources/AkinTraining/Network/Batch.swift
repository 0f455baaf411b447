/// Sequences of one step, packed one below the other without padding.
package struct Batch: Sendable {
    package private(set) var ids: [Int32] = []
    /// The segment of each token: 0, or 1 for a pair's second text.
    package private(set) var segments: [Int32] = []
    /// The rows of each sequence.
    package private(set) var bounds: [Range<Int>] = []

    package init() {}

    package var tokens: Int { ids.count }

    package mutating func append(_ ids: [Int32], segments: [Int32]? = nil) {
        precondition(segments == nil || segments?.count == ids.count)
        bounds.append(self.ids.count..<self.ids.count + ids.count)
        self.ids += ids
        self.segments += segments ?? [Int32](repeating: 0, count: ids.count)
    }
}
