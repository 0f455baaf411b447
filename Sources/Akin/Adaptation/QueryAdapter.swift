import AkinVectors

/// A matrix that the vectors of questions are multiplied by, before they are compared with those of passages.
struct QueryAdapter: Sendable {
    /// W, (dimension, dimension).
    let matrix: Matrix

    /// The vector of a question as it is compared: W·q, of unit length.
    ///
    /// - Complexity: dimension² multiplications.
    func adapted(_ vector: [Float]) -> [Float] {
        let adapted = VectorMath.normalized(matrix.products(with: vector))
        return adapted.contains { $0 != 0 } ? adapted : vector
    }
}

extension QueryAdapter {
    /// The W that minimises ‖Q·Wᵀ − T‖² + penalty · ‖W − I‖²: ridge regression towards the identity.
    ///
    /// With R = T − Q, W = I + Rᵀ·Q·(Qᵀ·Q + penalty · I)⁻¹ = I + Rᵀ·(Q·Qᵀ + penalty · I)⁻¹·Q; the smaller of the two
    /// systems is solved.
    ///
    /// - Parameters:
    ///   - questions: Q, (n, d), the vectors of questions.
    ///   - targets: T, (n, d), where they should be.
    /// - Returns: nil where the numbers are not finite.
    /// - Complexity: min(n, d)² · d + n · d².
    init?(questions: Matrix, targets: Matrix, penalty: Float) {
        precondition(questions.rows == targets.rows && questions.columns == targets.columns && penalty > 0)
        let (count, dimension) = (questions.rows, questions.columns)
        var rest = targets
        rest.subtract(questions)
        // (d, n) both
        let (rests, columns) = (rest.transposed(), questions.transposed())
        var change: Matrix
        if count < dimension {
            var gram = questions.multipliedByTranspose(of: questions)
            for index in 0..<count { gram[index, index] += penalty }
            guard let factor = CholeskyFactor(of: gram) else { return nil }
            change = rests.multipliedByTranspose(of: factor.solutions(rows: columns))
        } else {
            var gram = columns.multipliedByTranspose(of: columns)
            for index in 0..<dimension { gram[index, index] += penalty }
            guard let factor = CholeskyFactor(of: gram) else { return nil }
            change = factor.solutions(rows: rests.multipliedByTranspose(of: columns))
        }
        for index in 0..<dimension { change[index, index] += 1 }
        guard (0..<dimension).allSatisfy({ change.largestMagnitude(row: $0).isFinite }) else { return nil }
        matrix = change
    }
}
