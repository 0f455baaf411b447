import AkinVectors
import CAkinKernels
import Foundation
import Testing

/// Every kernel of linear layers in floats that this processor can run, against plain loops in double precision.
@Suite struct LinearKernelTests {
    static let shapes = [(1, 1), (2, 31), (3, 5), (30, 32), (33, 33), (64, 100), (384, 65), (1537, 40)]
    static let rowCounts = [1, 2, 3, 5, 6, 7, 11, 12, 13, 25]

    private func random(_ count: Int, spread: Float, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in (generator.unitFloat() - 0.5) * 2 * spread }
    }

    /// The nearest float with 8 significant bits, halves to even, as a whole number of its last place.
    private func roundedToBFloat16(_ x: Float) -> Float {
        guard x != 0 else { return x }
        let unit = Float(sign: .plus, exponent: x.exponent - 7, significand: 1)
        return (x / unit).rounded(.toNearestOrEven) * unit
    }

    private struct Layer {
        let inputs: Int
        let outputs: Int
        let weights: [Float]  // (inputs, outputs)
        let bias: [Float]  // whole panels

        func applySingle(
            _ x: [Float], rows: Int, by table: akin_linear_kernels, _ activation: akin_activation = AKIN_IDENTITY
        ) -> [Float] {
            var packed = [Float](repeating: .nan, count: akin_packed_floats(inputs, outputs))
            akin_pack_floats(weights, inputs, outputs, &packed)
            var y = [Float](repeating: 42, count: rows * outputs + 1)
            table.linear_f32(x, rows, inputs, packed, bias, outputs, &y, activation)
            #expect(y.removeLast() == 42)
            return y
        }

        func applyBFloat16(
            _ x: [Float], rows: Int, by table: akin_linear_kernels, _ activation: akin_activation = AKIN_IDENTITY
        ) -> [Float] {
            var packed = [UInt16](repeating: .max, count: akin_packed_bf16(inputs, outputs))
            akin_pack_bf16(weights, inputs, outputs, &packed)
            var rounded = [UInt32](repeating: .max, count: rows * akin_bf16_stride(inputs))
            table.bf16_rows(x, rows, inputs, &rounded)
            var y = [Float](repeating: 42, count: rows * outputs + 1)
            table.linear_bf16(rounded, rows, inputs, packed, bias, outputs, &y, activation)
            #expect(y.removeLast() == 42)
            return y
        }

        /// Σ x·w + b in double precision, and Σ |x·w|, to which rounding is in proportion.
        func exact(_ x: [Float], _ weights: [Float], row: Int, output: Int) -> (sum: Double, size: Double) {
            var (sum, size) = (Double(bias[output]), abs(Double(bias[output])))
            for input in 0..<inputs {
                let product = Double(x[row * inputs + input]) * Double(weights[input * outputs + output])
                sum += product
                size += abs(product)
            }
            return (sum, size)
        }
    }

    private func layer(_ inputs: Int, _ outputs: Int) -> Layer {
        Layer(
            inputs: inputs, outputs: outputs, weights: random(inputs * outputs, spread: 2, seed: inputs),
            bias: random((outputs + 31) / 32 * 32, spread: 1, seed: outputs))
    }

    @Test(arguments: LinearKernels.available.indices, shapes)
    func `single precision agrees with plain loops`(table: Int, shape: (inputs: Int, outputs: Int)) {
        let layer = layer(shape.inputs, shape.outputs)
        for rows in Self.rowCounts {
            let x = random(rows * layer.inputs, spread: 3, seed: rows)
            let y = layer.applySingle(x, rows: rows, by: LinearKernels.available[table].table)
            for row in 0..<rows {
                for output in 0..<layer.outputs {
                    let (sum, size) = layer.exact(x, layer.weights, row: row, output: output)
                    #expect(
                        abs(Double(y[row * layer.outputs + output]) - sum) <= size * 0x1p-20,
                        "row \(row) of \(rows), output \(output)")
                }
            }
        }
    }

    /// Products of numbers of 8 bits are exact in single precision: only the sums are rounded.
    @Test(arguments: LinearKernels.available.indices, shapes)
    func `bfloat16 agrees with loops over rounded numbers`(table: Int, shape: (inputs: Int, outputs: Int)) {
        let layer = layer(shape.inputs, shape.outputs)
        let weights = layer.weights.map(roundedToBFloat16)
        for rows in Self.rowCounts {
            let x = random(rows * layer.inputs, spread: 3, seed: rows)
            let y = layer.applyBFloat16(x, rows: rows, by: LinearKernels.available[table].table)
            let rounded = x.map(roundedToBFloat16)
            for row in 0..<rows {
                for output in 0..<layer.outputs {
                    let (sum, size) = layer.exact(rounded, weights, row: row, output: output)
                    #expect(
                        abs(Double(y[row * layer.outputs + output]) - sum) <= size * 0x1p-20,
                        "row \(row) of \(rows), output \(output)")
                }
            }
        }
    }

    @Test(arguments: LinearKernels.available.indices)
    func `a row has the same bits alone and among others`(table: Int) {
        let (layer, table) = (layer(100, 70), LinearKernels.available[table].table)
        let x = random(25 * layer.inputs, spread: 3, seed: 4)
        for activation in [AKIN_IDENTITY, AKIN_GELU] {
            let (single, half) = (
                layer.applySingle(x, rows: 25, by: table, activation),
                layer.applyBFloat16(x, rows: 25, by: table, activation)
            )
            for row in 0..<25 {
                let alone = Array(x[row * layer.inputs..<(row + 1) * layer.inputs])
                let place = row * layer.outputs..<(row + 1) * layer.outputs
                #expect(layer.applySingle(alone, rows: 1, by: table, activation) == Array(single[place]))
                #expect(layer.applyBFloat16(alone, rows: 1, by: table, activation) == Array(half[place]))
            }
        }
    }

    @Test(arguments: LinearKernels.available.indices)
    func `halves are rounded to even and NaNs stay`(table: Int) {
        // One weight of 1: the output is the rounded input. 1 + 2⁻⁸ lies between 1 and 1 + 2⁻⁷, 1 + 3·2⁻⁸ between the
        // next two.
        let layer = Layer(inputs: 1, outputs: 1, weights: [1], bias: [Float](repeating: 0, count: 32))
        let x: [Float] = [1 + 0x1p-8, 1 + 3 * 0x1p-8, -1 - 0x1p-8, 3, .infinity, .nan]
        let y = layer.applyBFloat16(x, rows: x.count, by: LinearKernels.available[table].table)
        #expect(y.prefix(5).elementsEqual([1, 1 + 0x1p-6, -1, 3, .infinity]))
        #expect(y[5].isNaN)
    }

    @Test(arguments: LinearKernels.available.indices)
    func `activations follow the sums`(table: Int) {
        let (layer, table) = (layer(40, 50), LinearKernels.available[table].table)
        let x = random(14 * layer.inputs, spread: 0.3, seed: 3)
        func activated(_ x: Double, _ activation: akin_activation) -> Double {
            switch activation {
            case AKIN_GELU: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
            case AKIN_GELU_TANH: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
            default: max(x, 0)
            }
        }
        for activation in [AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU] {
            for (plain, actual, tolerance) in [
                (
                    layer.applySingle(x, rows: 14, by: table), layer.applySingle(x, rows: 14, by: table, activation),
                    2e-6
                ),
                (
                    layer.applyBFloat16(x, rows: 14, by: table),
                    layer.applyBFloat16(x, rows: 14, by: table, activation), 1.5e-5
                ),
            ] {
                for (sum, value) in zip(plain, actual) {
                    let expected = activated(Double(sum), activation)
                    #expect(
                        abs(Double(value) - expected) <= tolerance * max(1, abs(expected)), "\(activation) of \(sum)")
                }
            }
        }
    }
}
