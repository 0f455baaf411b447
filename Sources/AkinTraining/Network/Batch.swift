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

    /// What stands before it in its step, where it is only a part of one.
    package var part: Part?

    /// The place of a batch in a step that is made of several. Masks of dropout are numbered through the step, and the
    /// means of losses are over all of it: a step has the same result in one batch or several, but for rounding.
    package struct Part: Sendable {
        package let tokensBefore: Int
        package let sequencesBefore: Int
        /// Rows that are read, where not all are.
        package let readRowsBefore: Int
        /// Of all the step, what `TrainingHead.weights` gives for a batch.
        package let weights: [Double]
    }

    package init() {}

    /// The element of a mask with which the batch begins, in rows of `columns` elements a token.
    func firstElement(ofTokens columns: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: (part?.tokensBefore ?? 0) * columns)
    }

    /// The same in rows of a sequence each.
    func firstElement(ofSequences columns: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: (part?.sequencesBefore ?? 0) * columns)
    }

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
