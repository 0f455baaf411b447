package import AkinVectors

/// How well texts find the ones that belong to them, each among all.
package struct MatchScores: Sendable, Equatable {
    /// The share whose own is the nearest, 0 … 1.
    package let recallAtOne: Double
    /// The mean of 1 / rank of one's own, 0 … 1.
    package let meanReciprocalRank: Double

    /// - Parameters:
    ///   - anchors: (n, dimension), of any length; cosines decide.
    ///   - candidates: (m, dimension), of any length.
    ///   - right: by anchor, the candidates that belong to it; the nearest of them counts.
    /// - Complexity: n · m products of rows.
    package init(anchors: Matrix, candidates: Matrix, right: [Set<Int>]) {
        precondition(anchors.rows == right.count)
        let others = (0..<candidates.rows).map { VectorMath.normalized(candidates.row($0)) }
        var (firsts, reciprocals) = (0.0, 0.0)
        for (index, right) in right.enumerated() {
            let anchor = VectorMath.normalized(anchors.row(index))
            let scores = others.map { VectorMath.dot(anchor, $0) }
            let best = right.map { scores[$0] }.max() ?? -.infinity
            // Of equal ones, those that do not belong to it come first.
            let before = scores.indices.filter { scores[$0] >= best && !right.contains($0) }.count
            if before == 0 { firsts += 1 }
            reciprocals += 1 / Double(before + 1)
        }
        let count = Double(max(1, right.count))
        (recallAtOne, meanReciprocalRank) = (firsts / count, reciprocals / count)
    }
}
