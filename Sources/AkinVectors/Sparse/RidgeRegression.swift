import Synchronization

/// Least squares with a penalty on the size of the coefficients, over sparse rows and many targets at once.
package enum RidgeRegression {
    /// Targets solved together: enough for wide products, few enough for every thread to have some.
    private static let blockWidth = 32

    /// The D that minimises ‖X·D − Y‖² + penalty · ‖D‖², by conjugate gradients on the normal equations, each column of
    /// Y on its own (Golub and Van Loan, "Matrix Computations", 4th ed., 11.3.8: CGLS).
    ///
    /// - Parameters:
    ///   - rows: X, (n, columns).
    ///   - targets: Y, (n, m).
    ///   - iterations: Steps; with a penalty of some hundredths of the squared length of X's rows, twenty leave an
    ///     error far below the noise of the targets.
    /// - Returns: D, (columns, m): the same bits at any number of threads.
    /// - Complexity: iterations × 2 × elements of X × m.
    package static func solve(_ rows: SparseRows, targets: Matrix, penalty: Float, iterations: Int, threads: Int) throws
        -> Matrix
    {
        precondition(targets.rows == rows.rows && penalty > 0)
        let width = targets.columns
        let starts = Array(stride(from: 0, to: width, by: blockWidth))
        let blocks = try Parallel.map(starts, threads: threads) { start in
            solveBlock(
                rows, targets.columns(start..<min(start + blockWidth, width)), penalty: penalty, iterations: iterations)
        }
        var solution = Matrix(rows: rows.columns, columns: width)
        for (start, block) in zip(starts, blocks) { solution.setColumns(from: start, block) }
        return solution
    }

    private static func solveBlock(_ rows: SparseRows, _ targets: Matrix, penalty: Float, iterations: Int) -> Matrix {
        let (height, width) = (rows.columns, targets.columns)
        var solution = Matrix(rows: height, columns: width)
        var residual = Matrix(rows: height, columns: width)
        rows.multiplyTransposed(targets, into: &residual)
        var direction = residual
        var lengths = residual.columnDots(residual)
        for _ in 0..<iterations {
            var image = Matrix(rows: height, columns: width)
            rows.multiplyTransposed(rows.multiplied(by: direction), into: &image)
            image.addScaled(direction, [Float](repeating: penalty, count: width))
            let curvatures = direction.columnDots(image)
            let steps = zip(lengths, curvatures).map { $1 > 0 ? $0 / $1 : 0 }
            solution.addScaled(direction, steps)
            residual.addScaled(image, steps.map { -$0 })
            let next = residual.columnDots(residual)
            // direction = residual + ratio · direction
            direction.scaleColumns(zip(next, lengths).map { $1 > 0 ? $0 / $1 : 0 })
            direction.addScaled(residual, [Float](repeating: 1, count: width))
            lengths = next
        }
        return solution
    }
}

extension Matrix {
    /// A copy of neighbouring columns.
    package func columns(_ range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= columns)
        var result = Matrix(rows: rows, columns: range.count)
        result.withUnsafeMutablePointer { target in
            withUnsafePointer { source in
                for row in 0..<rows {
                    (target + row * range.count).update(
                        from: source + row * columns + range.lowerBound, count: range.count)
                }
            }
        }
        return result
    }

    /// self -= other
    package mutating func subtract(_ other: Matrix) { addScaled(other, [Float](repeating: -1, count: columns)) }

    /// Overwrites neighbouring columns.
    fileprivate mutating func setColumns(from first: Int, _ block: Matrix) {
        let (rows, columns) = (rows, columns)
        precondition(block.rows == rows && first + block.columns <= columns)
        withUnsafeMutablePointer { target in
            block.withUnsafePointer { source in
                for row in 0..<rows {
                    (target + row * columns + first).update(from: source + row * block.columns, count: block.columns)
                }
            }
        }
    }

    /// Σ self[i, j] · other[i, j] for each column j.
    fileprivate func columnDots(_ other: Matrix) -> [Float] {
        var sums = [Double](repeating: 0, count: columns)
        withUnsafePointer { a in
            other.withUnsafePointer { b in
                for row in 0..<rows {
                    for column in 0..<columns {
                        sums[column] += Double(a[row * columns + column] * b[row * columns + column])
                    }
                }
            }
        }
        return sums.map { Float($0) }
    }

    /// self[i, j] += factors[j] · other[i, j]
    fileprivate mutating func addScaled(_ other: Matrix, _ factors: [Float]) {
        let (rows, columns) = (rows, columns)
        withUnsafeMutablePointer { target in
            other.withUnsafePointer { source in
                for row in 0..<rows {
                    for column in 0..<columns {
                        target[row * columns + column] += factors[column] * source[row * columns + column]
                    }
                }
            }
        }
    }

    fileprivate mutating func scaleColumns(_ factors: [Float]) {
        let (rows, columns) = (rows, columns)
        withUnsafeMutablePointer { target in
            for row in 0..<rows {
                for column in 0..<columns { target[row * columns + column] *= factors[column] }
            }
        }
    }
}
