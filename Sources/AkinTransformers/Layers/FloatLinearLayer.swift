package import AkinVectors
import CAkinKernels

/// A linear layer in single precision.
package struct FloatLinearLayer: LinearLayer {
    package static let roundsInputs = false

    package let inputs: Int
    package let outputs: Int
    private let panels: AlignedBuffer<Float>  // as akin_linear.h draws them
    private let bias: AlignedBuffer<Float>  // (outputs rounded up to whole panels)

    package init(_ parameters: LinearParameters) {
        inputs = parameters.inputs
        outputs = parameters.outputs
        panels = AlignedBuffer(count: akin_packed_floats(inputs, outputs))
        bias = parameters.paddedBias
        unsafe parameters.transposedWeight.withUnsafePointer {
            unsafe akin_pack_floats($0, inputs, outputs, panels.base)
        }
    }

    package init(_ file: PackedModelFile, _ name: String, inputs: Int, outputs: Int) throws {
        self.inputs = inputs
        self.outputs = outputs
        panels = try file.elements(name + ".panels", of: Float.self, count: akin_packed_floats(inputs, outputs))
        bias = try file.elements(name + ".bias", of: Float.self, count: LinearParameters.wholePanels(outputs))
    }

    package func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".panels", panels)
        writer.append(name + ".bias", bias)
    }

    package func prepare(_ x: Matrix, rows: Range<Int>, in input: FloatRows) {
        precondition(
            x.columns == inputs && input.columns == inputs && rows.lowerBound >= 0 && rows.upperBound <= x.rows)
        precondition(rows.count <= input.capacity)
        unsafe x.withUnsafePointer {
            unsafe input.values.base.update(from: $0 + rows.lowerBound * inputs, count: rows.count * inputs)
        }
    }

    package func apply(to x: FloatRows, into y: inout Matrix, rows: Range<Int>, activation: Activation) {
        precondition(x.columns == inputs && y.columns == outputs)
        precondition(rows.lowerBound >= 0 && rows.upperBound <= y.rows && rows.count <= x.capacity)
        unsafe y.withUnsafeMutablePointer {
            unsafe LinearKernels.active.table.linear_f32(
                x.values.base, rows.count, inputs, panels.base, bias.base, outputs, $0 + rows.lowerBound * outputs,
                activation.code)
        }
    }
}

/// A copy of the rows, which costs less than a hundredth of a product with them.
package final class FloatRows: LayerInput {
    let capacity: Int
    let columns: Int
    let values: AlignedBuffer<Float>  // (capacity, columns)

    package init(capacity: Int, columns: Int) {
        self.capacity = capacity
        self.columns = columns
        values = AlignedBuffer(count: capacity * columns)
    }
}
