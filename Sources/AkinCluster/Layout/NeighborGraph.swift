import AkinVectors
import Foundation

/// For each row its nearest other rows.
struct NeighborGraph: Sendable {
    /// Neighbours kept of each row.
    let degree: Int
    // (rows × degree): the neighbours of row i from i × degree on, the nearest first
    let neighbors: [Int32]
    // (rows × degree): their squared distances
    let distances: [Float]

    /// Finds the neighbours by comparing all rows with all rows, or with those of the nearest cells.
    ///
    /// - Parameters:
    ///   - degree: at most the number of other rows.
    ///   - cells: nil to compare all with all; see `NeighborCells`.
    /// - Complexity: rows² × dimension as matrix products, and rows² comparisons; a few hundredths of that with cells.
    init(_ rows: Matrix, degree: Int, cells: NeighborCells?, threads: Int) throws {
        let degree = min(degree, max(0, rows.rows - 1))
        self.degree = degree
        let found =
            if let cells {
                try cells.nearest(of: rows, count: degree, threads: threads)
            } else {
                try Self.nearest(of: rows, among: rows, count: degree, threads: threads)
            }
        neighbors = found.flatMap { $0.map { Int32($0.id) } }
        distances = found.flatMap { $0.map { max(0, -$0.score) } }
    }

    /// For each row the `count` nearest others with their negative squared distances, the nearest first.
    private static func nearest(of rows: Matrix, among others: Matrix, count: Int, threads: Int) throws
        -> [[TopSelection.Entry]]
    {
        let norms = squaredNorms(others)
        return try RowBlocks.map(rows.rows, threads: threads) { range in
            nearest(of: rows, Array(range), among: others, numbers: nil, norms: norms, count: count)
        }.flatMap(\.self)
    }

    /// The same for some rows, named by their numbers, among others whose numbers are `numbers` (their places where
    /// nil).
    static func nearest(
        of rows: Matrix, _ asked: [Int], among others: Matrix, numbers: [Int]?, norms: [Float], count: Int
    ) -> [[TopSelection.Entry]] {
        let block = rows.gathered(asked)
        let products = RowBlocks.products(block, 0..<block.rows, with: others)
        return unsafe products.withUnsafeBufferPointer { products in
            asked.enumerated().map { place, row in
                var selection = TopSelection(capacity: count)
                var threshold = -Float.infinity
                let start = place * others.rows
                // −‖a − b‖² = 2 a·b − ‖b‖² − ‖a‖²; the last term is the same for all b and added at the end.
                for other in 0..<others.rows {
                    let score = unsafe 2 * products[start + other] - norms[other]
                    guard score > threshold else { continue }
                    let number = numbers?[other] ?? other
                    if number != row {
                        selection.offer(id: number, score: score)
                        threshold = selection.threshold
                    }
                }
                let norm = squaredNorm(block, place)
                return selection.sorted().map { TopSelection.Entry(id: $0.id, score: $0.score - norm) }
            }
        }
    }

    static func squaredNorms(_ rows: Matrix) -> [Float] { (0..<rows.rows).map { squaredNorm(rows, $0) } }

    private static func squaredNorm(_ rows: Matrix, _ row: Int) -> Float {
        unsafe rows.withUnsafePointer { base in
            let start = unsafe base + row * rows.columns
            return unsafe VectorMath.dot(start, start, rows.columns)
        }
    }

    /// The graph as weighted undirected edges: the fuzzy union of McInnes, Healy and Melville, "UMAP: uniform manifold
    /// approximation and projection" (2018), section 3.1. The weight from i to j is exp(−(d − ρ) / σ), where ρ is the
    /// distance to the nearest neighbour and σ makes the weights of i sum to log₂(degree); the union of a and b is a +
    /// b − a b.
    func fuzzyEdges(threads: Int) throws -> [FuzzyEdge] {
        guard degree > 0 else { return [] }
        let count = neighbors.count / degree
        let weights = try RowBlocks.map(count, threads: threads) { rows in
            rows.flatMap { row in Self.memberships(distances[row * degree..<(row + 1) * degree].map { $0.squareRoot() })
            }
        }.flatMap(\.self)
        var edges: [FuzzyEdge] = []
        edges.reserveCapacity(neighbors.count)
        for row in 0..<count {
            for index in row * degree..<(row + 1) * degree {
                let other = Int(neighbors[index])
                let back = (other * degree..<(other + 1) * degree).first { neighbors[$0] == Int32(row) }
                // A mutual edge is made once, by its smaller end.
                if let back {
                    guard row < other else { continue }
                    let (a, b) = (weights[index], weights[back])
                    edges.append(FuzzyEdge(from: Int32(row), to: Int32(other), weight: a + b - a * b))
                } else {
                    edges.append(FuzzyEdge(from: Int32(row), to: Int32(other), weight: weights[index]))
                }
            }
        }
        return edges
    }

    /// exp(−(d − ρ) / σ) for ascending distances, with σ by bisection.
    private static func memberships(_ lengths: [Float]) -> [Float] {
        let nearest = lengths.first { $0 > 0 } ?? 0
        let target = max(1, log2(Float(lengths.count)))
        var (low, high, sigma) = (Float(0), Float.infinity, Float(1))
        for _ in 0..<40 {
            let sum = lengths.reduce(Float(0)) { $0 + exp(-max(0, $1 - nearest) / sigma) }
            if sum > target {
                high = sigma
                sigma = (low + high) / 2
            } else {
                low = sigma
                sigma = high.isFinite ? (low + high) / 2 : sigma * 2
            }
        }
        // Equal distances drive σ to 0; a floor keeps the weights apart from rounding.
        sigma = max(sigma, 1e-3 * max(nearest, 1e-6))
        return lengths.map { exp(-max(0, $0 - nearest) / sigma) }
    }
}

/// An edge of the neighbour graph, with a weight in 0 … 1.
struct FuzzyEdge: Sendable {
    var from: Int32
    var to: Int32
    var weight: Float
}
