package import AkinVectors
import CAkinKernels

/// y = activation(x·Wᵀ + b) with W in 8 bits, a scale for each output, and x in 8 bits, a scale for each row.
///
/// The integers are exact and a row of y depends on its row of x alone, not on the rows beside it. Immutable after
/// `init`.
package struct QuantizedLinearLayer: LinearLayer {
    package static let roundsInputs = true

    package let inputs: Int
    package let outputs: Int
    private let panels: AlignedBuffer<UInt8>  // as akin_quantized.h draws them
    private let scales: AlignedBuffer<Float>  // (outputs rounded up to whole panels)
    private let bias: AlignedBuffer<Float>  // (outputs rounded up to whole panels)
    private let inputFactors: Matrix?  // (1, inputs): what rows are multiplied by before they are quantised

    package init(_ parameters: LinearParameters) { self.init(parameters, inputFactors: nil, weightFactors: nil) }

    /// Quantises and packs a layer's weights, each times its input's factor: a layer for inputs times `inputFactors`,
    /// or that come divided by `weightFactors` where there are no input factors. The results, bias included, come out
    /// times `outputFactors`.
    ///
    /// Shapes: inputFactors and weightFactors (1, inputs), outputFactors (1, outputs). Cost: two passes over the
    /// weights.
    package init(
        _ parameters: LinearParameters, inputFactors: Matrix?, weightFactors: Matrix?, outputFactors: Matrix? = nil
    ) {
        precondition(inputFactors == nil || inputFactors?.columns == parameters.inputs)
        precondition(weightFactors == nil || weightFactors?.columns == parameters.inputs)
        precondition(outputFactors == nil || outputFactors?.columns == parameters.outputs)
        inputs = parameters.inputs
        outputs = parameters.outputs
        self.inputFactors = inputFactors
        panels = AlignedBuffer(count: akin_packed_bytes(inputs, outputs))
        scales = AlignedBuffer(count: LinearParameters.wholePanels(outputs))
        bias = parameters.paddedBias
        unsafe parameters.transposedWeight.withUnsafePointer { weight in
            if let weightFactors {
                unsafe weightFactors.withUnsafePointer {
                    unsafe akin_pack_weights(weight, $0, inputs, outputs, panels.base, scales.base)
                }
            } else {
                unsafe akin_pack_weights(weight, nil, inputs, outputs, panels.base, scales.base)
            }
        }
        guard let outputFactors else { return }
        for output in 0..<outputs {
            unsafe scales.base[output] *= outputFactors[0, output]
            unsafe bias.base[output] *= outputFactors[0, output]
        }
    }

    package func prepare(_ x: Matrix, rows: Range<Int>, in input: QuantizedRows) {
        input.assign(x, rows: rows, factors: inputFactors)
    }

    package func apply(to x: QuantizedRows, into y: inout Matrix, rows: Range<Int>, activation: Activation) {
        precondition(x.columns == inputs && y.columns == outputs)
        precondition(rows.lowerBound >= 0 && rows.upperBound <= y.rows && rows.count <= x.capacity)
        unsafe y.withUnsafeMutablePointer {
            unsafe QuantizedKernels.active.table.linear(
                x.values.base, x.scales.base, x.sums.base, rows.count, inputs, panels.base, scales.base, bias.base,
                outputs,
                $0 + rows.lowerBound * outputs, activation.code)
        }
    }
}

extension QuantizedLinearLayer {
    package func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".panels", panels)
        writer.append(name + ".scales", scales)
        writer.append(name + ".bias", bias)
        inputFactors?.write(to: &writer, as: name + ".inputFactors")
    }

    package init(_ file: PackedModelFile, _ name: String, inputs: Int, outputs: Int) throws {
        self.inputs = inputs
        self.outputs = outputs
        panels = try file.elements(name + ".panels", of: UInt8.self, count: akin_packed_bytes(inputs, outputs))
        scales = try file.elements(name + ".scales", of: Float.self, count: LinearParameters.wholePanels(outputs))
        bias = try file.elements(name + ".bias", of: Float.self, count: LinearParameters.wholePanels(outputs))
        let factors = name + ".inputFactors"
        inputFactors = file.contains(factors) ? try Matrix(file, factors, rows: 1, columns: inputs) : nil
    }
}
