import AkinTestSupport
import AkinVectors
import CAkinKernels
import Testing

/// Every table of code kernels gives what plain C gives: integers exactly, floats within rounding.
@Suite struct CodeKernelTests {
    private static let tables = CodeKernels.available.indices.dropFirst()
    private let plain = CodeKernels.available[0].table

    private func bytes(_ count: Int, seed: UInt64, _ range: ClosedRange<Int>) -> AlignedBuffer<Int8> {
        var random = SeededGenerator(seed: seed)
        let buffer = AlignedBuffer<Int8>(count: count)
        for index in 0..<count { buffer.base[index] = Int8(range.lowerBound + random.integer(below: range.count)) }
        return buffer
    }

    @Test(arguments: tables, [64, 128, 192, 512]) func `products of nibbles are those of plain C`(
        table: Int, bytesPerRow: Int
    ) {
        let rows = 37
        var random = SeededGenerator(seed: 3)
        let codes = AlignedBuffer<UInt8>(count: rows * bytesPerRow)
        for index in 0..<codes.count { codes.base[index] = UInt8(random.integer(below: 256)) }
        // The last row and query are as large as they can be.
        (codes.base + 36 * bytesPerRow).update(repeating: 255, count: bytesPerRow)
        for extreme in [false, true] {
            let query = bytes(2 * bytesPerRow, seed: 5, extreme ? 127...127 : -127...127)
            for count in 0...rows {
                let chosen = (0..<count).map { UInt32(rows - 1 - $0) }
                var expected = [Int32](repeating: 0, count: count)
                var found = expected
                plain.nibble_products(query.base, codes.base, bytesPerRow, chosen, count, &expected)
                CodeKernels.available[table].table.nibble_products(
                    query.base, codes.base, bytesPerRow, chosen, count, &found)
                #expect(found == expected)
            }
        }
    }

    @Test func `products of nibbles follow their definition`() {
        let (codes, query) = (AlignedBuffer<UInt8>(count: 128), bytes(256, seed: 8, -127...127))
        var random = SeededGenerator(seed: 4)
        var expected: Int32 = 0
        for coordinate in 0..<256 {
            let value = UInt8(random.integer(below: 16))
            let byte = coordinate / 128 * 64 + coordinate % 64
            codes.base[byte] |= coordinate % 128 < 64 ? value : value << 4
            expected += Int32(value) * Int32(query.base[coordinate])
        }
        var found: Int32 = 0
        plain.nibble_products(query.base, codes.base, 128, [0], 1, &found)
        #expect(found == expected)
    }

    @Test(arguments: tables, [0, 64, 384, 4096]) func `products of bytes are those of plain C`(table: Int, count: Int) {
        for (low, high) in [(-127, 127), (127, 127), (-127, -127)] {
            let (a, b) = (bytes(count, seed: 1, low...high), bytes(count, seed: 2, -127...127))
            let expected = plain.byte_product(a.base, b.base, count)
            #expect(CodeKernels.available[table].table.byte_product(a.base, b.base, count) == expected)
        }
    }

    @Test(arguments: tables, [0, 1, 7, 16, 33, 384, 1001])
    func `products of floats with narrow rows are those of plain C`(table: Int, count: Int) {
        var random = SeededGenerator(seed: 6)
        let a = (0..<count).map { _ in random.unitFloat() - 0.5 }
        let signed = bytes(count, seed: 7, -127...127)
        var halves = [UInt16](repeating: 0, count: count)
        plain.narrow_f16((0..<count).map { _ in random.unitFloat() - 0.5 }, &halves, count)
        let kernels = CodeKernels.available[table].table
        #expect(abs(kernels.dot_f16(a, halves, count) - plain.dot_f16(a, halves, count)) <= 1e-5 * Float(count + 1))
        // To the last bit that of the same values as floats: an index's rows then score as the store's vectors do.
        let floats = Kernels.available.first { $0.table.instruction_set == kernels.instruction_set }
        var widened = [Float](repeating: 0, count: count)
        kernels.widen_f16(halves, &widened, count)
        #expect(kernels.dot_f16(a, halves, count) == floats?.table.dot_f32(a, widened, count))
        #expect(
            abs(kernels.dot_i8(a, signed.base, count) - plain.dot_i8(a, signed.base, count)) <= 1e-3 * Float(count + 1))
    }

    /// What a half of these bits is worth, by the definition (IEEE 754, binary16).
    private func asFloat(_ half: UInt16) -> Float {
        let (exponent, fraction) = (Int(half >> 10 & 0x1F), Float(half & 0x3FF) / 1024)
        let magnitude =
            switch exponent {
            case 0: Float(sign: .plus, exponent: -14, significand: fraction)
            case 0x1F: fraction == 0 ? Float.infinity : Float.nan
            default: Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
            }
        return half >> 15 == 1 ? -magnitude : magnitude
    }

    /// All 65,536 halves, and floats around every place where rounding turns.
    @Test(arguments: CodeKernels.available.indices) func `halves are converted as plain C converts them`(table: Int) {
        let kernels = CodeKernels.available[table].table
        let halves = (0...UInt16.max).map { $0 }
        var floats = [Float](repeating: 0, count: halves.count)
        kernels.widen_f16(halves, &floats, halves.count)
        let expected = halves.map(asFloat)
        for index in halves.indices where !expected[index].isNaN {
            #expect(floats[index].bitPattern == expected[index].bitPattern)
        }
        #expect(halves.indices.allSatisfy { floats[$0].isNaN == expected[$0].isNaN })

        var back = [UInt16](repeating: 0, count: halves.count)
        kernels.narrow_f16(floats, &back, halves.count)
        #expect(halves.indices.allSatisfy { expected[$0].isNaN || back[$0] == halves[$0] })

        // Midway between neighbours, and one step to either side: ties go to the even half.
        let finite = (0..<UInt16(0x7BFF)).map { $0 }
        for (offset, chosen) in [(-1, { $0 }), (0, { $0 + $0 % 2 }), (1, { $0 + 1 })] as [(Int, (UInt16) -> UInt16)] {
            let values = finite.map { half in
                let middle = (floats[Int(half)] + floats[Int(half) + 1]) / 2
                return Float(bitPattern: UInt32(Int(middle.bitPattern) + offset))
            }
            var narrowed = [UInt16](repeating: 0, count: values.count)
            kernels.narrow_f16(values, &narrowed, values.count)
            #expect(narrowed == finite.map(chosen))
        }
        var large = [UInt16](repeating: 0, count: 4)
        kernels.narrow_f16([65519.99, 65520, 1e30, -.infinity], &large, 4)
        #expect(large == [0x7BFF, 0x7C00, 0x7C00, 0xFC00])
    }
}
