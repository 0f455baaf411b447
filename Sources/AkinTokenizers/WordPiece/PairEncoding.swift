/// The tokens of two texts as a network reads them together: `[CLS]` first `[SEP]` second `[SEP]`.
package struct PairEncoding: Sendable {
    package let ids: [Int32]
    /// Where each token stands: half-open, in Unicode scalars of its own text; 0..<0 for the special tokens.
    package let ranges: [Range<Int>]
    /// Tokens of the first segment: `[CLS]`, those of the first text and the first `[SEP]`.
    package let firstLength: Int
    /// Whether tokens of either text were left out.
    package let truncated: Bool

    /// The second text's tokens, without the `[SEP]` after them.
    package var second: Range<Int> { firstLength..<ids.count - 1 }

    /// The segment of each token: 0 of the first, 1 of the second.
    package var segments: [Int32] { ids.indices.map { $0 < firstLength ? 0 : 1 } }
}

/// Tokens of a text with their places, or a part of them.
struct PlacedTokens {
    var ids: ArraySlice<Int32>
    var ranges: ArraySlice<Range<Int>>

    var count: Int { ids.count }

    func prefix(_ count: Int) -> PlacedTokens { PlacedTokens(ids: ids.prefix(count), ranges: ranges.prefix(count)) }

    subscript(part: Range<Int>) -> PlacedTokens {
        let (id, range) = (ids.startIndex, ranges.startIndex)
        return PlacedTokens(
            ids: ids[id + part.lowerBound..<id + part.upperBound],
            ranges: ranges[range + part.lowerBound..<range + part.upperBound])
    }
}
