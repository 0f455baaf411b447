package import AkinVectors
import CAkinKernels

/// gamma · (s − mean(s)) / √(variance(s) + epsilon) + beta over each row (Ba, Kiros and Hinton, "Layer Normalization",
/// 2016).
package struct LayerNormalization: Sendable {
    package let gamma: Matrix  // (1, columns)
    package let beta: Matrix  // (1, columns)
    package let epsilon: Float

    package init(gamma: Matrix, beta: Matrix, epsilon: Float) {
        precondition(gamma.rows == 1 && beta.rows == 1 && gamma.columns == beta.columns)
        self.gamma = gamma
        self.beta = beta
        self.epsilon = epsilon
    }

    /// x = normalised(x + y + bias) over the first `rows` rows: residual, bias of the layer before and normalisation in
    /// one pass.
    ///
    /// Shapes: x and y (≥ rows, columns), bias at least one row of as many columns, of which row 0 is used.
    package func apply(to x: inout Matrix, adding y: Matrix, bias: Matrix, rows: Int) {
        apply(to: &x, rows: 0..<rows, adding: y, from: 0, bias: bias)
    }

    /// The same over the given rows of x and as many rows of y from `first`; without y, x + bias is normalised.
    package func apply(to x: inout Matrix, rows: Range<Int>, adding y: Matrix?, from first: Int, bias: Matrix) {
        let columns = gamma.columns
        precondition(x.columns == columns && rows.lowerBound >= 0 && rows.upperBound <= x.rows)
        precondition(y.map { $0.columns == columns && first >= 0 && first + rows.count <= $0.rows } ?? true)
        unsafe x.withUnsafeMutablePointer { x in
            let x = unsafe x + rows.lowerBound * columns
            guard let y else { return unsafe run(x, nil, bias, rows.count, into: x) }
            unsafe y.withUnsafePointer { unsafe run(x, $0 + first * columns, bias, rows.count, into: x) }
        }
    }

    /// x = x + y + bias over the given rows of x and the first of y, and the same rows of `target` = normalised(x).
    ///
    /// Shapes: x and target (any, columns), y (≥ rows, columns), bias at least one row, of which row 0 is used.
    package func apply(
        to x: inout Matrix, rows: Range<Int>, adding y: Matrix, bias: Matrix, into target: inout Matrix
    ) {
        let (columns, place) = (gamma.columns, rows.lowerBound * gamma.columns)
        precondition(x.columns == columns && y.columns == columns && target.columns == columns && rows.lowerBound >= 0)
        precondition(rows.upperBound <= x.rows && rows.upperBound <= target.rows && rows.count <= y.rows)
        unsafe x.withUnsafeMutablePointer { x in
            unsafe target.withUnsafeMutablePointer { target in
                unsafe y.withUnsafePointer { unsafe run(x + place, $0, bias, rows.count, into: target + place) }
            }
        }
    }

    private func run(
        _ x: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>?, _ bias: Matrix, _ rows: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        precondition(bias.columns == gamma.columns && bias.rows >= 1)
        unsafe bias.withUnsafePointer { bias in
            unsafe gamma.withUnsafePointer { gamma in
                unsafe beta.withUnsafePointer { beta in
                    unsafe NetworkKernels.active.table.add_layer_norm_f32(
                        x, y, bias, gamma, beta, rows, self.gamma.columns, epsilon, target)
                }
            }
        }
    }
}

extension LayerNormalization: PackedParameters {
    package func write(to writer: inout PackedModelWriter, as name: String) {
        gamma.write(to: &writer, as: name + ".gamma")
        beta.write(to: &writer, as: name + ".beta")
    }

    /// A normalisation of `size` components. Throws as a matrix does.
    package init(_ file: PackedModelFile, _ name: String, size: Int, epsilon: Float) throws {
        self.init(
            gamma: try Matrix(file, name + ".gamma", rows: 1, columns: size),
            beta: try Matrix(file, name + ".beta", rows: 1, columns: size), epsilon: epsilon)
    }
}
