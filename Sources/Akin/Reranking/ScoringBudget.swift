/// How many pairs at a time are scored, so that the time is kept.
///
/// Pairs that are scored together are packed by length, which is faster than one by one. So a first small part shows how
/// long a token takes, and then as many pairs as fit are scored together.
package struct ScoringBudget: Sendable {
    /// Nil for no bound.
    package let limit: Duration?
    /// The part of the remaining time that is planned with: what comes next may take a little longer than what came before.
    private static let plannedShare = 0.9
    /// Tokens of the first part on each thread.
    private static let firstTokens = 256
    /// The most tokens of a part, so that a cancelled question ends soon.
    private static let mostTokens = 16_384

    private var tokens = 0
    private var spent = Duration.zero

    package init(limit: Duration?) { self.limit = limit }

    /// How many of the pairs that come next, whose lengths are given, are scored together; none when the time is up.
    ///
    /// - Parameter lengths: in tokens.
    package func next(_ lengths: [Int], threads: Int) -> Int {
        guard let limit else { return count(lengths, within: Self.mostTokens, atLeast: 1) }
        guard tokens > 0 else { return count(lengths, within: threads * Self.firstTokens, atLeast: threads) }
        let left = (limit - spent) * Self.plannedShare
        guard left > .zero else { return 0 }
        return count(lengths, within: min(Int(Double(tokens) * (left / spent)), Self.mostTokens), atLeast: 0)
    }

    /// Notes what a part took.
    package mutating func note(tokens: Int, took time: Duration) {
        self.tokens += tokens
        spent += max(time, .nanoseconds(1))
    }

    private func count(_ lengths: [Int], within room: Int, atLeast: Int) -> Int {
        var (count, sum) = (0, 0)
        for length in lengths {
            sum += length
            guard count < atLeast || sum <= room else { break }
            count += 1
        }
        return count
    }
}
