import AkinCore
import AkinIndex
import AkinVectors

/// Made-up vectors and the plainest way to search them.
enum Samples {
    /// Unit vectors for `cosine`, others of differing length; `clusters` clouds when given, one cloud around zero
    /// otherwise.
    static func vectors(_ rows: Int, _ dimension: Int, metric: DistanceMetric, clusters: Int = 0, seed: UInt64 = 7)
        -> Matrix
    {
        var random = SeededGenerator(seed: seed)
        // The sum of four uniform numbers is near enough to a normal one.
        func spread() -> Float { (0..<4).reduce(into: Float(-2)) { sum, _ in sum += random.unitFloat() } }
        let centers = (0..<clusters).map { _ in (0..<dimension).map { _ in spread() } }
        var matrix = Matrix(rows: rows, columns: dimension)
        for row in 0..<rows {
            let center = centers.isEmpty ? nil : centers[random.integer(below: centers.count)]
            matrix.setRow(row, (0..<dimension).map { (center?[$0] ?? 0) + (center == nil ? 1 : 0.5) * spread() })
        }
        if metric == .cosine { matrix.normalizeRows() }
        return matrix
    }

    /// Ids that are neither dense nor ascending.
    static func ids(_ count: Int) -> [Int64] { (0..<count).map { Int64(($0 &* 7919) % 1_000_003) - 5 } }

    /// Every row compared and sorted, without any of the code under test.
    static func bruteForce(
        _ query: [Float], ids: [Int64], vectors: Matrix, metric: DistanceMetric, k: Int,
        isAllowed: (Int64) -> Bool = { _ in true }
    ) -> [Neighbor] {
        let scored = ids.indices.filter { isAllowed(ids[$0]) }.map { row in
            let other = vectors.row(row)
            let similarity =
                switch metric {
                case .cosine, .dot: zip(query, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                case .l2:
                    -zip(query, other).reduce(0.0) {
                        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
                    }
                }
            return Neighbor(id: ids[row], similarity: Float(similarity))
        }
        return Array(scored.sorted { $0.precedes($1) }.prefix(k))
    }

    /// Whether two answers have the same similarities, within rounding; ids may differ where similarities are equal.
    static func agree(_ a: [Neighbor], _ b: [Neighbor]) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy { abs($0.similarity - $1.similarity) <= 1e-4 * max(1, abs($0.similarity)) }
    }
}
