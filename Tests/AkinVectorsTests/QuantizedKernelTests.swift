import AkinVectors
import CAkinKernels
import Foundation
import Testing

/// Every 8-bit kernel this processor can run, against plain loops: the integers, and floats without an activation, bit
/// for bit.
@Suite struct QuantizedKernelTests {
    static let widths = [1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 384, 1537]

    private func random(_ count: Int, spread: Float, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in (generator.unitFloat() - 0.5) * 2 * spread }
    }

    /// Quantised rows with canaries behind them.
    private struct Rows {
        var q: [Int8]
        var scales: [Float]
        var sums: [Int32]

        init(_ x: [Float], factors: [Float]? = nil, rows: Int, columns: Int, by table: akin_quantized_kernels) {
            q = [Int8](repeating: 77, count: rows * akin_quantized_stride(columns) + 1)
            scales = [Float](repeating: 77, count: rows + 1)
            sums = [Int32](repeating: 77, count: rows + 1)
            table.quantize_rows(x, factors, rows, columns, &q, &scales, &sums)
        }

        func row(_ index: Int, columns: Int) -> ArraySlice<Int8> {
            let start = index * akin_quantized_stride(columns)
            return q[start..<start + (columns + 3) / 4 * 4]
        }
    }

    @Test(arguments: QuantizedKernels.available.indices, widths)
    func `quantized rows are near those they were made of`(table: Int, columns: Int) {
        let rows = 5
        let (x, factors) = (
            random(rows * columns, spread: 3, seed: columns), random(columns, spread: 2, seed: columns + 1)
        )
        for factors in [nil, factors] {
            let result = Rows(
                x, factors: factors, rows: rows, columns: columns, by: QuantizedKernels.available[table].table)
            for row in 0..<rows {
                let values = (0..<columns).map { x[row * columns + $0] * (factors?[$0] ?? 1) }
                let largest = values.map(abs).max() ?? 0
                let expected = values.map { Int8(($0 * (127 / largest)).rounded(.toNearestOrEven)) }
                #expect(result.row(row, columns: columns).prefix(columns).elementsEqual(expected))
                #expect(result.row(row, columns: columns).dropFirst(columns).allSatisfy { $0 == 0 })
                #expect(result.scales[row] == largest / 127)
                #expect(result.sums[row] == expected.reduce(0) { $0 + Int32($1) })
            }
            #expect(result.q.last == 77 && result.scales[rows] == 77 && result.sums[rows] == 77)
        }
    }

    @Test(arguments: QuantizedKernels.available.indices)
    func `halves are rounded to even`(table: Int) {
        let x: [Float] = [127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, -127]
        let rows = Rows(x, rows: 1, columns: x.count, by: QuantizedKernels.available[table].table)
        #expect(rows.row(0, columns: x.count).prefix(x.count).elementsEqual([127, 0, 2, 2, 0, -2, -2, 126, -127]))
    }

    @Test(arguments: QuantizedKernels.available.indices, [1, 7, 16, 40])
    func `rows of zeros and of damaged numbers stand out`(table: Int, columns: Int) {
        for place in [0, columns - 1] {
            for (damaged, scale) in [
                (Float(0), Float(0)), (1e-38, 0), (.leastNonzeroMagnitude, 0), (.nan, .nan), (-.infinity, .nan),
            ] {
                var x = [Float](repeating: 0, count: columns)
                x[place] = damaged
                let rows = Rows(x, rows: 1, columns: columns, by: QuantizedKernels.available[table].table)
                #expect(rows.scales[0] == scale || rows.scales[0].isNaN && scale.isNaN, "\(damaged) at \(place)")
                #expect(rows.sums[0] == 0 && rows.row(0, columns: columns).allSatisfy { $0 == 0 })
            }
        }
    }

    @Test(arguments: [(1, 1), (3, 5), (4, 32), (16, 31), (33, 33), (64, 100), (100, 64)])
    func `packing holds the rounded weights`(inputs: Int, outputs: Int) {
        let (weights, factors) = (
            random(inputs * outputs, spread: 2, seed: inputs), random(inputs, spread: 2, seed: outputs)
        )
        let bytes = akin_packed_bytes(inputs, outputs)
        for factors in [nil, factors] {
            var packed = [UInt8](repeating: 7, count: bytes + 1)
            var scales = [Float](repeating: .nan, count: (outputs + 31) / 32 * 32)
            akin_pack_weights(weights, factors, inputs, outputs, &packed, &scales)
            for output in 0..<scales.count {
                let column =
                    output < outputs ? (0..<inputs).map { weights[$0 * outputs + output] * (factors?[$0] ?? 1) } : []
                let largest = column.map(abs).max() ?? 0
                #expect(scales[output] == largest / 127)
                for input in 0..<(inputs + 3) / 4 * 4 {
                    let weight =
                        column.indices.contains(input) ? (column[input] * (127 / largest)).rounded(.toNearestOrEven) : 0
                    #expect(Float(packed[place(of: input, output, inputs: inputs)]) == 128 + weight)
                }
            }
            #expect(packed[bytes] == 7)
        }
    }

    private func place(of input: Int, _ output: Int, inputs: Int) -> Int {
        output / 32 * ((inputs + 3) / 4) * 128 + input / 4 * 128 + output % 32 * 4 + input % 4
    }

    @Test(
        arguments: QuantizedKernels.available.indices,
        [(1, 1), (3, 5), (4, 32), (30, 31), (33, 33), (64, 100), (384, 65), (1537, 40)])
    func `linear layers agree with integer loops bit for bit`(table: Int, shape: (inputs: Int, outputs: Int)) {
        let (inputs, outputs) = shape
        var packed = [UInt8](repeating: 0, count: akin_packed_bytes(inputs, outputs))
        var weightScales = [Float](repeating: 0, count: (outputs + 31) / 32 * 32)
        akin_pack_weights(
            random(inputs * outputs, spread: 2, seed: inputs), nil, inputs, outputs, &packed, &weightScales)
        let bias = random(weightScales.count, spread: 1, seed: 5)
        for rows in [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 25] {
            let x = random(rows * inputs, spread: 3, seed: rows)
            let quantized = Rows(x, rows: rows, columns: inputs, by: QuantizedKernels.available[table].table)
            var y = [Float](repeating: 42, count: rows * outputs + 1)
            QuantizedKernels.available[table].table.linear(
                quantized.q, quantized.scales, quantized.sums, rows, inputs, packed, weightScales, bias, outputs, &y,
                AKIN_IDENTITY)
            for row in 0..<rows {
                let q = quantized.row(row, columns: inputs)
                for output in 0..<outputs {
                    var sum: Int32 = 0
                    for (input, value) in q.enumerated() {
                        sum += Int32(value) * (Int32(packed[place(of: input, output, inputs: inputs)]) - 128)
                    }
                    let expected = Float(sum) * quantized.scales[row] * weightScales[output] + bias[output]
                    #expect(y[row * outputs + output] == expected, "row \(row) of \(rows), output \(output)")
                }
            }
            #expect(y[rows * outputs] == 42)
        }
    }

    @Test(arguments: QuantizedKernels.available.indices, [Int8(127), -127])
    func `the largest bytes do not overflow`(table: Int, value: Int8) {
        let (inputs, outputs) = (1024, 32)
        for weight in [UInt8(255), 1] {
            let packed = [UInt8](repeating: weight, count: akin_packed_bytes(inputs, outputs))
            let (ones, zeros) = ([Float](repeating: 1, count: outputs), [Float](repeating: 0, count: outputs))
            var y = [Float](repeating: 0, count: outputs)
            QuantizedKernels.available[table].table.linear(
                [Int8](repeating: value, count: inputs), [1], [Int32(value) * Int32(inputs)], 1, inputs, packed, ones,
                zeros, outputs, &y,
                AKIN_IDENTITY)
            #expect(y.allSatisfy { $0 == Float(Int(value) * (Int(weight) - 128) * inputs) })
        }
    }

    @Test(arguments: QuantizedKernels.available.indices)
    func `activations follow the sums`(table: Int) {
        let (rows, inputs, outputs) = (14, 40, 50)
        var packed = [UInt8](repeating: 0, count: akin_packed_bytes(inputs, outputs))
        var weightScales = [Float](repeating: 0, count: 64)
        akin_pack_weights(random(inputs * outputs, spread: 1, seed: 1), nil, inputs, outputs, &packed, &weightScales)
        let bias = random(64, spread: 1, seed: 2)
        let (plain, other) = (QuantizedKernels.available[0].table, QuantizedKernels.available[table].table)
        let x = Rows(random(rows * inputs, spread: 1, seed: 3), rows: rows, columns: inputs, by: plain)
        for activation in [AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU] {
            var (expected, actual) = (
                [Float](repeating: 0, count: rows * outputs), [Float](repeating: 0, count: rows * outputs)
            )
            plain.linear(
                x.q, x.scales, x.sums, rows, inputs, packed, weightScales, bias, outputs, &expected, activation)
            other.linear(x.q, x.scales, x.sums, rows, inputs, packed, weightScales, bias, outputs, &actual, activation)
            let tolerance: Float = activation == AKIN_GELU ? 1.3e-5 : 1e-6
            for (expected, actual) in zip(expected, actual) {
                #expect(abs(expected - actual) <= tolerance * max(1, abs(expected)))
            }
        }
    }

    /// One input of weight 1 in every output, so that the biases are what the activation sees.
    @Test(arguments: QuantizedKernels.available.indices)
    func `GELU is right on a fine grid and far out`(table: Int) {
        let x =
            (-12_000..<12_000).map { Float($0) / 1000 } + [Float](repeating: -100, count: 16)
            + [Float](repeating: 100, count: 16)
        var y = [Float](repeating: 0, count: x.count)
        QuantizedKernels.available[table].table.linear(
            [0, 0, 0, 0], [0], [0], 1, 4, [UInt8](repeating: 128, count: akin_packed_bytes(4, x.count)), x, x, x.count,
            &y, AKIN_GELU)
        for (x, y) in zip(x, y) {
            let expected = Double(x) * 0.5 * erfc(-Double(x) / 2.0.squareRoot())
            #expect(abs(Double(y) - expected) <= 1.2e-5, "gelu(\(x))")
        }
    }

    @Test(arguments: QuantizedKernels.available.indices)
    func `NaN stays NaN`(table: Int) {
        let bias = [Float](repeating: 1, count: 32)
        for activation in [AKIN_IDENTITY, AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU] {
            for outputs in [1, 8, 32] {
                var y = [Float](repeating: 0, count: outputs)
                QuantizedKernels.available[table].table.linear(
                    [0, 0, 0, 0], [.nan], [0], 1, 4, [UInt8](repeating: 128, count: 128), bias, bias, outputs, &y,
                    activation)
                #expect(!y.contains { !$0.isNaN })
            }
        }
    }
}
