/// Why a vector cannot be stored or searched by.
package enum VectorFault {
    /// The most components an imported vector may have.
    package static let maximumDimension = 4096

    /// The second half of a sentence that begins with the vector's name; nil when the vector is fit. The number of
    /// components is not checked.
    package static func reason(_ vector: [Float], element: VectorElement, metric: DistanceMetric) -> String? {
        for (place, component) in vector.enumerated() where !element.holds(component) {
            guard component.isFinite else {
                return "has \(component) as component \(place); every component must be finite"
            }
            return "has \(component) as component \(place), which \(element.rawValue) cannot hold exactly"
        }
        let square = squaredLength(vector)
        switch metric {
        case .cosine: return square == 0 ? "is all zeros, which has no direction under cosine; leave it out" : nil
        case .dot, .l2:
            guard square > largestSquaredLength else { return nil }
            return "has length \(square.squareRoot()), whose square is beyond single precision; scale the vectors down"
        }
    }

    package static func squaredLength(_ vector: [Float]) -> Double { vector.reduce(0) { $0 + Double($1) * Double($1) } }

    /// Up to this size, the squared distance of any two vectors is finite in single precision.
    private static let largestSquaredLength = Double(Float.greatestFiniteMagnitude) / 4
}
