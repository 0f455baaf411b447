import AkinCore
package import AkinVectors

/// Spherical k-means: clusters of rows of unit length by cosine.
///
/// Dhillon and Modha, "Concept decompositions for large sparse text data using clustering" (2001): centroids are mean
/// directions and the objective is Σ cosine to the assigned centroid. Starts are seeded by greedy k-means++
/// (`KMeans+Seeding.swift`) and run through Lloyd's iteration (`KMeans+Lloyd.swift`), both over a sample of the rows
/// when they are many; the best goes on over all rows and is refined by moves of single rows
/// (`KMeans+Refinement.swift`).
///
/// - Complexity: iterations × rows × k × dimension multiplications of bytes; each restart the same over at most 16,384
///   rows.
package enum KMeans {
    /// Rows beyond which starts are made over a sample.
    private static let startSample = 16_384

    /// Clusters the rows into at most `k` clusters, numbered by falling size.
    ///
    /// There are fewer than `k` clusters when there are fewer distinct rows. No rows give no clusters.
    ///
    /// - Parameter rows: (n, dimension), each row of unit length.
    /// - Throws: `invalidArgument` when `k` or the number of restarts is below 1, `invalidData` when a row does not
    ///   have unit length.
    package static func cluster(_ rows: Matrix, k: Int, options: KMeansOptions = KMeansOptions()) throws -> KMeansResult
    {
        guard k >= 1 else {
            throw AkinError(.invalidArgument, "The number of clusters is \(k); it must be at least 1.")
        }
        guard options.restarts >= 1, options.maximumIterations >= 1 else {
            throw AkinError(
                .invalidArgument,
                "k-means was asked for \(options.restarts) restarts of \(options.maximumIterations) iterations; both must be at least 1."
            )
        }
        try requireUnitRows(rows)
        let k = min(k, distinctRows(of: rows, limit: k))
        guard k > 0 else {
            return KMeansResult(
                assignments: [], centroids: Matrix(rows: 0, columns: rows.columns), objective: 0, iterations: 0)
        }
        let screened = ScreenedRows(rows, threads: options.threads)
        var partition = try bestStart(rows, screened, k: k, options)
        try refine(screened, rows, &partition, options)
        return numberedBySize(partition)
    }

    /// The best of the starts, over a sample of the rows when they are many. Clusters may be empty.
    static func bestStart(_ rows: Matrix, _ screened: ScreenedRows, k: Int, _ options: KMeansOptions) throws
        -> Partition
    {
        var generator = SeededGenerator(seed: options.seed)
        let sampled = sampleIndices(count: max(startSample, 64 * k), of: rows.rows, generator: &generator)
        let isWhole = sampled.count == rows.rows
        let sample = isWhole ? rows : rows.gathered(sampled)
        let screened = isWhole ? screened : ScreenedRows(sample, threads: options.threads)
        var best: Partition?
        for restart in 0..<(k == 1 ? 1 : options.restarts) {
            var generator = SeededGenerator(seed: options.seed &+ UInt64(restart) &* 0x9E37_79B9_7F4A_7C15)
            let seeds = seeds(sample, k: k, generator: &generator, threads: options.threads)
            var partition = Partition(centroids: sample.gathered(seeds))
            iterate(screened, sample, &partition, tolerance: 1e-4, options)
            if partition.objective > best?.objective ?? -.infinity { best = partition }
        }
        guard let best else { throw AkinError(.internalFailure, "k-means made no start; please report it.") }
        return best
    }

    /// An unfinished partition, whose clusters may be empty.
    package struct Partition {
        // (k, dimension)
        package var centroids: Matrix
        package var assignments: [Int] = []
        /// For each row the cosine to its centroid at the time of the last assignment.
        package var similarities: [Float] = []
        var iterations = 0

        var objective: Double { similarities.reduce(0) { $0 + Double($1) } }

        package init(centroids: Matrix) { self.centroids = centroids }
    }

    private static func requireUnitRows(_ rows: Matrix) throws {
        for row in 0..<rows.rows {
            let length = unsafe rows.withUnsafePointer { base in
                let start = unsafe base + row * rows.columns
                return unsafe VectorMath.dot(start, start, rows.columns).squareRoot()
            }
            guard abs(length - 1) < 0.001 else {
                throw AkinError(
                    .invalidData,
                    "Row \(row) has length \(length), but k-means needs rows of unit length; normalise the rows and leave out zeros."
                )
            }
        }
    }

    /// The number of different rows, counted no further than `limit`.
    private static func distinctRows(of rows: Matrix, limit: Int) -> Int {
        var seen = Set<[Float]>()
        for row in 0..<rows.rows where seen.count < limit { seen.insert(rows.row(row)) }
        return seen.count
    }

    /// Drops empty clusters and numbers the rest by falling size (ties: the cluster of the earlier row first).
    private static func numberedBySize(_ partition: Partition) -> KMeansResult {
        let k = partition.centroids.rows
        var sizes = [Int](repeating: 0, count: k)
        var firstRows = [Int](repeating: Int.max, count: k)
        for (row, cluster) in partition.assignments.enumerated() {
            sizes[cluster] += 1
            firstRows[cluster] = min(firstRows[cluster], row)
        }
        let order = (0..<k).filter { sizes[$0] > 0 }.sorted { (sizes[$1], firstRows[$0]) < (sizes[$0], firstRows[$1]) }
        var numbers = [Int](repeating: 0, count: k)
        for (number, cluster) in order.enumerated() { numbers[cluster] = number }
        return KMeansResult(
            assignments: partition.assignments.map { numbers[$0] }, centroids: partition.centroids.gathered(order),
            objective: partition.objective, iterations: partition.iterations)
    }
}
