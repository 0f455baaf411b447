import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Element types and half precision, and spaces of imported vectors.
@Suite struct VectorElementTests {
    /// Values of half precision's bits by its definition (IEEE 754-2019, 3.4), in double precision.
    private static func value(ofHalf bits: UInt16) -> Double {
        let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
        let magnitude =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? Double.infinity : .nan
            default: (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
            }
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }

    @Test func `every half is read and written exactly`() {
        for bits in UInt16.min...UInt16.max {
            let (read, expected) = (HalfPrecision.widened(bits), Self.value(ofHalf: bits))
            if expected.isNaN {
                #expect(read.isNaN && HalfPrecision.widened(HalfPrecision.narrowed(read)).isNaN)
            } else {
                #expect(Double(read) == expected && read.sign == (bits & 0x8000 == 0 ? .plus : .minus))
                #expect(HalfPrecision.narrowed(read) == bits)
            }
        }
    }

    @Test func `what lies between two halves goes to the nearest, ties to the even one`() {
        for bits in UInt16(0)..<0x7BFF {
            let (below, above) = (Float(Self.value(ofHalf: bits)), Float(Self.value(ofHalf: bits + 1)))
            let middle = (below + above) / 2
            for sign in [UInt16(0), 0x8000] {
                let factor: Float = sign == 0 ? 1 : -1
                #expect(HalfPrecision.narrowed(middle * factor) == sign | (bits % 2 == 0 ? bits : bits + 1))
                #expect(HalfPrecision.narrowed(middle.nextDown * factor) == sign | bits)
                #expect(HalfPrecision.narrowed(middle.nextUp * factor) == sign | (bits + 1))
            }
        }
        #expect(HalfPrecision.narrowed(65_519.996) == 0x7BFF && HalfPrecision.narrowed(65_520) == 0x7C00)
        #expect(
            HalfPrecision.narrowed(.leastNonzeroMagnitude) == 0
                && HalfPrecision.narrowed(-.greatestFiniteMagnitude) == 0xFC00)
    }

    /// Values that a type holds, and values that it does not.
    private static let values: [(element: VectorElement, held: [Float], refused: [Float])] = [
        (.f32, [0, -0.0, 0.1, -3e38, .leastNonzeroMagnitude], [.nan, .infinity, -.infinity]),
        (.f16, [0, -0.0, 0.5, 65_504, -65_504, 0x1p-24], [0.1, 65_520, 0x1p-25, 1e-30, .nan, -.infinity]),
        (.int8, [0, 1, -128, 127], [0.5, -129, 128, 1e20, .nan, .infinity]),
        (.uint8, [0, 1, 128, 255], [-1, 0.25, 256, .nan, -.infinity]),
    ]

    @Test(arguments: values) func `values come back as they were`(
        _ element: VectorElement, _ held: [Float], _ refused: [Float]
    ) {
        #expect(held.allSatisfy(element.holds) && !refused.contains(where: element.holds))
        let bytes = element.encoded(held)
        #expect(bytes.count == held.count * element.byteCount)
        // Off by one byte, so that no read may count on alignment.
        let read = ([0] + bytes).withUnsafeBytes { element.floats(UnsafeRawBufferPointer(rebasing: $0[1...])) }
        #expect(read.map(\.bitPattern) == held.map(\.bitPattern))
    }

    @Test func `bytes are little endian`() {
        #expect(VectorElement.f32.encoded([1, -2]) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
        #expect(VectorElement.f16.encoded([1, -2]) == [0, 0x3C, 0, 0xC0])
        #expect(VectorElement.int8.encoded([1, -2]) == [1, 0xFE])
        #expect(VectorElement.uint8.encoded([1, 254]) == [1, 254])
    }

    private static func space(_ element: VectorElement, _ metric: DistanceMetric, dimension: Int) -> VectorSpace {
        VectorSpace(
            kind: VectorSpace.importedKind, encoderName: "external", fingerprint: "f", precision: element.rawValue,
            dimension: dimension,
            metric: metric.rawValue, elementType: element.rawValue)
    }

    @Test(arguments: values) func `stores keep each type in its own bytes`(
        _ element: VectorElement, _ held: [Float], _ refused: [Float]
    ) throws {
        let fixture = try StoreFixture()
        let vector = element == .f32 ? held.map { $0 == -3e38 ? -7 : $0 } : held
        let space = try fixture.store.write { try $0.createSpace(Self.space(element, .dot, dimension: held.count)) }
        try fixture.store.write { _ = try $0.put(.test("a", ["text"])) }
        let passage = try fixture.passageIDs("a")[0]
        try fixture.store.write { try $0.setVector(space: space, passage: passage, vector: vector) }
        let stored = try #require(try fixture.store.read { try $0.vector(space: space, passage: passage) })
        #expect(stored.map(\.bitPattern) == vector.map(\.bitPattern))
        let size = try DatabaseQueue(path: fixture.path).read {
            try Int.fetchOne($0, sql: "SELECT length(data) FROM vector WHERE space = ?", arguments: [space])
        }
        #expect(size == vector.count * element.byteCount)
        #expect(try fixture.store.verify() == [])
        for value in refused {
            let bad = [value] + vector.dropFirst()
            #expect(
                errorCode { try fixture.store.write { try $0.setVector(space: space, passage: passage, vector: bad) } }
                    == .invalidData)
        }
    }

    @Test func `imported vectors keep their length, and zeros are refused under cosine`() throws {
        let fixture = try StoreFixture()
        let space = try fixture.store.write { try $0.createSpace(Self.space(.f32, .cosine, dimension: 3)) }
        try fixture.put("a", "one")
        let passage = try fixture.passageIDs("a")[0]
        func set(_ vector: [Float]) -> AkinError.Code? {
            errorCode { try fixture.store.write { try $0.setVector(space: space, passage: passage, vector: vector) } }
        }
        #expect(set([3, 0, 4]) == nil && set([3e38, 0, 0]) == nil && set([.leastNonzeroMagnitude, 0, 0]) == nil)
        #expect(set([0, 0, 0]) == .invalidData && set([1, 2]) == .incompatible)
        #expect(try fixture.store.verify() == [])
    }

    @Test(arguments: [DistanceMetric.dot, .l2]) func `lengths whose squares overflow are refused`(
        _ metric: DistanceMetric
    ) {
        #expect(VectorFault.reason([9e18, 0], element: .f32, metric: metric) == nil)
        #expect(VectorFault.reason([3e19, 0], element: .f32, metric: metric)?.contains("single precision") == true)
        #expect(VectorFault.reason([3e38, 3e38], element: .f32, metric: .cosine) == nil)
    }

    @Test(arguments: [("bert", "uint8"), ("user", "f8"), ("words", "int8")])
    func `spaces of other types are not made`(_ kind: String, _ element: String) throws {
        let fixture = try StoreFixture()
        var space = VectorSpace.test(kind: kind)
        space.elementType = element
        #expect(errorCode { try fixture.store.write { try $0.createSpace(space) } } == .invalidArgument)
    }

    @Test(arguments: [("element_type", "f24"), ("metric", "hamming")])
    func `what a later version wrote is reported and not misread`(_ column: String, _ value: String) throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let passage = try fixture.passageIDs("a")[0]
        // Without a checksum, as a row that was written before there were any.
        try fixture.tamper("UPDATE vector_space SET \(column) = '\(value)', checksum = NULL")
        #expect(
            try fixture.store.verify().map(\.message) == [
                "Space 1 holds \(column == "metric" ? "f32 under hamming" : "f24 under cosine"), "
                    + "which this Akin does not know; its vectors are unchecked."
            ])
        #expect(
            errorCode {
                try fixture.store.write { try $0.setVector(space: 1, passage: passage, vector: unitVector(8, seed: 1)) }
            } != nil)
        guard column == "element_type" else { return }
        #expect(errorCode { try fixture.store.read { try $0.vector(space: 1, passage: passage) } } == .incompatible)
        #expect(errorCode { try fixture.store.read { try $0.forEachVector(space: 1) { _, _ in } } } == .incompatible)
    }
}
