import AkinVectors

extension KMeans {
    /// Improves a partition until neither Lloyd's iteration nor moving a single row improves it further.
    ///
    /// Dhillon, Guan and Kogan, "Iterative clustering of high dimensional text data augmented by local search" (2002):
    /// with S the sum of a cluster's rows the objective is Σ ‖S‖, and moving row x from A to B gains ‖S_A − x‖ − ‖S_A‖
    /// + ‖S_B + x‖ − ‖S_B‖. Lloyd's iteration stops where such moves still gain, most of all in small clusters.
    static func refine(_ screened: ScreenedRows, _ rows: Matrix, _ partition: inout Partition, _ options: KMeansOptions)
        throws
    {
        for _ in 0..<20 {
            iterate(screened, rows, &partition, tolerance: 0, options)
            guard rows.rows <= largestRefined else { break }
            partition.centroids = meanDirections(rows, partition, threads: options.threads)
            guard try moveSingleRows(rows, &partition, threads: options.threads) else { break }
        }
        settle(rows, &partition, threads: options.threads)
    }

    /// Rows beyond which single rows are not moved: in large clusters such moves gain next to nothing.
    private static let largestRefined = 50_000

    /// Computes centroids and similarities from the assignments.
    private static func settle(_ rows: Matrix, _ partition: inout Partition, threads: Int) {
        partition.centroids = meanDirections(rows, partition, threads: threads)
        partition.similarities = RowProducts.assigned(
            rows, partition.assignments, with: partition.centroids, threads: threads)
    }

    /// Makes the gaining moves in the order of the rows; returns whether there were any.
    private static func moveSingleRows(_ rows: Matrix, _ partition: inout Partition, threads: Int) throws -> Bool {
        let k = partition.centroids.rows
        guard k > 1 else { return false }
        var sums = MovingSums(rows, partition)
        let candidates = try gainingMoves(rows, partition, lengths: sums.lengths, sizes: sums.sizes, threads: threads)
        var moved = false
        for (row, target) in candidates {
            let source = partition.assignments[row]
            guard source != target, sums.sizes[source] > 1 else { continue }
            let vector = rows.row(row)
            guard sums.gain(vector, from: source, to: target) > 1e-5 else { continue }
            sums.move(vector, from: source, to: target)
            partition.assignments[row] = target
            moved = true
        }
        if moved { partition.centroids = meanDirections(rows, partition, threads: threads) }
        return moved
    }

    /// For each row that would gain with the sums as they stand, its best target.
    private static func gainingMoves(
        _ rows: Matrix, _ partition: Partition, lengths: [Float], sizes: [Int], threads: Int
    ) throws -> [(row: Int, target: Int)] {
        let (centroids, assignments) = (partition.centroids, partition.assignments)
        return try RowBlocks.map(rows.rows, threads: threads) { range in
            let products = RowBlocks.products(rows, range, with: centroids)
            var moves: [(row: Int, target: Int)] = []
            for row in range {
                let start = (row - range.lowerBound) * centroids.rows
                let source = assignments[row]
                guard sizes[source] > 1 else { continue }
                let loss = MovingSums.lengthChange(lengths[source], cosine: products[start + source], sign: -1)
                var best = (gain: Float(1e-5), target: source)
                for target in 0..<centroids.rows where target != source && sizes[target] > 0 {
                    let gain =
                        loss + MovingSums.lengthChange(lengths[target], cosine: products[start + target], sign: 1)
                    if gain > best.gain { best = (gain, target) }
                }
                if best.target != source { moves.append((row, best.target)) }
            }
            return moves
        }.flatMap(\.self)
    }
}

/// The sums of the rows of each cluster, kept up to date through moves.
private struct MovingSums {
    private var sums: [[Float]]
    private(set) var lengths: [Float]
    private(set) var sizes: [Int]

    init(_ rows: Matrix, _ partition: KMeans.Partition) {
        sums = [[Float]](repeating: [Float](repeating: 0, count: rows.columns), count: partition.centroids.rows)
        sizes = [Int](repeating: 0, count: sums.count)
        lengths = []
        for (row, cluster) in partition.assignments.enumerated() {
            sizes[cluster] += 1
            add(rows.row(row), to: cluster, sign: 1)
        }
        lengths = sums.map { VectorMath.dot($0, $0).squareRoot() }
    }

    /// ‖S ± x‖ − ‖S‖ for a unit x with the given cosine to S: (±2 ‖S‖ cosine + 1) / (‖S ± x‖ + ‖S‖), which does not
    /// cancel.
    static func lengthChange(_ length: Float, cosine: Float, sign: Float) -> Float {
        let difference = sign * 2 * length * cosine + 1
        return difference / (max(length * length + difference, 0).squareRoot() + length)
    }

    func gain(_ vector: [Float], from source: Int, to target: Int) -> Float {
        Self.lengthChange(lengths[source], cosine: cosine(vector, source), sign: -1)
            + Self.lengthChange(lengths[target], cosine: cosine(vector, target), sign: 1)
    }

    mutating func move(_ vector: [Float], from source: Int, to target: Int) {
        add(vector, to: source, sign: -1)
        add(vector, to: target, sign: 1)
        sizes[source] -= 1
        sizes[target] += 1
        for cluster in [source, target] { lengths[cluster] = VectorMath.dot(sums[cluster], sums[cluster]).squareRoot() }
    }

    private func cosine(_ vector: [Float], _ cluster: Int) -> Float {
        lengths[cluster] > 0 ? VectorMath.dot(vector, sums[cluster]) / lengths[cluster] : 0
    }

    private mutating func add(_ vector: [Float], to cluster: Int, sign: Float) {
        let count = vector.count
        unsafe vector.withUnsafeBufferPointer { vector in
            unsafe sums[cluster].withUnsafeMutableBufferPointer { sum in
                if let x = vector.baseAddress, let y = sum.baseAddress { unsafe VectorMath.axpy(sign, x, y, count) }
            }
        }
    }
}
