package import AkinTokenizers

/// The tokens that a network reads as one sequence: one text, or a pair of which the second text is another segment.
package struct TokenSequence: Sendable {
    package let ids: [Int32]
    /// Tokens of the first segment, its special ones included; all of them where there is one text.
    package let firstLength: Int

    /// One text.
    package init(_ ids: [Int32]) {
        self.ids = ids
        firstLength = ids.count
    }

    /// A pair, whose second text begins after `firstLength` tokens.
    package init(_ ids: [Int32], firstLength: Int) {
        precondition((0...ids.count).contains(firstLength))
        self.ids = ids
        self.firstLength = firstLength
    }

    package init(_ pair: PairEncoding) { self.init(pair.ids, firstLength: pair.firstLength) }
}
