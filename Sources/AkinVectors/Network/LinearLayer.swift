import CAkinKernels

/// The function after a linear layer, by element.
package enum Activation: Sendable {
    case identity
    /// x·Φ(x), with the error function (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016).
    case gelu
    /// Their tanh approximation of it.
    case geluTanh
    case relu

    var code: akin_activation {
        switch self {
        case .identity: AKIN_IDENTITY
        case .gelu: AKIN_GELU
        case .geluTanh: AKIN_GELU_TANH
        case .relu: AKIN_RELU
        }
    }
}

/// y = activation(x·Wᵀ + b), over OpenBLAS.
///
/// A row of y depends bit for bit on the number of rows multiplied together (OpenBLAS picks its kernels by shape): callers that promise
/// the same vector for the same text multiply one sequence at a time.
package struct LinearLayer: Sendable {
    // Transposed, because OpenBLAS rearranges the weights at every product and reads this layout up to three times as fast for short x.
    let transposedWeight: Matrix  // (inputs, outputs)
    package let bias: Matrix  // (1, outputs)

    package var inputs: Int { transposedWeight.rows }
    package var outputs: Int { transposedWeight.columns }

    /// A layer of the given parameters. Shapes: weight (outputs, inputs), as models store it; bias (1, outputs).
    package init(weight: Matrix, bias: Matrix) {
        precondition(bias.rows == 1 && bias.columns == weight.rows)
        transposedWeight = weight.transposed()
        self.bias = bias
    }

    /// The largest magnitude among the weights of each input.
    package var inputMagnitudes: [Float] { (0..<inputs).map { transposedWeight.largestMagnitude(row: $0) } }

    /// Writes activation(x·Wᵀ + b) into the first `rows` rows of y. Shapes: x (≥ rows, inputs), y (≥ rows, outputs).
    package func apply(to x: Matrix, rows: Int, into y: inout Matrix, activation: Activation = .identity) {
        project(x, rows: rows, into: &y)
        bias.withUnsafePointer { bias in
            y.withUnsafeMutablePointer {
                NetworkKernels.active.table.bias_activation_f32($0, bias, rows, outputs, activation.code)
            }
        }
    }

    /// Writes x·Wᵀ, without the bias, into the first `rows` rows of y: for callers that add the bias in a later step.
    package func project(_ x: Matrix, rows: Int, into y: inout Matrix) {
        precondition(x.columns == inputs && y.columns == outputs && rows <= x.rows && rows <= y.rows)
        x.withUnsafePointer { x in
            transposedWeight.withUnsafePointer { weight in
                y.withUnsafeMutablePointer {
                    MatrixProduct.multiply(x, weight, into: $0, m: rows, n: outputs, k: inputs)
                }
            }
        }
    }
}
