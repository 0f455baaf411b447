import AkinCore
import Foundation

/// Vectors as the store keeps them: components of the space's element type, little-endian, one after another.
enum VectorBytes {
    static func data(_ vector: [Float], as element: VectorElement) -> Data { Data(element.encoded(vector)) }

    static func vector(_ data: Data, as element: VectorElement) -> [Float] {
        unsafe data.withUnsafeBytes { unsafe element.floats($0) }
    }

    /// Why a space refuses a vector, as the second half of a sentence that begins with the vector's name; nil when it
    /// is fit.
    static func fault(_ vector: [Float], in space: VectorSpace) -> (code: AkinError.Code, reason: String)? {
        guard vector.count == space.dimension else {
            return (
                .incompatible,
                "has \(vector.count) components, but the space \(space.encoderName) takes \(space.dimension)"
            )
        }
        guard let element = space.element, let metric = DistanceMetric(rawValue: space.metric) else {
            return (
                .incompatible,
                "belongs to a space of \(space.elementType) under \(space.metric), which this Akin does not know"
            )
        }
        if let reason = VectorFault.reason(vector, element: element, metric: metric) { return (.invalidData, reason) }
        guard metric == .cosine, !space.isImported else { return nil }
        let length = VectorFault.squaredLength(vector).squareRoot()
        guard abs(length - 1) <= unitTolerance else {
            return (
                .invalidData,
                "has length \(length); under cosine vectors are stored with unit length, so normalise it first"
            )
        }
        return nil
    }

    /// How far from 1 a unit vector's length may be: room for encoders that normalise in half precision.
    private static let unitTolerance = 1e-2
}
