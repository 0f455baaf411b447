import CAkinKernels

/// The parameters of a linear layer y = x·Wᵀ + b as a model has them.
package struct LinearParameters: Sendable {
    /// Wᵀ: what the layers in this folder pack. Shape: (inputs, outputs).
    package let transposedWeight: Matrix
    package let bias: Matrix  // (1, outputs)

    package var inputs: Int { transposedWeight.rows }
    package var outputs: Int { transposedWeight.columns }

    /// Shapes: weight (outputs, inputs), as models store it; bias (1, outputs).
    package init(weight: Matrix, bias: Matrix) {
        precondition(bias.rows == 1 && bias.columns == weight.rows)
        transposedWeight = weight.transposed()
        self.bias = bias
    }

    /// The largest magnitude among the weights of each input.
    package var inputMagnitudes: [Float] { (0..<inputs).map { transposedWeight.largestMagnitude(row: $0) } }
}

extension LinearParameters {
    /// The number of outputs in the panels that hold a number of outputs.
    package static func wholePanels(_ outputs: Int) -> Int {
        (outputs + AKIN_PANEL_OUTPUTS - 1) / AKIN_PANEL_OUTPUTS * AKIN_PANEL_OUTPUTS
    }

    /// The bias with zeros after it. Shape: (outputs rounded up to whole panels).
    package var paddedBias: AlignedBuffer<Float> {
        let padded = AlignedBuffer<Float>(count: Self.wholePanels(outputs))
        bias.withUnsafePointer { padded.base.update(from: $0, count: outputs) }
        return padded
    }
}
