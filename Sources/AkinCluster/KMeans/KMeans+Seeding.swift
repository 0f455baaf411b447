import AkinVectors
import Foundation

extension KMeans {
    /// Chooses `k` rows by greedy k-means++ on cosine distance.
    ///
    /// Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding" (2007): each next seed is drawn with
    /// probability proportional to D², the squared distance to the nearest seed so far, which is 2 (1 − cosine) for
    /// rows of unit length (Endo and Miyamoto, "Spherical k-means++ clustering", 2015). Greedy: of 2 + ⌊ln k⌋ draws the
    /// one that lowers Σ D² most is kept, as scikit-learn does.
    ///
    /// - Complexity: k × (2 + ln k) × rows × dimension.
    static func seeds(_ rows: Matrix, k: Int, generator: inout SeededGenerator, threads: Int) -> [Int] {
        let trials = 2 + Int(log(Double(k)))
        let first = generator.integer(below: rows.rows)
        var chosen = [first]
        var distances = distances(rows, to: [first], threads: threads)[0]
        while chosen.count < k {
            let candidates = draw(trials, from: distances, generator: &generator)
            guard !candidates.isEmpty else {
                chosen.append(firstUnchosen(chosen))
                continue
            }
            var best: (candidate: Int, distances: [Float], total: Double)?
            for (candidate, toCandidate) in zip(candidates, Self.distances(rows, to: candidates, threads: threads)) {
                var lowered = distances
                var total = 0.0
                for row in lowered.indices {
                    lowered[row] = min(lowered[row], toCandidate[row])
                    total += Double(lowered[row])
                }
                if total < best?.total ?? .infinity { best = (candidate, lowered, total) }
            }
            guard let best else { break }
            chosen.append(best.candidate)
            distances = best.distances
        }
        return chosen
    }

    /// `count` different numbers below `total`, ascending (Knuth's selection sampling).
    static func sampleIndices(count: Int, of total: Int, generator: inout SeededGenerator) -> [Int] {
        guard count < total else { return Array(0..<total) }
        var sample: [Int] = []
        sample.reserveCapacity(count)
        for index in 0..<total where generator.integer(below: total - index) < count - sample.count {
            sample.append(index)
        }
        return sample
    }

    /// For each target row the cosine distance, 1 − cosine and at least 0, of every row to it.
    private static func distances(_ rows: Matrix, to targets: [Int], threads: Int) -> [[Float]] {
        RowProducts.columns(rows, with: rows.gathered(targets), threads: threads).map { products in
            // Rounding leaves a little of 1 − x·x, which is no distance.
            products.map { 1 - $0 < 1e-6 ? 0 : 1 - $0 }
        }
    }

    /// Draws indices with probability proportional to their weights; none when all weights are zero.
    private static func draw(_ count: Int, from weights: [Float], generator: inout SeededGenerator) -> [Int] {
        let total = weights.reduce(0.0) { $0 + Double($1) }
        guard total > 0 else { return [] }
        let marks = (0..<count).map { _ in generator.unitDouble() * total }.sorted()
        var drawn: [Int] = []
        var sum = 0.0
        for (index, weight) in weights.enumerated() where weight > 0 {
            sum += Double(weight)
            while drawn.count < count, marks[drawn.count] < sum { drawn.append(index) }
            if drawn.count == count { break }
        }
        return drawn
    }

    /// The first row that is not a seed yet, for when every row lies on a seed up to rounding.
    private static func firstUnchosen(_ chosen: [Int]) -> Int {
        let taken = Set(chosen)
        var row = 0
        while taken.contains(row) { row += 1 }
        return row
    }
}
