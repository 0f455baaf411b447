import Foundation

/// How far two clusterings of the same rows agree.
package enum Agreement {
    /// The adjusted Rand index (Hubert and Arabie, "Comparing partitions", 1985): 1 for equal partitions, about 0 for
    /// unrelated ones.
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

    /// The adjusted mutual information (Vinh, Epps and Bailey, "Information theoretic measures for clusterings
    /// comparison", 2010), with the mean of both entropies as its upper end: 1 for equal partitions, about 0 for
    /// unrelated ones.
    ///
    /// - Parameters: clusters of the same rows, numbered from 0.
    /// - Complexity: rows × the larger number of clusters.
    package static func adjustedMutualInformation(_ first: [Int], _ second: [Int]) -> Double {
        precondition(first.count == second.count)
        let count = first.count
        let (rows, columns) = (sizes(first), sizes(second))
        guard count > 0 else { return 1 }
        var table = [Int](repeating: 0, count: rows.count * columns.count)
        for (a, b) in zip(first, second) { table[a * columns.count + b] += 1 }
        let total = Double(count)
        var information = 0.0
        for (a, rowSize) in rows.enumerated() {
            for (b, columnSize) in columns.enumerated() where table[a * columns.count + b] > 0 {
                let shared = Double(table[a * columns.count + b])
                information += shared / total * log(total * shared / (Double(rowSize) * Double(columnSize)))
            }
        }
        let expected = expectedInformation(rows, columns, count)
        let upper = (entropy(rows, count) + entropy(columns, count)) / 2
        return upper - expected < 1e-12
            ? (information >= upper - 1e-12 ? 1 : 0) : (information - expected) / (upper - expected)
    }

    /// 1 − Σ share²: the chance that two rows, drawn with replacement, fall into different clusters.
    package static func giniSimpsonIndex(_ clusters: [Int]) -> Double {
        let total = Double(max(clusters.count, 1))
        return 1 - sizes(clusters).reduce(0) { $0 + Double($1) / total * (Double($1) / total) }
    }

    private static func sizes(_ clusters: [Int]) -> [Int] {
        var sizes = [Int](repeating: 0, count: (clusters.max() ?? -1) + 1)
        for cluster in clusters { sizes[cluster] += 1 }
        return sizes
    }

    private static func entropy(_ sizes: [Int], _ count: Int) -> Double {
        sizes.reduce(0) { $1 == 0 ? $0 : $0 - Double($1) / Double(count) * log(Double($1) / Double(count)) }
    }

    /// The mutual information to be expected of partitions of these sizes by chance: over all pairs of clusters and
    /// numbers of rows that they may share, with the probabilities of the hypergeometric distribution.
    private static func expectedInformation(_ rows: [Int], _ columns: [Int], _ count: Int) -> Double {
        // log n! for 0 … count
        var factorials = [0.0]
        for n in 1...count { factorials.append(factorials[n - 1] + log(Double(n))) }
        let total = Double(count)
        var expected = 0.0
        for a in rows where a > 0 {
            for b in columns where b > 0 {
                let fixed =
                    factorials[a] + factorials[b] + factorials[count - a] + factorials[count - b] - factorials[count]
                let (least, most) = (max(1, a + b - count), min(a, b))
                guard least <= most else { continue }
                for shared in least...most {
                    let chance =
                        fixed - factorials[shared] - factorials[a - shared] - factorials[b - shared]
                        - factorials[count - a - b + shared]
                    expected +=
                        Double(shared) / total * log(total * Double(shared) / (Double(a) * Double(b))) * exp(chance)
                }
            }
        }
        return expected
    }
}
