import AkinCore
package import AkinVectors

/// Chooses a number of clusters: one whose clusters stand apart, come back on other halves of the data, and say something.
///
/// The score of k is the product of
/// * the mean silhouette under cosine distance (Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
///   cluster analysis", 1987), at least 0. The simplified form, which measures to centroids, grows with k where clusters are small;
/// * stability: the mean adjusted Rand index between clusterings learnt on two halves of the rows and applied to all of them (after
///   Ben-Hur, Elisseeff and Guyon, "A stability based method for discovering structure in clustered data", 2002), at least 0;
/// * the Gini–Simpson index 1 − Σ share², the chance that two rows fall into different clusters. Two clusters, or one large cluster
///   and crumbs, are often apart and stable but tell little.
///
/// Candidates are 2 … 10 and then a geometric grid up to √n and 50 (for few rows up to 8 or n / 3), and the numbers around the best.
package enum ClusterCount {
    package struct Candidate: Sendable, Hashable {
        package var k: Int
        package var score: Double
    }

    /// Rows of the sample that larger sets are judged by.
    private static let sampleLimit = 2_000
    private static let largest = 50
    private static let restarts = 2
    private static let splits = 3

    /// The best number of clusters and the candidates tried, ascending. 1 when no candidate shows any structure, 0 without rows.
    ///
    /// - Parameter rows: (n, dimension), unit rows.
    /// - Complexity: about 20 candidates × 8 runs of k-means over at most 2000 rows, whatever n is.
    package static func choose(_ rows: Matrix, options: KMeansOptions) throws -> (k: Int, candidates: [Candidate]) {
        var generator = SeededGenerator(seed: options.seed)
        let sampled = KMeans.sampleIndices(count: sampleLimit, of: rows.rows, generator: &generator)
        let sample = sampled.count == rows.rows ? rows : rows.gathered(sampled)
        let halves = (0..<splits).map { _ in
            let first = KMeans.sampleIndices(count: sample.rows / 2, of: sample.rows, generator: &generator)
            let taken = Set(first)
            return (sample.gathered(first), sample.gathered((0..<sample.rows).filter { !taken.contains($0) }))
        }
        var candidates: [Candidate] = []
        let grid = grid(rows: rows.rows)
        for k in grid { candidates.append(try judge(sample, halves, k: k, options)) }
        if let best = best(candidates) {
            for k in between(grid, around: best.k) { candidates.append(try judge(sample, halves, k: k, options)) }
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
        _ sample: Matrix, _ halves: [(Matrix, Matrix)], k: Int, _ options: KMeansOptions
    ) throws -> Candidate {
        var options = options
        options.restarts = restarts
        let result = try KMeans.cluster(sample, k: k, options: options)
        let silhouette = try Silhouette.mean(sample, result, threads: options.threads)
        options.restarts = 1
        var stability = 0.0
        for (first, second) in halves {
            let one = try applied(first, to: sample, k: k, options)
            let other = try applied(second, to: sample, k: k, options)
            stability += Agreement.adjustedRandIndex(one, other) / Double(halves.count)
        }
        let shares = result.members.map { Double($0.count) / Double(sample.rows) }
        let diversity = 1 - shares.reduce(0) { $0 + $1 * $1 }
        return Candidate(k: k, score: max(0, silhouette) * max(0, stability) * diversity)
    }

    /// The nearest centroid of each row, with centroids learnt on some of the rows.
    private static func applied(_ part: Matrix, to rows: Matrix, k: Int, _ options: KMeansOptions) throws -> [Int] {
        var partition = KMeans.Partition(centroids: try KMeans.cluster(part, k: k, options: options).centroids)
        try KMeans.assign(rows, &partition, threads: options.threads)
        return partition.assignments
    }
}
