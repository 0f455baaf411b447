import AkinTransformers
import AkinVectors
import CAkinKernels
import Foundation
import Testing

/// The attention kernels of every table against the definition in double precision, with tails in every direction.
@Suite struct AttentionKernelTests {
    typealias Kernel =
        @convention(c) (
            UnsafePointer<Float>, Int, Int, Int, Int, UnsafePointer<Float>?, Int, UnsafeMutablePointer<Float>,
            UnsafeMutablePointer<Float>
        ) -> Void

    /// Every kernel that this processor can run, those in single precision first, and how far its results may be off:
    /// rounding to 8 significant bits moves values of up to 2, and scores of up to 16 and with them exponentials, by
    /// parts of 2⁻⁸.
    static let kernels: [(run: Kernel, tolerance: Double)] =
        NetworkKernels.available.map { ($0.table.attention_f32, 1e-5) }
        + LinearKernels.available.compactMap { $0.table.attention_bf16 }.map { ($0, 0x1p-5) }
    static let rounded = LinearKernels.available.compactMap { $0.table.attention_bf16 }

    private func random(_ count: Int, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in (generator.unitFloat() - 0.5) * 4 }
    }

    static let shapes = [
        (1, 1, 1), (2, 3, 5), (7, 2, 8), (12, 2, 16), (13, 1, 20), (31, 3, 32), (33, 2, 64), (100, 2, 33), (40, 1, 24),
    ]

    /// A sequence, how far its tokens see, and how far the bias reaches beyond its length; nil without one.
    struct Case: Sendable {
        let length: Int
        let heads: Int
        let headSize: Int
        var window = Int.max
        let besides: Int?
    }

    static let cases = shapes.flatMap { length, heads, headSize in
        [nil, 0, 5].map { Case(length: length, heads: heads, headSize: headSize, besides: $0) }
    }

    /// Windows of every kind, and sequences of several blocks of keys.
    static let windowed =
        [0, 1, 2, 7, 30, 99, 100].map { Case(length: 100, heads: 2, headSize: 20, window: $0, besides: nil) }
        + [0, 3, 511].map { Case(length: 513, heads: 1, headSize: 6, window: $0, besides: nil) }
        + [Int.max, 64, 600].map { Case(length: 1030, heads: 1, headSize: 4, window: $0, besides: $0 == 64 ? 2 : nil) }
        + [
            Case(length: 1100, heads: 1, headSize: 3, besides: 0),
            Case(length: 520, heads: 2, headSize: 16, window: 5, besides: 0),
        ]

    @Test(arguments: kernels.indices, cases + windowed) func `attention agrees with its formula`(
        kernel: Int, shape: Case
    ) {
        let (length, heads, headSize) = (shape.length, shape.heads, shape.headSize)
        let width = heads * headSize
        let source = random(length * 3 * width, seed: length)
        var scratch = [Float](repeating: .nan, count: akin_attention_scratch(length, headSize) + 1)
        var context = [Float](repeating: 42, count: length * width + 1)
        scratch[scratch.count - 1] = 42
        let reach = length + (shape.besides ?? 0)
        let bias = shape.besides.map { _ in random(heads * (2 * reach - 1), seed: length + 1) }
        Self.kernels[kernel].run(source, length, heads, headSize, shape.window, bias, reach, &scratch, &context)
        for head in 0..<heads {
            func element(_ part: Int, _ row: Int, _ i: Int) -> Double {
                Double(source[row * 3 * width + part * width + head * headSize + i])
            }
            for row in 0..<length {
                let seen = max(0, row - min(row, shape.window))..<min(length, row + min(length, shape.window) + 1)
                let scores = seen.map { other in
                    (0..<headSize).reduce(0) { $0 + element(0, row, $1) * element(1, other, $1) }
                        / Double(headSize).squareRoot()
                        + Double(bias?[head * (2 * reach - 1) + reach - 1 + other - row] ?? 0)
                }
                let exponentials = scores.map { exp($0 - (scores.max() ?? 0)) }
                let sum = exponentials.reduce(0, +)
                for i in 0..<headSize {
                    let expected = zip(seen, exponentials).reduce(0) { $0 + $1.1 / sum * element(2, $1.0, i) }
                    #expect(
                        abs(Double(context[row * width + head * headSize + i]) - expected)
                            <= Self.kernels[kernel].tolerance)
                }
            }
        }
        #expect(context[length * width] == 42 && scratch[scratch.count - 1] == 42)
    }

    /// The plain kernel rounds the same numbers: what is left is the exponential and the order of sums.
    @Test(
        arguments: rounded.indices,
        [(1, 1, 1), (2, 3, 5), (13, 1, 20), (31, 3, 32), (33, 2, 64), (100, 2, 33), (256, 1, 32), (700, 1, 32)])
    func `rounded attention agrees with plain C`(kernel: Int, shape: (length: Int, heads: Int, headSize: Int)) throws {
        let (length, heads, headSize) = shape
        let source = random(length * 3 * heads * headSize, seed: length)
        let results = [Self.rounded[0], Self.rounded[kernel]].map { run in
            var scratch = [Float](repeating: .nan, count: akin_attention_scratch(length, headSize))
            var context = [Float](repeating: 42, count: length * heads * headSize)
            run(source, length, heads, headSize, .max, nil, 0, &scratch, &context)
            return context
        }
        for (plain, found) in zip(results[0], results[1]) { #expect(abs(plain - found) <= 0x1p-7) }
        let difference = zip(results[0], results[1]).reduce(0) { $0 + abs($1.0 - $1.1) } / Float(results[0].count)
        #expect(difference <= 0x1p-12, "mean difference \(difference)")
    }

    @Test(arguments: kernels.indices)
    func `equal queries get equal bits wherever they stand`(kernel: Int) {
        let (length, width) = (30, 32)
        var source = random(length * 3 * width, seed: 9)
        for row in 1..<length { for i in 0..<width { source[row * 3 * width + i] = source[i] } }
        var scratch = [Float](repeating: 0, count: akin_attention_scratch(length, width))
        var context = [Float](repeating: 0, count: length * width)
        Self.kernels[kernel].run(source, length, 1, width, .max, nil, 0, &scratch, &context)
        for row in 1..<length {
            for i in 0..<width { #expect(context[row * width + i].bitPattern == context[i].bitPattern) }
        }
    }
}
