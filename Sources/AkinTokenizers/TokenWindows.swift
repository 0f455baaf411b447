/// How a sequence that is too long for a network is read: in parts that overlap.
package enum TokenWindows {
    /// The parts of `count` tokens, of at most `length` each, in order; one empty part for no tokens.
    ///
    /// - Parameter overlap: Tokens that neighbouring parts share; at most half of `length` is taken.
    package static func parts(of count: Int, length: Int, overlap: Int) -> [Range<Int>] {
        precondition(length > 0)
        guard count > length else { return [0..<count] }
        let step = length - min(max(overlap, 0), length / 2)
        var parts = [0..<length]
        while let last = parts.last, last.upperBound < count {
            let start = last.lowerBound + step
            parts.append(start..<min(start + length, count))
        }
        return parts
    }
}
