import AkinVectors
import Foundation

/// Made-up rows of unit length with known structure.
enum Samples {
    /// A value near the normal distribution: twelve uniform ones added up.
    static func noise(_ generator: inout SeededGenerator) -> Float {
        (0..<12).reduce(Float(-6)) { sum, _ in sum + generator.unitFloat() }
    }

    /// `count` rows around `centers` random directions in turn: row i belongs to blob i % centers.
    static func blobs(_ count: Int, centers: Int, dimension: Int = 24, spread: Float = 0.05, seed: UInt64 = 7) -> Matrix
    {
        var generator = SeededGenerator(seed: seed)
        let directions = (0..<centers).map { _ in VectorMath.normalized((0..<dimension).map { _ in noise(&generator) })
        }
        return Matrix(
            (0..<count).map { row in
                VectorMath.normalized(directions[row % centers].map { $0 + spread * noise(&generator) })
            })
    }

    /// Rows in all directions.
    static func scattered(_ count: Int, dimension: Int, seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix((0..<count).map { _ in VectorMath.normalized((0..<dimension).map { _ in noise(&generator) }) })
    }

    /// Rows at the given angles, in degrees, on the circle.
    static func circle(_ degrees: [Double]) -> Matrix {
        Matrix(degrees.map { [Float(cos($0 * .pi / 180)), Float(sin($0 * .pi / 180))] })
    }

    /// The objective of spherical k-means by definition: Σ over clusters of the length of the sum of their rows.
    static func objective(_ rows: Matrix, _ assignments: [Int]) -> Double {
        var sums: [Int: [Double]] = [:]
        for (row, cluster) in assignments.enumerated() {
            let values = rows.row(row).map(Double.init)
            sums[cluster] = zip(sums[cluster] ?? values.map { _ in 0 }, values).map { $0 + $1 }
        }
        return sums.values.reduce(0) { total, sum in total + sum.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    }

    /// The best objective over all assignments of the rows to `k` clusters.
    static func bestObjective(_ rows: Matrix, k: Int) -> Double {
        var best = -Double.infinity
        var assignments = [Int](repeating: 0, count: rows.rows)
        while true {
            best = max(best, objective(rows, assignments))
            guard let place = assignments.lastIndex(where: { $0 < k - 1 }) else { return best }
            assignments[place] += 1
            for later in assignments.indices where later > place { assignments[later] = 0 }
        }
    }
}
