import AkinVectors
import CAkinKernels
import Testing

/// Every kernel table this processor can run, against plain C.
@Suite struct KernelTests {
    static let lengths = [1, 3, 7, 8, 15, 16, 17, 31, 33, 64, 65, 100, 384, 1023]

    @Test(arguments: Kernels.available.indices, lengths)
    func `every kernel agrees with plain C`(table: Int, length: Int) {
        var random = SeededGenerator(seed: UInt64(length))
        let a = (0..<length).map { _ in random.unitFloat() - 0.5 }
        let b = (0..<length).map { _ in random.unitFloat() - 0.5 }
        let (plain, other) = (Kernels.available[0].table, Kernels.available[table].table)
        let tolerance = 1e-6 * Float(length)
        #expect(abs(plain.dot_f32(a, b, length) - other.dot_f32(a, b, length)) <= tolerance)
        #expect(abs(plain.squared_distance_f32(a, b, length) - other.squared_distance_f32(a, b, length)) <= tolerance)
        var (plainSum, otherSum) = (b, b)
        plain.axpy_f32(0.3, a, &plainSum, length)
        other.axpy_f32(0.3, a, &otherSum, length)
        for (expected, actual) in zip(plainSum, otherSum) { #expect(abs(expected - actual) <= 1e-6) }
    }

    @Test func `the preferred table is used, and one that the processor lacks is not`() async {
        await #expect(processExitsWith: .success) {
            Kernels.prefer("plain")
            #expect(Kernels.active.name == "plain")
        }
        await #expect(processExitsWith: .success) {
            Kernels.prefer("abacus")
            #expect(Kernels.active.name == Kernels.available.last?.name)
        }
    }

    @Test func `a table cannot be preferred once another is in use`() async {
        await #expect(processExitsWith: .failure) {
            #expect(!Kernels.active.name.isEmpty)
            Kernels.prefer("plain")
        }
    }

    @Test(arguments: Kernels.available.indices, lengths)
    func `the values near the largest are those of plain C`(table: Int, length: Int) {
        var random = SeededGenerator(seed: UInt64(length) &+ 9)
        // Few different values, so that several are the largest, and all negative.
        let values = (0..<length).map { _ in Float(random.integer(below: 20)) / 16 - 3 }
        for slack: Float in [0, 0.1, 0.5, 9] {
            let found = [Kernels.available[0], Kernels.available[table]].map { kernels in
                var places = [UInt32](repeating: .max, count: length)
                let count = kernels.table.near_largest_f32(values, length, slack, &places)
                return Array(places.prefix(count))
            }
            #expect(found[0] == found[1])
            #expect(!found[0].isEmpty && found[0].count == values.count { $0 >= values.max()! - slack })
        }
    }
}
