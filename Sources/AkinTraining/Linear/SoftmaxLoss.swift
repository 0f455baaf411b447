import AkinVectors
import Foundation

/// The mean loss of a linear classifier on its examples, and the gradient of it.
struct SoftmaxLoss {
    /// The examples are summed in so many parts, whatever the number of threads: that fixes the order of the sums.
    private static let parts = 16
    /// Rows whose scores are held at once.
    private static let blockRows = 256

    private let features: Matrix
    private let classes: [Int]
    private let count: Int
    /// (count) what an example of each class counts; the examples' sum to 1.
    private let shares: [Double]
    /// What ½‖W‖² counts.
    private let penalty: Double
    private let threads: Int

    init(_ features: Matrix, classes: [Int], count: Int, options: LogisticRegression.Options, threads: Int) {
        precondition(features.rows == classes.count && classes.allSatisfy { (0..<count).contains($0) })
        precondition(options.inverseRegularization > 0)
        self.features = features
        self.classes = classes
        self.count = count
        self.threads = threads
        var sizes = [Int](repeating: 0, count: count)
        for place in classes { sizes[place] += 1 }
        let weights = sizes.map { size in
            options.isBalanced ? Double(classes.count) / Double(count * max(1, size)) : 1
        }
        let total = zip(sizes, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
        shares = weights.map { $0 / total }
        // Two opposite vectors of half the length have half the squared length of the one they stand for.
        penalty = (count == 2 ? 2 : 1) / (options.inverseRegularization * total)
    }

    private struct Part: Sendable {
        var loss = 0.0
        /// (count, dimension)
        var weights: Matrix
        /// (count)
        var biases: [Double]
    }

    /// - Parameter parameters: (count · dimension + count) the weights, row by row, and then the biases.
    func evaluate(_ parameters: [Double], gradient: inout [Double]) throws -> Double {
        let dimension = features.columns
        var weights = Matrix(rows: count, columns: dimension)
        for row in 0..<count {
            weights.setRow(row, parameters[row * dimension..<(row + 1) * dimension].map { Float($0) })
        }
        let biases = parameters[(count * dimension)...].map { Float($0) }
        let bounds = (0...Self.parts).map { $0 * features.rows / Self.parts }
        let results = try Parallel.map(Array(0..<Self.parts), threads: threads) { [weights] index in
            part(bounds[index]..<bounds[index + 1], weights, biases)
        }
        var loss = 0.0
        for place in gradient.indices { gradient[place] = 0 }
        for part in results {
            loss += part.loss
            unsafe part.weights.withUnsafePointer { base in
                for place in 0..<count * dimension { unsafe gradient[place] += Double(base[place]) }
            }
            for place in 0..<count { gradient[count * dimension + place] += part.biases[place] }
        }
        for place in 0..<count * dimension {
            loss += 0.5 * penalty * parameters[place] * parameters[place]
            gradient[place] += penalty * parameters[place]
        }
        return loss
    }

    private func part(_ rows: Range<Int>, _ weights: Matrix, _ biases: [Float]) -> Part {
        let dimension = features.columns
        var part = Part(
            weights: Matrix(rows: count, columns: dimension), biases: [Double](repeating: 0, count: count))
        // (count, block): a class a row, so that its product with the features needs no transposing
        let scores = AlignedBuffer<Float>(count: count * Self.blockRows)
        unsafe features.withUnsafePointer { x in
            unsafe weights.withUnsafePointer { w in
                for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows) {
                    let block = start..<min(start + Self.blockRows, rows.upperBound)
                    let from = unsafe x + block.lowerBound * dimension
                    let width = block.count
                    unsafe MatrixProduct.multiplyTransposed(
                        w, from, into: scores.base, m: count, n: width, k: dimension)
                    part.loss += unsafe differences(scores.base, block, biases, &part.biases)
                    unsafe part.weights.withUnsafeMutablePointer { sum in
                        unsafe MatrixProduct.multiply(
                            scores.base, from, into: sum, m: count, n: dimension, k: width, beta: 1)
                    }
                }
            }
        }
        return part
    }

    /// Turns the scores of a block of examples into what the loss changes with each, and returns the loss.
    ///
    /// - Parameter scores: (count, block)
    private func differences(
        _ scores: UnsafeMutablePointer<Float>, _ block: Range<Int>, _ biases: [Float], _ biasGradient: inout [Double]
    ) -> Double {
        let width = block.count
        var largest = [Float](repeating: -.infinity, count: width)
        for label in 0..<count {
            let row = unsafe scores + label * width
            for place in 0..<width {
                unsafe row[place] += biases[label]
                largest[place] = unsafe max(largest[place], row[place])
            }
        }
        var loss = 0.0
        var sums = [Float](repeating: 0, count: width)
        var own = [Float](repeating: 0, count: width)
        for place in 0..<width {
            own[place] = unsafe scores[classes[block.lowerBound + place] * width + place] - largest[place]
        }
        for label in 0..<count {
            let row = unsafe scores + label * width
            for place in 0..<width {
                unsafe row[place] = exp(row[place] - largest[place])
                sums[place] += unsafe row[place]
            }
        }
        var factors = [Float](repeating: 0, count: width)
        for place in 0..<width {
            let share = shares[classes[block.lowerBound + place]]
            loss += share * (log(Double(sums[place])) - Double(own[place]))
            factors[place] = Float(share) / sums[place]
        }
        for label in 0..<count {
            let row = unsafe scores + label * width
            for place in 0..<width { unsafe row[place] *= factors[place] }
        }
        for place in 0..<width {
            let label = classes[block.lowerBound + place]
            unsafe scores[label * width + place] -= Float(shares[label])
        }
        for label in 0..<count {
            let row = unsafe scores + label * width
            for place in 0..<width { unsafe biasGradient[label] += Double(row[place]) }
        }
        return loss
    }
}
