/// A piece of a text that is encoded and found as one: a passage.
package struct Chunk: Hashable, Sendable {
    /// Where the piece stands, half-open, in Unicode scalars of the text.
    package let range: Range<Int>
    /// Exactly the scalars of `range`.
    package let text: String
    /// Tokens that begin inside `range`, special tokens not counted.
    package let tokenCount: Int

    package init(range: Range<Int>, text: String, tokenCount: Int) {
        self.range = range
        self.text = text
        self.tokenCount = tokenCount
    }
}
