/// How the components of imported vectors are kept: exactly as they were imported, in as many bytes.
///
/// Every value of each type is a value of `Float` too, so vectors travel as floats between files, calls and stores and
/// lose nothing.
public enum VectorElement: String, Sendable, CaseIterable, Codable {
    /// Single precision, 4 bytes.
    case f32
    /// Half precision (IEEE 754 binary16), 2 bytes.
    case f16
    /// Whole numbers from −128 to 127, 1 byte. There is no scale: a component has the value of its byte.
    case int8
    /// Whole numbers from 0 to 255, 1 byte, without a scale.
    case uint8

    /// Bytes of one component.
    public var byteCount: Int {
        switch self {
        case .f32: 4
        case .f16: 2
        case .int8, .uint8: 1
        }
    }

    /// Whether a value can be kept without loss. Infinities and NaN cannot.
    public func holds(_ value: Float) -> Bool {
        switch self {
        case .f32: value.isFinite
        case .f16: value.isFinite && HalfPrecision.widened(HalfPrecision.narrowed(value)) == value
        case .int8: Int8(exactly: value) != nil
        case .uint8: UInt8(exactly: value) != nil
        }
    }

    /// The nearest value that can be kept; infinite where a half's range ends (65,504). Whole-number types do not
    /// round, since without a scale most vectors would lose nearly everything.
    public func nearest(_ value: Float) -> Float {
        self == .f16 ? HalfPrecision.widened(HalfPrecision.narrowed(value)) : value
    }
}

extension VectorElement {
    /// Whether the vectors of encoders may be kept so. They lose their last digits in half precision: a cosine of
    /// sentence embeddings is off by 10⁻⁴ at most, far less than what the arithmetic of the encoder costs.
    package var isOfEncoders: Bool { self == .f16 || self == .f32 }

    /// A vector whose components are the nearest that can be kept.
    package func rounded(_ vector: [Float]) -> [Float] { self == .f16 ? vector.map(nearest) : vector }

    /// Components as they stand in files and stores, little-endian. Each must be one that this type `holds`.
    package func encoded(_ vector: [Float]) -> [UInt8] {
        switch self {
        case .f32: Self.bytes(vector) { $0.bitPattern }
        case .f16: Self.bytes(vector, HalfPrecision.narrowed)
        case .int8: vector.map { UInt8(bitPattern: Int8($0)) }
        case .uint8: vector.map { UInt8($0) }
        }
    }

    private static func bytes<Bits: FixedWidthInteger>(_ vector: [Float], _ bits: (Float) -> Bits) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * Bits.bitWidth / 8)
        for component in vector {
            let value = bits(component)
            for shift in stride(from: 0, to: Bits.bitWidth, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        return bytes
    }

    /// Reads little-endian components, at any alignment, as floats.
    ///
    /// - Parameters:
    ///   - source: target.count × byteCount bytes.
    package func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
        precondition(source.count == target.count * byteCount)
        switch self {
        case .f32:
            for index in target.indices {
                unsafe target[index] = Float(
                    bitPattern: UInt32(littleEndian: source.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
            }
        case .f16:
            for index in target.indices {
                unsafe target[index] = HalfPrecision.widened(
                    UInt16(littleEndian: source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
            }
        case .int8: for index in target.indices { unsafe target[index] = Float(Int8(bitPattern: source[index])) }
        case .uint8: for index in target.indices { unsafe target[index] = Float(source[index]) }
        }
    }

    /// The components of little-endian bytes, which must be a whole number of them.
    package func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        unsafe [Float](unsafeUninitializedCapacity: bytes.count / byteCount) { buffer, initialized in
            let count = bytes.count / byteCount
            unsafe decode(bytes, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }
}
