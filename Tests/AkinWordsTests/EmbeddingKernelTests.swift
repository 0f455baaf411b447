import AkinWords
import AkinVectors
import CAkinKernels
import Testing

/// Every table of kernels that trains word vectors, against the plain one.
@Suite struct EmbeddingKernelTests {
    static let strides = [16, 32, 112, 304]

    /// Rows of floats that stay where they are, so that kernels can be given pointers to some of them.
    private final class Rows {
        let base: UnsafeMutablePointer<Float>
        let stride: Int
        let count: Int

        init(count: Int, stride: Int, seed: UInt64, from low: Float = -0.5, to high: Float = 0.5) {
            (self.count, self.stride) = (count, stride)
            base = .allocate(capacity: count * stride)
            var random = SeededGenerator(seed: seed)
            for index in 0..<count * stride { base[index] = low + (high - low) * random.unitFloat() }
        }

        deinit { base.deallocate() }

        func pointers(_ chosen: [Int]) -> [UnsafeMutablePointer<Float>] { chosen.map { base + $0 * stride } }

        /// The largest difference, of large values relative to them.
        func differs(from other: Rows) -> Float {
            (0..<count * stride).reduce(0) { max($0, abs(base[$1] - other.base[$1]) / max(1, abs(base[$1]))) }
        }
    }

    private let plain = EmbeddingKernels.available[0].table

    @Test(arguments: EmbeddingKernels.available.indices, strides)
    func `the logistic step is that of plain C`(table: Int, stride: Int) {
        let kernels = EmbeddingKernels.available[table].table
        for (inputCount, outputCount) in [
            (1, 1), (1, 6), (2, 3), (3, 7), (4, 4), (5, 2), (6, 6), (10, 6), (10, 21), (9, 1),
        ] {
            let rows = (0..<2).map { _ in
                (Rows(count: 24, stride: stride, seed: 1), Rows(count: 24, stride: stride, seed: 2))
            }
            var random = SeededGenerator(seed: UInt64(inputCount * 100 + outputCount))
            // With so few rows some are there twice, whose updates must add up.
            let (inputs, outputs) = (
                (0..<inputCount).map { _ in random.integer(below: 8) },
                (0..<outputCount).map { _ in random.integer(below: 8) }
            )
            let labels = (0..<outputCount).map { _ in Float(random.integer(below: 2)) }
            var errors = (0..<2).map { _ in [Float](repeating: 0, count: akin_logistic_scratch(inputCount, outputCount))
            }
            for (place, tables) in [plain, kernels].enumerated() {
                tables.logistic_step_f32(
                    rows[place].0.pointers(inputs), inputCount, rows[place].1.pointers(outputs), labels, outputCount,
                    stride, 0.25,
                    &errors[place])
            }
            #expect(rows[0].0.differs(from: rows[1].0) < 1e-5)
            #expect(rows[0].1.differs(from: rows[1].1) < 1e-5)
            for index in 0..<inputCount * outputCount { #expect(abs(errors[0][index] - errors[1][index]) < 1e-5) }
        }
    }

    @Test(arguments: EmbeddingKernels.available.indices)
    func `huge products give finite errors`(table: Int) {
        let kernels = EmbeddingKernels.available[table].table
        let (a, b) = (
            Rows(count: 1, stride: 16, seed: 1, from: 100, to: 101),
            Rows(count: 2, stride: 16, seed: 2, from: -101, to: -100)
        )
        for component in 16..<32 { b.base[component] = 100 }
        var errors = [Float](repeating: 0, count: akin_logistic_scratch(1, 2))
        kernels.logistic_step_f32(a.pointers([0]), 1, b.pointers([0, 1]), [1, 0], 2, 16, 0.5, &errors)
        #expect(abs(errors[0] - 0.5) < 1e-6 && abs(errors[1] + 0.5) < 1e-6)
    }

    @Test(arguments: EmbeddingKernels.available.indices, strides)
    func `means of rows and their changes are those of plain C`(table: Int, stride: Int) {
        let kernels = EmbeddingKernels.available[table].table
        for count in [1, 2, 5, 17] {
            let rows = (0..<2).map { _ in Rows(count: 20, stride: stride, seed: 5) }
            let chosen = (0..<count).map { $0 * 7 % 20 }
            var means = (0..<2).map { _ in [Float](repeating: 0, count: stride) }
            var copies = means
            for (place, tables) in [plain, kernels].enumerated() {
                tables.mean_rows_f32(rows[place].pointers(chosen), count, stride, &means[place], &copies[place])
                #expect(means[place] == copies[place])
                for component in 0..<stride { means[place][component] += Float(component) / 100 }
                tables.spread_change_f32(rows[place].pointers(chosen), count, stride, copies[place], means[place])
            }
            #expect(zip(means[0], means[1]).allSatisfy { abs($0 - $1) < 1e-5 })
            #expect(rows[0].differs(from: rows[1]) < 1e-5)
        }
    }

    @Test(arguments: EmbeddingKernels.available.indices, [1, 15, 16, 50, 100])
    func `the GloVe step is that of plain C`(table: Int, dimension: Int) {
        let kernels = EmbeddingKernels.available[table].table
        let stride = akin_embedding_stride(dimension + 1)
        let rows = (0..<2).map { _ in Rows(count: 2, stride: 2 * stride, seed: 9, from: 0.1, to: 1.5) }
        // What lies beyond the bias is zero, as in training.
        for table in rows {
            for row in 0..<2 { for unused in dimension + 1..<stride { table.base[row * 2 * stride + unused] = 0 } }
        }
        for (target, weight) in [(Float(2), Float(1)), (-3, 0.2), (1e4, 1)] {
            let losses = [plain, kernels].enumerated().map { place, tables in
                tables.glove_step_f32(
                    rows[place].base, rows[place].base + 2 * stride, dimension, stride, target, weight, 0.05)
            }
            #expect(abs(losses[0] - losses[1]) <= 1e-4 * max(1, losses[0]))
            // The huge target makes steps of 100, after which the products are differences of large numbers.
            #expect(rows[0].differs(from: rows[1]) < 1e-3)
        }
    }
}
