/// The tokens of two texts as a network reads them together, such as `[CLS]` first `[SEP]` second `[SEP]`.
package struct PairEncoding: Sendable {
    package let ids: [Int32]
    /// Where each token stands: half-open, in Unicode scalars of its own text; 0..<0 for the special tokens.
    package let ranges: [Range<Int>]
    /// Tokens of the first segment: all before the second text, or all there are where both texts are one segment.
    package let firstLength: Int
    /// The second text's tokens, without the special ones around it.
    package let second: Range<Int>
    /// Whether tokens of either text were left out.
    package let truncated: Bool

    /// The segment of each token: 0 of the first, 1 of the second.
    package var segments: [Int32] { ids.indices.map { $0 < firstLength ? 0 : 1 } }
}

/// Tokens of a text with their places, or a part of them.
struct PlacedTokens {
    var ids: ArraySlice<Int32>
    var ranges: ArraySlice<Range<Int>>

    init(_ tokens: (ids: [Int32], ranges: [Range<Int>])) {
        (ids, ranges) = (tokens.ids[...], tokens.ranges[...])
    }

    private init(ids: ArraySlice<Int32>, ranges: ArraySlice<Range<Int>>) {
        (self.ids, self.ranges) = (ids, ranges)
    }

    var count: Int { ids.count }

    func prefix(_ count: Int) -> PlacedTokens { PlacedTokens(ids: ids.prefix(count), ranges: ranges.prefix(count)) }

    subscript(part: Range<Int>) -> PlacedTokens {
        let (id, range) = (ids.startIndex, ranges.startIndex)
        return PlacedTokens(
            ids: ids[id + part.lowerBound..<id + part.upperBound],
            ranges: ranges[range + part.lowerBound..<range + part.upperBound])
    }
}
