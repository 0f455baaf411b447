import AkinVectors
import CAkinKernels
import Testing

/// Every table of training kernels against the plain one.
@Suite struct TrainingKernelTests {
    static let tables = TrainingKernels.available.indices.dropFirst()
    private let plain = TrainingKernels.available[0].table
    private static let none = akin_dropout(first_key: 0, second_key: 0, threshold: 0, scale: 1)
    private static let some = akin_dropout(
        first_key: 0x1234_5678, second_key: 0x9ABC_DEF0, threshold: 429_496_730, scale: 1 / 0.9)

    private func random(_ count: Int, spread: Float = 1, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in (generator.unitFloat() - 0.5) * 2 * spread }
    }

    private func difference(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } }

    /// Rows, depth and columns with every kind of tail.
    static let shapes = [
        (1, 1, 1), (5, 3, 2), (12, 16, 32), (13, 17, 33), (25, 40, 20), (48, 64, 96), (7, 101, 70),
    ]

    @Test(arguments: tables, shapes) func `multiplies floats, with a bias and on top of a sum`(
        table: Int, shape: (rows: Int, depth: Int, columns: Int)
    ) {
        let (kernels, (rows, depth, columns)) = (TrainingKernels.available[table].table, shape)
        let (a, b, bias) = (random(rows * depth, seed: 1), random(depth * columns, seed: 2), random(columns, seed: 3))
        var panels = [Float](repeating: 7, count: akin_panels_f32(depth, columns))
        var expectedPanels = panels
        kernels.pack_f32(b, depth, columns, columns, &panels, 32 * depth)
        plain.pack_f32(b, depth, columns, columns, &expectedPanels, 32 * depth)
        #expect(panels == expectedPanels)
        let transposed = (0..<columns * depth).map { b[$0 % depth * columns + $0 / depth] }
        kernels.pack_transposed_f32(transposed, depth, columns, depth, &panels, 32 * depth)
        #expect(panels == expectedPanels)

        for (usedBias, adds) in [(nil, false), (bias, false), (nil, true), (bias, true)] {
            var result = random(rows * columns, seed: 4)
            var expected = result
            kernels.product_f32(a, rows, depth, panels, depth, columns, usedBias, adds, &result, columns)
            plain.product_f32(a, rows, depth, panels, depth, columns, usedBias, adds, &expected, columns)
            #expect(difference(result, expected) <= 1e-5)
        }
        var outer = random(columns * columns, seed: 4)
        var expected = outer
        kernels.product_transposed_f32(panels, columns, panels, depth, columns, &outer, columns)
        plain.product_transposed_f32(panels, columns, panels, depth, columns, &expected, columns)
        #expect(difference(outer, expected) <= 1e-4)
    }

    @Test(arguments: tables, shapes) func `rounds, turns and multiplies in bfloat16 as the plain kernels do`(
        table: Int, shape: (rows: Int, depth: Int, columns: Int)
    ) throws {
        let (kernels, (rows, depth, columns)) = (TrainingKernels.available[table].table, shape)
        guard let product = kernels.product_bf16, let pack = kernels.pack_bf16, let round = kernels.round_bf16,
            let packTransposed = kernels.pack_transposed_bf16, let transposedProduct = kernels.product_transposed_bf16
        else { return }
        let (a, b) = (random(rows * depth, seed: 5), random(depth * columns, seed: 6))
        let pairs = (depth + 1) / 2
        var (panels, left) = (
            [UInt32](repeating: 7, count: akin_panels_bf16(depth, columns)),
            [UInt32](repeating: 7, count: rows * pairs)
        )
        var (expectedPanels, expectedLeft) = (panels, left)
        pack(b, depth, columns, columns, &panels, 32 * pairs)
        plain.pack_bf16?(b, depth, columns, columns, &expectedPanels, 32 * pairs)
        #expect(panels == expectedPanels)
        let transposed = (0..<columns * depth).map { b[$0 % depth * columns + $0 / depth] }
        packTransposed(transposed, depth, columns, depth, &panels, 32 * pairs)
        #expect(panels == expectedPanels)

        round(a, rows, depth, depth, &left, pairs)
        plain.round_bf16?(a, rows, depth, depth, &expectedLeft, pairs)
        #expect(left == expectedLeft)
        for adds in [false, true] {
            var result = random(rows * columns, seed: 4)
            var expected = result
            product(left, rows, pairs, panels, depth, columns, nil, adds, &result, columns)
            plain.product_bf16?(left, rows, pairs, panels, depth, columns, nil, adds, &expected, columns)
            #expect(difference(result, expected) <= 1e-5)
        }
        var outer = random(columns * columns, seed: 4)
        var expected = outer
        transposedProduct(panels, columns, panels, depth, columns, &outer, columns)
        plain.product_transposed_bf16?(panels, columns, panels, depth, columns, &expected, columns)
        #expect(difference(outer, expected) <= 1e-4)
    }

    @Test(arguments: tables, [1, 15, 16, 33, 400]) func `drops the same elements`(table: Int, count: Int) {
        let (x, kernels) = (random(count, seed: 8), TrainingKernels.available[table].table)
        var (result, expected, dropout) = (x, x, Self.some)
        kernels.drop(x, count, &dropout, 77, &result)
        plain.drop(x, count, &dropout, 77, &expected)
        #expect(result == expected)
        if count == 400 { #expect((20...60).contains(result.filter { $0 == 0 }.count)) }
        // A part in the middle has the mask of its place.
        if count > 20 {
            var part = [Float](repeating: 0, count: count - 20)
            kernels.drop(Array(x[20...]), count - 20, &dropout, 97, &part)
            #expect(part == Array(expected[20...]))
        }
    }

    @Test(arguments: tables, [(1, 4), (3, 20), (5, 33), (2, 384)]) func `normalises forwards and backwards`(
        table: Int, shape: (rows: Int, columns: Int)
    ) {
        let (kernels, (rows, columns)) = (TrainingKernels.available[table].table, shape)
        let count = rows * columns
        let (x, y, gamma, beta) = (
            random(count, seed: 1), random(count, seed: 2), random(columns, seed: 3), random(columns, seed: 4)
        )
        let slope = random(count, seed: 5)
        func run(_ kernels: akin_training_kernels, _ dropout: akin_dropout) -> [[Float]] {
            var dropout = dropout
            var (normalized, inverses, result) = (x, [Float](repeating: 0, count: rows), x)
            kernels.drop_add_norm(
                x, y, &dropout, 9, gamma, beta, rows, columns, 1e-12, &normalized, &inverses, &result)
            var (dSum, dGamma, dBeta) = (x, gamma, beta)
            kernels.norm_backward(slope, normalized, inverses, gamma, rows, columns, &dSum, &dGamma, &dBeta)
            return [normalized, inverses, result, dSum, dGamma, dBeta]
        }
        for dropout in [Self.none, Self.some] {
            for (found, expected) in zip(run(kernels, dropout), run(plain, dropout)) {
                #expect(difference(found, expected) <= 2e-5 * max(1, expected.map(abs).max() ?? 1))
            }
        }
    }

    @Test(arguments: tables, [AKIN_GELU, AKIN_GELU_TANH, AKIN_RELU, AKIN_IDENTITY])
    func `activations and their slopes`(table: Int, activation: akin_activation) {
        let kernels = TrainingKernels.available[table].table
        let x = (0..<1003).map { Float($0 - 500) / 50 }, dy = random(x.count, seed: 3)
        var (y, expected) = (x, x)
        kernels.activate(x, x.count, activation, &y)
        plain.activate(x, x.count, activation, &expected)
        #expect(difference(y, expected) <= 2e-6)
        kernels.activate_backward(x, dy, x.count, activation, &y)
        plain.activate_backward(x, dy, x.count, activation, &expected)
        #expect(difference(y, expected) <= 2e-6)
    }

    @Test(arguments: tables, [2, 6, 16, 37, 1000]) func `cross-entropy and its gradient`(table: Int, columns: Int) {
        let (kernels, rows) = (TrainingKernels.available[table].table, 3)
        let logits = random(rows * columns, spread: 6, seed: 9)
        let (targets, factors) = ([0, Int32(columns - 1), 1], [0.5, 0.25, 0] as [Float])
        for smoothing in [0, 0.1] as [Float] {
            var (found, expected) = (logits, logits)
            var (losses, expectedLosses) = (factors, factors)
            kernels.cross_entropy(&found, targets, factors, rows, columns, columns, smoothing, &losses)
            plain.cross_entropy(&expected, targets, factors, rows, columns, columns, smoothing, &expectedLosses)
            #expect(difference(losses, expectedLosses) <= 1e-5)
            #expect(difference(found, expected) <= 1e-6)
        }
    }

    @Test(arguments: tables, [1, 16, 50, 1000]) func `sums, multiples and the optimiser's step`(table: Int, count: Int)
    {
        let kernels = TrainingKernels.available[table].table
        let x = random(count, seed: 1)
        var (y, expected) = (random(count, seed: 2), random(count, seed: 2))
        kernels.add_scaled(x, count, 0.7, &y)
        plain.add_scaled(x, count, 0.7, &expected)
        #expect(difference(y, expected) <= 1e-6)
        let (square, expectedSquare) = (kernels.sum_of_squares(x, count), plain.sum_of_squares(x, count))
        #expect(abs(square - expectedSquare) <= 1e-6 * (1 + expectedSquare))
        if count == 1000 {
            var (sums, expectedSums) = ([Float](repeating: 1, count: 50), [Float](repeating: 1, count: 50))
            kernels.add_column_sums(x, 20, 50, 50, &sums)
            plain.add_column_sums(x, 20, 50, 50, &expectedSums)
            #expect(difference(sums, expectedSums) <= 1e-5)
        }

        var step = akin_adamw(
            first_decay: 0.9, second_decay: 0.999, step_size: 1e-2, second_scale: 3, epsilon: 1e-8, kept: 0.99,
            gradient_scale: 0.5)
        func run(_ kernels: akin_training_kernels) -> [[Float]] {
            var (weights, first, second) = (
                random(count, seed: 4), random(count, seed: 5), random(count, seed: 6).map(abs)
            )
            for _ in 0..<3 { kernels.adamw(&weights, x, &first, &second, count, &step) }
            return [weights, first, second]
        }
        for (found, expected) in zip(run(kernels), run(plain)) { #expect(difference(found, expected) <= 1e-5) }
    }

    @Test(arguments: tables, [(1, 4), (2, 10), (7, 32), (16, 16), (17, 20), (33, 64), (100, 32)])
    func `attention forwards and backwards`(table: Int, shape: (length: Int, headSize: Int)) {
        let (kernels, (length, headSize), heads) = (TrainingKernels.available[table].table, shape, 2)
        let width = heads * headSize
        let (source, slope) = (random(length * 3 * width, spread: 2, seed: 1), random(length * width, seed: 2))
        func run(_ kernels: akin_training_kernels, _ dropout: akin_dropout) -> [[Float]] {
            var dropout = dropout
            let scratch = AlignedBuffer<Float>(count: akin_training_attention_scratch(length, headSize))
            var (context, gradient) = (slope, source)
            for head in 0..<heads {
                kernels.attention(source, length, width, head, headSize, &dropout, scratch.base, &context)
            }
            for head in 0..<heads {
                kernels.attention_backward(
                    source, context, slope, length, width, head, headSize, &dropout, scratch.base, &gradient)
            }
            return [context, gradient]
        }
        for dropout in [Self.none, Self.some] {
            let expected = run(plain, dropout)
            for (found, expected) in zip(run(kernels, dropout), expected) {
                #expect(difference(found, expected) <= 3e-5)
            }
            guard let rounded = kernels.attention_bf16, let roundedBackward = kernels.attention_backward_bf16 else {
                continue
            }
            var pairs = kernels
            (pairs.attention, pairs.attention_backward) = (rounded, roundedBackward)
            for (found, expected) in zip(run(pairs, dropout), expected) {
                #expect(difference(found, expected) <= 3e-2)
            }
        }
    }
}
