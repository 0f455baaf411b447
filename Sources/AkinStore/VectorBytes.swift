import AkinCore
import Foundation

/// Vectors as the store keeps them: 32-bit floats, little-endian, one after another.
enum VectorBytes {
    static let bytesPerComponent = 4

    static func data(_ vector: [Float]) -> Data {
        #if _endian(big)
        return Data(vector.flatMap { component in (0..<4).map { UInt8(truncatingIfNeeded: component.bitPattern >> ($0 * 8)) } })
        #else
        return unsafe vector.withUnsafeBytes { unsafe Data($0) }
        #endif
    }

    static func vector(_ data: Data) -> [Float] {
        let count = data.count / bytesPerComponent
        #if _endian(big)
        let bytes = [UInt8](data)
        return (0..<count).map { at in Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at * 4 + $1]) << UInt32($1 * 8) }) }
        #else
        return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = unsafe data.copyBytes(to: buffer) / bytesPerComponent
        }
        #endif
    }

    /// What forbids a vector in a space, as the second half of a sentence that begins with the vector's name; nil when it is fit.
    static func fault(_ vector: [Float], in space: VectorSpace) -> (code: AkinError.Code, reason: String)? {
        guard vector.count == space.dimension else {
            return (.incompatible, "has \(vector.count) components, but the space \(space.encoderName) takes \(space.dimension)")
        }
        var square = 0.0
        for (place, component) in vector.enumerated() {
            guard component.isFinite else {
                return (.invalidData, "has \(component) as component \(place); every component must be finite")
            }
            square += Double(component) * Double(component)
        }
        guard space.metric == "cosine" else { return nil }
        if square == 0 { return (.invalidData, "is all zeros, which has no direction under cosine; store the passage without a vector") }
        let length = square.squareRoot()
        guard abs(length - 1) <= unitTolerance else {
            return (.invalidData, "has length \(length); under cosine vectors are stored with unit length, so normalise it first")
        }
        return nil
    }

    /// How far from 1 a unit vector's length may be: room for encoders that normalise in half precision.
    private static let unitTolerance = 1e-2
}
