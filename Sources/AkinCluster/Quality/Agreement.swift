/// How far two clusterings of the same rows agree.
package enum Agreement {
    /// The adjusted Rand index (Hubert and Arabie, "Comparing partitions", 1985): 1 for equal partitions, about 0 for unrelated ones.
    ///
    /// - Complexity: linear in the rows.
    package static func adjustedRandIndex(_ first: [Int], _ second: [Int]) -> Double {
        precondition(first.count == second.count)
        struct Pair: Hashable {
            var first: Int
            var second: Int
        }
        var pairs: [Pair: Int] = [:]
        var (firstSizes, secondSizes): ([Int: Int], [Int: Int]) = ([:], [:])
        for (a, b) in zip(first, second) {
            pairs[Pair(first: a, second: b), default: 0] += 1
            firstSizes[a, default: 0] += 1
            secondSizes[b, default: 0] += 1
        }
        // Numbers of pairs of rows are whole, so that the order of a dictionary cannot change the sums.
        func pairCount(_ sizes: some Sequence<Int>) -> Double { Double(sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }) }
        let together = pairCount(pairs.values)
        let (inFirst, inSecond) = (pairCount(firstSizes.values), pairCount(secondSizes.values))
        let all = pairCount([first.count])
        guard all > 0 else { return 1 }
        let expected = inFirst * inSecond / all
        let most = (inFirst + inSecond) / 2
        return most == expected ? 1 : (together - expected) / (most - expected)
    }
}
