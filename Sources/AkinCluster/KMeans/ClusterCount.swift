import AkinCore
package import AkinVectors
import Foundation

/// Chooses a number of clusters: one whose clusters are found again in other halves of the data, and divide it well.
///
/// The score of k is the product of
/// * stability: the adjusted mutual information between clusterings learnt on two halves of the rows and applied to all
///   of them (after Ben-Hur, Elisseeff and Guyon, "A stability based method for discovering structure in clustered
///   data", 2002), the mean over four ways to halve them, eight up to ten clusters;
/// * the root of the Gini–Simpson index 1 − Σ share², the chance that two rows fall into different clusters. Two
///   clusters, or one large cluster and crumbs, are often stable but say little.
///
/// Where the scores are highest on average over neighbouring numbers, the highest wins: a number that is good while its
/// neighbours are not is good by chance.
///
/// Candidates are 2 … 10 and then a geometric grid up to √n and 150 (for few rows up to 8 or n / 3), and the numbers
/// around the best. Of the criteria tried (with silhouettes, the adjusted Rand index, entropies and powers of them)
/// this one did best on the questions of TREC and on twelve sets of WordNet's glosses drawn from 5 to 75 branches of
/// its nouns.
package enum ClusterCount {
    package struct Candidate: Sendable, Hashable {
        package var k: Int
        package var score: Double
    }

    /// Rows of the sample that stands for a larger set.
    private static let sampleLimit = 6_000
    private static let largest = 150
    /// Ways to halve the rows, for up to ten clusters and for more: few clusters can be stable by chance, and cost
    /// little.
    private static let splits = (few: 8, many: 4)
    /// Starts of each k-means, of which the best is kept: a poor start must not look like instability.
    private static let restarts = 3
    /// How far neighbouring numbers reach, in ln k: the standard deviation of the Gaussian weights by which they count.
    private static let bandwidth = 0.2

    /// The best number of clusters and the candidates tried, ascending. 1 when no candidate shows any structure, 0
    /// without rows.
    ///
    /// - Parameter rows: (n, dimension), unit rows.
    /// - Complexity: 9 candidates × 48 and about 20 × 24 starts of k-means over at most 3000 rows, whatever n is.
    package static func choose(_ rows: Matrix, options: KMeansOptions) throws -> (k: Int, candidates: [Candidate]) {
        var generator = SeededGenerator(seed: options.seed)
        let sampled = KMeans.sampleIndices(count: sampleLimit, of: rows.rows, generator: &generator)
        let sample = sampled.count == rows.rows ? rows : rows.gathered(sampled)
        let splits = (0..<splits.few).map { _ in
            let first = KMeans.sampleIndices(count: sample.rows / 2, of: sample.rows, generator: &generator)
            let taken = Set(first)
            let second = (0..<sample.rows).filter { !taken.contains($0) }
            return [first, second].map { Half(sample.gathered($0), threads: options.threads) }
        }
        let screened = ScreenedRows(sample, threads: options.threads)
        var candidates: [Candidate] = []
        let grid = grid(rows: rows.rows)
        for k in grid { candidates.append(try judge(screened, splits, k: k, options)) }
        if let best = best(candidates) {
            for k in between(grid, around: best.k) { candidates.append(try judge(screened, splits, k: k, options)) }
        }
        candidates.sort { $0.k < $1.k }
        return (best(candidates)?.k ?? min(1, rows.rows), candidates)
    }

    /// The numbers of clusters to try for so many rows.
    package static func grid(rows: Int) -> [Int] {
        let limit = min(rows - 1, largest, max(Int(Double(rows).squareRoot()), min(8, rows / 3), 2))
        var grid: [Int] = []
        var k = 2
        while k <= limit {
            grid.append(k)
            k = k < 10 ? k + 1 : k * 5 / 4
        }
        return grid
    }

    /// Up to four untried numbers on both sides of the best one.
    private static func between(_ grid: [Int], around k: Int) -> [Int] {
        guard let place = grid.firstIndex(of: k) else { return [] }
        let low = place > 0 ? grid[place - 1] : k
        let high = place + 1 < grid.count ? grid[place + 1] : k
        let steps = [(low + 2 * k) / 3, (2 * low + k) / 3, (high + 2 * k) / 3, (2 * high + k) / 3]
        return Set(steps).subtracting(grid).sorted()
    }

    /// Of the candidates near the one with the highest smoothed score, the one with the highest score of its own, above
    /// 0; ties go to fewer clusters.
    private static func best(_ candidates: [Candidate]) -> Candidate? {
        let smoothed = candidates.map { candidate in
            let weights = candidates.map { exp(-pow(distance($0, candidate) / bandwidth, 2) / 2) }
            return zip(weights, candidates).reduce(0) { $0 + $1.0 * $1.1.score } / weights.reduce(0, +)
        }
        guard let top = smoothed.indices.max(by: { (smoothed[$0], $1) < (smoothed[$1], $0) }) else { return nil }
        return candidates.filter { $0.score > 0 && distance($0, candidates[top]) <= bandwidth }
            .max { ($0.score, $1.k) < ($1.score, $0.k) }
    }

    private static func distance(_ one: Candidate, _ other: Candidate) -> Double {
        abs(log(Double(one.k) / Double(other.k)))
    }

    private struct Half {
        let rows: Matrix
        let screened: ScreenedRows

        init(_ rows: Matrix, threads: Int) {
            self.rows = rows
            screened = ScreenedRows(rows, threads: threads)
        }
    }

    private static func judge(_ sample: ScreenedRows, _ halvings: [[Half]], k: Int, _ options: KMeansOptions) throws
        -> Candidate
    {
        var options = options
        options.restarts = restarts
        let halvings = halvings.prefix(k <= 10 ? splits.few : splits.many)
        var (stability, diversity) = (0.0, 0.0)
        for halves in halvings {
            let clusterings = try halves.map { half in
                let centroids = try KMeans.bestStart(half.rows, half.screened, k: k, options).centroids
                return sample.nearest(to: centroids, threads: options.threads).assignments
            }
            stability += Agreement.adjustedMutualInformation(clusterings[0], clusterings[1]) / Double(halvings.count)
            diversity += clusterings.reduce(0) { $0 + Agreement.giniSimpsonIndex($1) } / Double(2 * halvings.count)
        }
        return Candidate(k: k, score: max(0, stability) * diversity.squareRoot())
    }
}
