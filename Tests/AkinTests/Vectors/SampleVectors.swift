import Akin
import Foundation

/// Vectors made up from a seed, and what is true of them by plain arithmetic in double precision.
enum SampleVectors {
    /// Values of all lengths and signs that the type can hold.
    static func make(_ count: Int, dimension: Int, element: VectorElement = .f32, seed: UInt64 = 1) -> [[Float]] {
        var state = seed
        func next() -> Float {
            // Knuth's linear congruential generator (MMIX).
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 23) - 1
        }
        return (0..<count).map { _ in
            let length = 0.5 + 2 * abs(next())
            return (0..<dimension).map { component in
                switch element {
                case .f32: next() * length
                case .f16: element.nearest(next() * length)
                // Never all zeros, which cosine refuses.
                // Plus zero, since integers know no minus zero.
                case .int8: component == 0 ? 1 : (next() * 127 * length / 2.5).rounded() + 0
                case .uint8: component == 0 ? 1 : (abs(next()) * 255 * length / 2.5).rounded()
                }
            }
        }
    }

    static func records(_ vectors: [[Float]], prefix: String = "v") -> [VectorRecord] {
        vectors.enumerated().map { VectorRecord(id: "\(prefix)\($0)", vector: $1) }
    }

    /// Larger is nearer.
    static func score(_ a: [Float], _ b: [Float], _ metric: DistanceMetric) -> Double {
        func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        switch metric {
        case .cosine: return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
        case .dot: return dot(a, b)
        case .l2: return -zip(a, b).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
        }
    }
}

/// Files of vectors, byte by byte.
enum VectorFiles {
    /// NumPy's array file around a header's dictionary.
    static func npy(dictionary: String, version: UInt8 = 1, payload: [UInt8] = []) -> Data {
        let text = Array((dictionary + "\n").utf8)
        let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return Data([0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + payload)
    }

    static func npy(_ rows: [[Float]], _ element: VectorElement = .f32) -> Data {
        let type = [.f32: "<f4", .f16: "<f2", .int8: "|i1", .uint8: "|u1"][element] ?? ""
        return npy(
            dictionary:
                "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows.count), \(rows.first?.count ?? 0)), }",
            payload: rows.flatMap { bytes($0, element) })
    }

    static func vecs(_ rows: [[Float]], _ element: VectorElement = .f32) -> Data {
        Data(rows.flatMap { row in littleEndian(UInt32(row.count)) + bytes(row, element) })
    }

    static func bytes(_ row: [Float], _ element: VectorElement) -> [UInt8] {
        row.flatMap { value -> [UInt8] in
            switch element {
            case .f32: littleEndian(value.bitPattern)
            case .f16: littleEndian(halfBits(value))
            case .int8: [UInt8(bitPattern: Int8(value))]
            case .uint8: [UInt8(value)]
            }
        }
    }

    static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        stride(from: 0, to: value.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// The bits of a value that half precision holds.
    private static func halfBits(_ value: Float) -> UInt16 {
        guard value != 0 else { return value.sign == .minus ? 0x8000 : 0 }
        let sign: UInt16 = value < 0 ? 0x8000 : 0
        guard value.exponent >= -14 else { return sign | UInt16(abs(value) * 0x1p24) }
        return sign | UInt16(Int(value.exponent) + 15) << 10 | UInt16(value.significandBitPattern >> 13)
    }
}
