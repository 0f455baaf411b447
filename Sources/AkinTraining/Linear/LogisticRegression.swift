package import AkinVectors
import Foundation

/// A linear classifier: the probability of each class is the softmax of W·x + b.
///
/// ```swift
/// let model = try LogisticRegression.fit(features, classes: classes, count: 3, options: .init(inverseRegularization: 10))
/// let probabilities = model.probabilities(of: queries)
/// ```
package struct LogisticRegression: Sendable {
    /// (classes, dimension)
    package let weights: Matrix
    /// (classes)
    package let biases: [Float]

    package init(weights: Matrix, biases: [Float]) {
        precondition(weights.rows == biases.count)
        self.weights = weights
        self.biases = biases
    }

    /// W·x + b for each row. Shape: (rows, classes).
    ///
    /// - Complexity: rows × classes × dimension.
    package func logits(of features: Matrix) -> Matrix {
        precondition(features.columns == weights.columns)
        var result = features.multipliedByTranspose(of: weights)
        let (rows, classes) = (result.rows, result.columns)
        unsafe result.withUnsafeMutablePointer { base in
            for row in 0..<rows {
                for place in 0..<classes { unsafe base[row * classes + place] += biases[place] }
            }
        }
        return result
    }

    /// The classifier with the same labels whose logits are divided by a temperature.
    package func scaled(by temperature: Double) -> LogisticRegression {
        let factor = Float(1 / temperature)
        return LogisticRegression(
            weights: Matrix((0..<weights.rows).map { weights.row($0).map { $0 * factor } }),
            biases: biases.map { $0 * factor })
    }

    /// The probability of each class for each row. Shape: (rows, classes).
    ///
    /// - Complexity: rows × classes × dimension.
    package func probabilities(of features: Matrix) -> Matrix {
        var result = logits(of: features)
        let (rows, classes) = (result.rows, result.columns)
        unsafe result.withUnsafeMutablePointer { base in
            for row in 0..<rows {
                let scores = unsafe UnsafeMutableBufferPointer(start: base + row * classes, count: classes)
                let largest = unsafe scores.max() ?? 0
                var sum: Float = 0
                for place in 0..<classes {
                    unsafe scores[place] = exp(scores[place] - largest)
                    unsafe sum += scores[place]
                }
                for place in 0..<classes { unsafe scores[place] /= sum }
            }
        }
        return result
    }
}

extension LogisticRegression {
    /// How a classifier is fitted.
    package struct Options: Sendable {
        /// C: how much the examples count against the size of the weights.
        package var inverseRegularization: Double
        /// Whether classes count alike, however many examples each has; else examples do.
        package var isBalanced: Bool
        package var maximumIterations: Int
        /// The largest component of the gradient of the mean loss at which the fit has converged.
        package var tolerance: Double

        package init(
            inverseRegularization: Double = 1, isBalanced: Bool = false, maximumIterations: Int = 1000,
            tolerance: Double = 1e-6
        ) {
            self.inverseRegularization = inverseRegularization
            self.isBalanced = isBalanced
            self.maximumIterations = maximumIterations
            self.tolerance = tolerance
        }
    }

    /// The classifier that minimises C · Σ −log p(class) + ½‖W‖²; biases are not penalised. Two classes are held to one
    /// vector of weights, as scikit-learn does it: W₀ = −W₁ = w / 2 with the penalty ½‖w‖².
    ///
    /// - Parameters:
    ///   - features: (n, dimension)
    ///   - classes: (n) each below `count`
    ///   - start: where the search begins; it changes how long it takes, not what it finds.
    /// - Returns: The same bits at any number of threads.
    /// - Throws: `CancellationError` when `isCancelled` says so.
    /// - Complexity: some 50 to 300 passes of 4 · n · dimension · count operations each.
    package static func fit(
        _ features: Matrix, classes: [Int], count: Int, options: Options = Options(),
        startingAt start: LogisticRegression? = nil, threads: Int, isCancelled: () -> Bool = { false }
    ) throws -> LogisticRegression {
        let loss = SoftmaxLoss(features, classes: classes, count: count, options: options, threads: threads)
        var parameters = start?.parameters ?? [Double](repeating: 0, count: count * (features.columns + 1))
        try LBFGS(maximumIterations: options.maximumIterations, tolerance: options.tolerance).minimize(&parameters) {
            if isCancelled() { throw CancellationError() }
            return try loss.evaluate($0, gradient: &$1)
        }
        return LogisticRegression(parameters: parameters, classes: count, dimension: features.columns)
    }

    /// The weights, row by row, and then the biases.
    private var parameters: [Double] {
        (0..<weights.rows).flatMap { weights.row($0).map(Double.init) } + biases.map(Double.init)
    }

    private init(parameters: [Double], classes: Int, dimension: Int) {
        var weights = Matrix(rows: classes, columns: dimension)
        for row in 0..<classes {
            weights.setRow(row, parameters[row * dimension..<(row + 1) * dimension].map { Float($0) })
        }
        self.init(weights: weights, biases: parameters[(classes * dimension)...].map { Float($0) })
    }
}

extension LogisticRegression {
    /// W·x + b of one vector. Shape: (classes).
    package func scores(of vector: [Float]) -> [Float] {
        biases.indices.map { VectorMath.dot(weights.row($0), vector) + biases[$0] }
    }
}
