import AkinCore

/// How an array file holds its components.
enum FileComponent {
    case element(VectorElement)
    /// Double precision, which is rounded to single when it is read.
    case double

    var byteCount: Int {
        switch self {
        case .element(let element): element.byteCount
        case .double: 8
        }
    }

    /// The type that keeps these components, after rounding doubles.
    var element: VectorElement {
        switch self {
        case .element(let element): element
        case .double: .f32
        }
    }

    /// Components of little-endian bytes, a whole number of them.
    func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        unsafe bytes.withUnsafeBytes { bytes in
            switch self {
            case .element(let element): return unsafe element.floats(bytes)
            case .double:
                return stride(from: 0, to: bytes.count, by: 8).map { offset in
                    unsafe Float(
                        Double(
                            bitPattern: UInt64(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))))
                }
            }
        }
    }
}
