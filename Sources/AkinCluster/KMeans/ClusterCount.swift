import AkinCore
package import AkinVectors

/// Chooses a number of clusters: one whose clusters come back on other halves of the data, and say something.
///
/// The score of k is the product of
/// * stability: the adjusted mutual information between clusterings learnt on two halves of the rows and applied to all of them (after
///   Ben-Hur, Elisseeff and Guyon, "A stability based method for discovering structure in clustered data", 2002), the mean over several
///   ways to halve them;
/// * the root of the Gini–Simpson index 1 − Σ share², the chance that two rows fall into different clusters. Two clusters, or one large
///   cluster and crumbs, are often stable but tell little.
///
/// Candidates are 2 … 10 and then a geometric grid up to √n and 150 (for few rows up to 8 or n / 3), and the numbers around the best. Of
/// the criteria tried (with silhouettes, the adjusted Rand index, entropies and powers of them) this one held up best on questions of TREC
/// and on twelve sets of WordNet's glosses drawn from 5 to 75 branches of its nouns.
package enum ClusterCount {
    package struct Candidate: Sendable, Hashable {
        package var k: Int
        package var score: Double
    }

    /// Rows of the sample that larger sets are judged by.
    private static let sampleLimit = 6_000
    private static let largest = 150
    private static let splits = 4

    /// The best number of clusters and the candidates tried, ascending. 1 when no candidate shows any structure, 0 without rows.
    ///
    /// - Parameter rows: (n, dimension), unit rows.
    /// - Complexity: about 30 candidates × 8 runs of k-means over at most 3000 rows, whatever n is.
    package static func choose(_ rows: Matrix, options: KMeansOptions) throws -> (k: Int, candidates: [Candidate]) {
        var generator = SeededGenerator(seed: options.seed)
        let sampled = KMeans.sampleIndices(count: sampleLimit, of: rows.rows, generator: &generator)
        let sample = sampled.count == rows.rows ? rows : rows.gathered(sampled)
        let halves = (0..<splits).map { _ in
            let first = KMeans.sampleIndices(count: sample.rows / 2, of: sample.rows, generator: &generator)
            let taken = Set(first)
            return (sample.gathered(first), sample.gathered((0..<sample.rows).filter { !taken.contains($0) }))
        }
        let screened = ScreenedRows(sample, threads: options.threads)
        var candidates: [Candidate] = []
        let grid = grid(rows: rows.rows)
        for k in grid { candidates.append(try judge(screened, halves, k: k, options)) }
        if let best = best(candidates) {
            for k in between(grid, around: best.k) { candidates.append(try judge(screened, halves, k: k, options)) }
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

    /// The highest score above 0; ties go to fewer clusters.
    private static func best(_ candidates: [Candidate]) -> Candidate? {
        candidates.filter { $0.score > 0 }.max { ($0.score, $1.k) < ($1.score, $0.k) }
    }

    private static func judge(
        _ sample: ScreenedRows, _ halves: [(Matrix, Matrix)], k: Int, _ options: KMeansOptions
    ) throws -> Candidate {
        var options = options
        options.restarts = 1
        var (stability, diversity) = (0.0, 0.0)
        for (first, second) in halves {
            let clusterings = try [first, second].map { half in
                let centroids = try KMeans.cluster(half, k: k, options: options).centroids
                return sample.nearest(to: centroids, threads: options.threads).assignments
            }
            stability += Agreement.adjustedMutualInformation(clusterings[0], clusterings[1]) / Double(halves.count)
            diversity += clusterings.reduce(0) { $0 + Agreement.giniSimpsonIndex($1) } / Double(2 * halves.count)
        }
        return Candidate(k: k, score: max(0, stability) * diversity.squareRoot())
    }
}
