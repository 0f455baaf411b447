/// The special tokens around and between two texts that a network reads together: `[CLS]` A `[SEP]` B `[SEP]` for BERT,
/// `<s>` A `</s>` `</s>` B `</s>` for RoBERTa and its relatives.
package struct PairFrame: Sendable, Hashable {
    let before: [Int32]
    let between: [Int32]
    let after: [Int32]
    /// Whether the second text and what follows it are another segment than the first.
    let hasSecondSegment: Bool

    init(before: [Int32], between: [Int32], after: [Int32], hasSecondSegment: Bool) {
        (self.before, self.between, self.after) = (before, between, after)
        self.hasSecondSegment = hasSecondSegment
    }

    /// A template with ids for names; nil where one has none.
    ///
    /// - Parameter ids: those of a special token's name.
    init?(_ template: PairTemplate, ids: (String) -> [Int32]?) {
        func all(_ names: [String]) -> [Int32]? {
            let found = names.compactMap(ids)
            return found.count == names.count ? found.flatMap(\.self) : nil
        }
        guard let before = all(template.before), let between = all(template.between), let after = all(template.after)
        else { return nil }
        self.init(before: before, between: between, after: after, hasSecondSegment: template.hasSecondSegment)
    }

    /// Special tokens of a pair.
    var count: Int { before.count + between.count + after.count }

    /// Whether every id is one of a vocabulary.
    func fits(vocabularySize: Int) -> Bool {
        (before + between + after).allSatisfy { (0..<vocabularySize).contains(Int($0)) }
    }

    /// Puts two texts together. A pair that is too long loses tokens at the end of the longer text, of both when they are
    /// as long as each other ("longest first").
    ///
    /// - Parameter maximumTokens: The most tokens to give, special ones included; below their number as that.
    func encoding(_ first: PlacedTokens, _ second: PlacedTokens, maximumTokens: Int?) -> PairEncoding {
        let room = max(0, (maximumTokens ?? Int.max) - count)
        let kept = Self.lengths(first.count, second.count, room: room)
        return encoding(
            first.prefix(kept.first), second.prefix(kept.second), truncated: kept != (first.count, second.count))
    }

    /// Puts two texts together as they are.
    func encoding(_ first: PlacedTokens, _ second: PlacedTokens, truncated: Bool) -> PairEncoding {
        func nowhere(_ tokens: [Int32]) -> [Range<Int>] { tokens.map { _ in 0..<0 } }
        let ids = before + first.ids + between + second.ids + after
        let start = before.count + first.count + between.count
        return PairEncoding(
            ids: ids,
            ranges: nowhere(before) + first.ranges + nowhere(between) + second.ranges + nowhere(after),
            firstLength: hasSecondSegment ? start : ids.count, second: start..<start + second.count,
            truncated: truncated)
    }

    /// How many tokens of each text are kept, so that they fit: the longer text is cut to what the shorter leaves, but
    /// not below it; then both get half of the room, the odd token going to the longer, or to the second of equals.
    static func lengths(_ first: Int, _ second: Int, room: Int) -> (first: Int, second: Int) {
        guard first > room - min(room, second) else { return (first, second) }
        let shorter = min(first, second)
        let cut = shorter <= room / 2 ? (shorter, room - shorter) : (room / 2, room - room / 2)
        return first > second ? (cut.1, cut.0) : cut
    }
}
