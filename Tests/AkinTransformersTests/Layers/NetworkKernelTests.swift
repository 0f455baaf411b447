import AkinTransformers
import AkinVectors
import CAkinKernels
import Foundation
import Testing

/// Every network kernel this processor can run, against the definitions in double precision. Widths leave every
/// possible tail.
@Suite struct NetworkKernelTests {
    static let widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100, 384]

    private func random(_ count: Int, spread: Float, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in (generator.unitFloat() - 0.5) * 2 * spread }
    }

    private func normalDistribution(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    private func activated(_ x: Double, _ activation: akin_activation) -> Double {
        switch activation {
        case AKIN_GELU: x * normalDistribution(x)
        case AKIN_GELU_TANH: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case AKIN_RELU: max(0, x)
        case AKIN_SILU: x / (1 + exp(-x))
        default: x
        }
    }

    @Test(arguments: NetworkKernels.available.indices, widths)
    func `bias and activation agree with their formulas`(table: Int, width: Int) {
        let kernels = NetworkKernels.available[table].table
        let rows = 3
        let (x, bias) = (random(rows * width, spread: 6, seed: width), random(width, spread: 1, seed: width + 1))
        for activation in [AKIN_IDENTITY, AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU, AKIN_SILU] {
            var result = x + [42]
            kernels.bias_activation_f32(&result, bias, rows, width, activation)
            for index in 0..<rows * width {
                let expected = activated(Double(x[index] + bias[index % width]), activation)
                #expect(
                    abs(Double(result[index]) - expected) <= 4e-7 * max(1, abs(expected)),
                    "\(activation) of \(x[index])")
            }
            #expect(result[rows * width] == 42)
        }
    }

    @Test(arguments: NetworkKernels.available.indices)
    func `GELU is right on a fine grid and far out`(table: Int) {
        let kernels = NetworkKernels.available[table].table
        var values = (-16_000...16_000).map { Float($0) / 1000 } + [-1e30, -1000, -88, -13, 13, 88, 1000, 1e30]
        let inputs = values
        kernels.bias_activation_f32(&values, [Float](repeating: 0, count: values.count), 1, values.count, AKIN_GELU)
        for (x, y) in zip(inputs, values) {
            let expected = Double(x) * normalDistribution(Double(x))
            #expect(abs(Double(y) - expected) <= 2.5e-7 * max(1, abs(expected)), "gelu(\(x))")
        }
    }

    @Test(arguments: NetworkKernels.available.indices)
    func `NaN stays NaN`(table: Int) {
        let kernels = NetworkKernels.available[table].table
        for activation in [AKIN_IDENTITY, AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU, AKIN_SILU] {
            for length in [1, 8, 16, 20] {
                var values = [Float](repeating: .nan, count: length)
                kernels.bias_activation_f32(&values, [Float](repeating: 0, count: length), 1, length, activation)
                #expect(!values.contains { !$0.isNaN })
            }
        }
    }

    @Test(arguments: NetworkKernels.available.indices, widths)
    func `softmax agrees with its formula`(table: Int, width: Int) {
        let kernels = NetworkKernels.available[table].table
        let rows = 3
        for (scale, shift) in [(Float(0.25), Float(0)), (1, 500), (1, -500), (20, 0)] {
            let x = random(rows * width, spread: 8, seed: width).map { $0 + shift }
            var result = x + [42]
            kernels.softmax_f32(&result, rows, width, scale)
            for row in 0..<rows {
                let logits = x[row * width..<(row + 1) * width].map { Double($0) * Double(scale) }
                let exponentials = logits.map { exp($0 - (logits.max() ?? 0)) }
                let sum = exponentials.reduce(0, +)
                for column in 0..<width {
                    #expect(
                        abs(Double(result[row * width + column]) - exponentials[column] / sum) <= 2e-5
                            * Double(scale == 20 ? 1 : 0.1))
                }
            }
            #expect(result[rows * width] == 42)
        }
    }

    @Test(arguments: NetworkKernels.available.indices, widths)
    func `layer normalization agrees with its formula`(table: Int, width: Int) {
        let kernels = NetworkKernels.available[table].table
        let rows = 3
        let (x, y) = (random(rows * width, spread: 2, seed: width), random(rows * width, spread: 1, seed: width + 1))
        let bias = random(width, spread: 1, seed: width + 2)
        let (gamma, beta) = (random(width, spread: 2, seed: width + 3), random(width, spread: 1, seed: width + 4))
        let epsilon: Float = 1e-5
        var result = x + [42]
        result.withUnsafeMutableBufferPointer {
            kernels.add_layer_norm_f32($0.baseAddress!, y, bias, gamma, beta, rows, width, epsilon, $0.baseAddress!)
        }
        for row in 0..<rows {
            let sums = (0..<width).map { Double(x[row * width + $0]) + Double(y[row * width + $0]) + Double(bias[$0]) }
            let mean = sums.reduce(0, +) / Double(width)
            let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for column in 0..<width {
                let expected =
                    Double(gamma[column]) * (sums[column] - mean) / (variance + Double(epsilon)).squareRoot()
                    + Double(beta[column])
                #expect(abs(Double(result[row * width + column]) - expected) <= 3e-6 * max(1, abs(expected)))
            }
        }
        #expect(result[rows * width] == 42)

        // Beside the sums, and of x alone.
        for addend in [y, nil] {
            var (sums, target) = (x + [42], [Float](repeating: 42, count: rows * width + 1))
            kernels.add_layer_norm_f32(&sums, addend, bias, gamma, beta, rows, width, epsilon, &target)
            let given = addend ?? [Float](repeating: 0, count: rows * width)
            for index in 0..<rows * width {
                #expect(abs(sums[index] - (x[index] + given[index] + bias[index % width])) <= 1e-6)
            }
            if addend != nil { #expect(target == result) }
            var alone = sums
            alone.withUnsafeMutableBufferPointer {
                let none = [Float](repeating: 0, count: width)
                kernels.add_layer_norm_f32(
                    $0.baseAddress!, nil, none, gamma, beta, rows, width, epsilon, $0.baseAddress!)
            }
            #expect(alone.dropLast() == target.dropLast())
            #expect(sums[rows * width] == 42 && target[rows * width] == 42)
        }
    }

    @Test(arguments: NetworkKernels.available.indices, widths)
    func `gates agree with their formula`(table: Int, width: Int) {
        let kernels = NetworkKernels.available[table].table
        let (rows, x) = (3, random(3 * 2 * width, spread: 6, seed: width))
        for activation in [AKIN_IDENTITY, AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU, AKIN_SILU] {
            var y = [Float](repeating: 42, count: rows * width + 1)
            kernels.gate_f32(x, rows, width, activation, &y)
            for row in 0..<rows {
                for column in 0..<width {
                    let (opened, gate) = (
                        Double(x[row * 2 * width + column]), Double(x[(row * 2 + 1) * width + column])
                    )
                    let expected = activated(opened, activation) * gate
                    #expect(abs(Double(y[row * width + column]) - expected) <= 3e-6 * max(1, abs(expected)))
                }
            }
            #expect(y[rows * width] == 42)
        }
    }

    @Test(arguments: NetworkKernels.available.indices, [2, 4, 6, 8, 10, 16, 20, 32, 34, 64, 66])
    func `rotations agree with their formula and leave the rest alone`(table: Int, size: Int) {
        let kernels = NetworkKernels.available[table].table
        let (rows, vectors, half) = (3, 2, size / 2)
        let stride = vectors * size + 5
        let x = random(rows * stride, spread: 2, seed: size)
        let angles = random(rows * half, spread: 3, seed: size + 1)
        var result = x
        kernels.rotate_f32(&result, rows, stride, vectors, size, angles.map { cos($0) }, angles.map { sin($0) })
        for row in 0..<rows {
            for vector in 0..<vectors {
                for pair in 0..<half {
                    let (place, angle) = (row * stride + vector * size + pair, Double(angles[row * half + pair]))
                    let (a, b) = (Double(x[place]), Double(x[place + half]))
                    #expect(abs(Double(result[place]) - (a * cos(angle) - b * sin(angle))) <= 1e-6)
                    #expect(abs(Double(result[place + half]) - (b * cos(angle) + a * sin(angle))) <= 1e-6)
                }
            }
            let rest = row * stride + vectors * size..<(row + 1) * stride
            #expect(result[rest] == x[rest])
        }
    }
}
