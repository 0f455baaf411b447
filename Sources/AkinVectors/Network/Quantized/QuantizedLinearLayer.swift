import CAkinKernels

/// y = activation(x·Wᵀ + b) with W in 8 bits, a scale for each output, and x in 8 bits, a scale for each row.
///
/// The integers are exact and a row of y depends on its row of x alone, not on the rows beside it. Immutable after `init`.
package struct QuantizedLinearLayer: Sendable {
    package let inputs: Int
    package let outputs: Int
    private let panels: AlignedBuffer<UInt8>  // as akin_quantized.h draws them
    private let scales: AlignedBuffer<Float>  // (outputs rounded up to whole panels)
    private let bias: AlignedBuffer<Float>  // (outputs rounded up to whole panels)

    /// Quantises and packs a layer's weights, each times its input's factor where there are factors: a layer for inputs that were divided
    /// by them. The results, bias included, come out times `outputFactors`.
    ///
    /// Shapes: factors (1, inputs), outputFactors (1, outputs). Cost: two passes over the weights.
    package init(_ layer: LinearLayer, factors: Matrix? = nil, outputFactors: Matrix? = nil) {
        precondition(factors == nil || factors?.columns == layer.inputs)
        precondition(outputFactors == nil || outputFactors?.columns == layer.outputs)
        inputs = layer.inputs
        outputs = layer.outputs
        let wholeOutputs = Self.wholePanels(outputs)
        panels = AlignedBuffer(count: akin_packed_bytes(inputs, outputs))
        scales = AlignedBuffer(count: wholeOutputs)
        bias = AlignedBuffer(count: wholeOutputs)
        layer.bias.withUnsafePointer { bias.base.update(from: $0, count: outputs) }
        layer.transposedWeight.withUnsafePointer { weight in
            if let factors {
                factors.withUnsafePointer { akin_pack_weights(weight, $0, inputs, outputs, panels.base, scales.base) }
            } else {
                akin_pack_weights(weight, nil, inputs, outputs, panels.base, scales.base)
            }
        }
        guard let outputFactors else { return }
        for output in 0..<outputs {
            scales.base[output] *= outputFactors[0, output]
            bias.base[output] *= outputFactors[0, output]
        }
    }

    /// The panels that hold a number of outputs, as outputs.
    private static func wholePanels(_ outputs: Int) -> Int { (outputs + AKIN_PANEL_OUTPUTS - 1) / AKIN_PANEL_OUTPUTS * AKIN_PANEL_OUTPUTS }

    /// Writes the results for the first rows of x into the given rows of y. Shapes: x (≥ rows, inputs), y (any, outputs).
    /// Cost: rows · inputs · outputs multiplications of bytes.
    package func apply(to x: QuantizedRows, into y: inout Matrix, rows: Range<Int>, activation: Activation = .identity) {
        precondition(x.columns == inputs && y.columns == outputs)
        precondition(rows.lowerBound >= 0 && rows.upperBound <= y.rows && rows.count <= x.capacity)
        y.withUnsafeMutablePointer {
            QuantizedKernels.active.table.linear(
                x.values.base, x.scales.base, x.sums.base, rows.count, inputs, panels.base, scales.base, bias.base, outputs,
                $0 + rows.lowerBound * outputs, activation.code)
        }
    }
}

extension QuantizedLinearLayer: PackedParameters {
    package func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".panels", panels)
        writer.append(name + ".scales", scales)
        writer.append(name + ".bias", bias)
    }

    /// A layer of the given shape, read in place. Throws as a matrix does.
    package init(_ file: PackedModelFile, _ name: String, inputs: Int, outputs: Int) throws {
        self.inputs = inputs
        self.outputs = outputs
        panels = try file.elements(name + ".panels", of: UInt8.self, count: akin_packed_bytes(inputs, outputs))
        scales = try file.elements(name + ".scales", of: Float.self, count: Self.wholePanels(outputs))
        bias = try file.elements(name + ".bias", of: Float.self, count: Self.wholePanels(outputs))
    }
}
