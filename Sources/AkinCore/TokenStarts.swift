/// Where the tokens of a text begin, in ascending order, counted in Unicode scalars: what a chunker counts and cuts by.
///
/// ```
/// steps    (tokens) from the start of the token before; 255 stands for a longer way, which `ways` has
/// anchors  (tokens / 64, rounded up) the start of every 64th token
/// ```
///
/// A token takes hardly more than a byte, so that a long text of one-letter words takes less than its own bytes.
package struct TokenStarts: RandomAccessCollection, Sendable {
    private static let blockBits = 6
    private static let far: UInt8 = .max

    private var steps: [UInt8] = []
    private var anchors: [UInt32] = []
    /// By the number of the token.
    private var ways: [Int: Int] = [:]
    private var end = 0

    package init() {}

    package init(_ starts: some Sequence<Int>) { for start in starts { append(start) } }

    /// Adds a token behind the others. One that begins before the last one counts as beginning with it.
    ///
    /// - Parameter start: less than 2³².
    package mutating func append(_ start: Int) {
        let start = Swift.max(start, end)
        let way = start - end
        if steps.count & ((1 << Self.blockBits) - 1) == 0 { anchors.append(UInt32(start)) }
        if way >= Int(Self.far) { ways[steps.count] = way }
        steps.append(UInt8(clamping: way))
        end = start
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { steps.count }

    package subscript(token: Int) -> Int {
        let first = (token >> Self.blockBits) << Self.blockBits
        var start = Int(anchors[token >> Self.blockBits])
        for inner in first + 1..<Swift.max(first + 1, token + 1) { start += way(inner) }
        return start
    }

    /// The first token, from one on, that begins at or behind a scalar.
    ///
    /// - Complexity: O(n) in the tokens passed.
    package func firstToken(from token: Int, atOrAfter scalar: Int) -> Int {
        guard token < count else { return count }
        var token = token
        var start = self[token]
        while start < scalar {
            token += 1
            guard token < count else { break }
            start += way(token)
        }
        return token
    }

    private func way(_ token: Int) -> Int {
        let step = steps[token]
        return step < Self.far ? Int(step) : ways[token] ?? Int(step)
    }
}
