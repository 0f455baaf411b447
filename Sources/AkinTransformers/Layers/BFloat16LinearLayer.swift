package import AkinVectors
import CAkinKernels

/// A linear layer whose weights and inputs are rounded to bfloat16, a float of 8 significant bits, and whose sums are
/// in single precision.
///
/// Twice as fast as single precision where the processor multiplies pairs of bfloat16, and no faster elsewhere.
package struct BFloat16LinearLayer: LinearLayer {
    package static let roundsInputs = true

    package let inputs: Int
    package let outputs: Int
    private let panels: AlignedBuffer<UInt16>  // as akin_linear.h draws them
    private let bias: AlignedBuffer<Float>  // (outputs rounded up to whole panels)

    package init(_ parameters: LinearParameters) {
        inputs = parameters.inputs
        outputs = parameters.outputs
        panels = AlignedBuffer(count: akin_packed_bf16(inputs, outputs))
        bias = parameters.paddedBias
        unsafe parameters.transposedWeight.withUnsafePointer { unsafe akin_pack_bf16($0, inputs, outputs, panels.base) }
    }

    package init(_ file: PackedModelFile, _ name: String, inputs: Int, outputs: Int) throws {
        self.inputs = inputs
        self.outputs = outputs
        panels = try file.elements(name + ".panels", of: UInt16.self, count: akin_packed_bf16(inputs, outputs))
        bias = try file.elements(name + ".bias", of: Float.self, count: LinearParameters.wholePanels(outputs))
    }

    package func write(to writer: inout PackedModelWriter, as name: String) {
        writer.append(name + ".panels", panels)
        writer.append(name + ".bias", bias)
    }

    package func prepare(_ x: Matrix, rows: Range<Int>, in input: BFloat16Rows) {
        precondition(
            x.columns == inputs && input.columns == inputs && rows.lowerBound >= 0 && rows.upperBound <= x.rows)
        precondition(rows.count <= input.capacity)
        unsafe x.withUnsafePointer {
            unsafe LinearKernels.active.table.bf16_rows(
                $0 + rows.lowerBound * inputs, rows.count, inputs, input.values.base)
        }
    }

    package func apply(to x: BFloat16Rows, into y: inout Matrix, rows: Range<Int>, activation: Activation) {
        precondition(x.columns == inputs && y.columns == outputs)
        precondition(rows.lowerBound >= 0 && rows.upperBound <= y.rows && rows.count <= x.capacity)
        unsafe y.withUnsafeMutablePointer {
            unsafe LinearKernels.active.table.linear_bf16(
                x.values.base, rows.count, inputs, panels.base, bias.base, outputs, $0 + rows.lowerBound * outputs,
                activation.code)
        }
    }
}

/// Rows rounded to bfloat16, in the arrangement of the kernels in use.
package final class BFloat16Rows: LayerInput {
    let capacity: Int
    let columns: Int
    let values: AlignedBuffer<UInt32>  // (capacity, columns rounded up to whole cache lines)

    package init(capacity: Int, columns: Int) {
        self.capacity = capacity
        self.columns = columns
        values = AlignedBuffer(count: capacity * akin_bf16_stride(columns))
    }
}
