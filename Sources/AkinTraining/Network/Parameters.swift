package import AkinVectors
import Foundation

/// A named tensor's place among a network's parameters.
package struct Parameter: Sendable {
    /// The name that `transformers` gives it.
    package let name: String
    package let shape: [Int]
    /// The first of its elements in the buffers of `Parameters`.
    package let start: Int
    /// Whether weight decay shrinks it: weights are, biases and normalisations are not.
    package let decays: Bool

    package var count: Int { shape.reduce(1, *) }
    package var range: Range<Int> { start..<start + count }
}

/// The order of a network's parameters, one directly behind the other.
package struct ParameterLayout: Sendable {
    package private(set) var parameters: [Parameter] = []
    package private(set) var count = 0

    package init() {}

    package mutating func add(_ name: String, _ shape: [Int], decays: Bool = true) -> Parameter {
        let parameter = Parameter(name: name, shape: shape, start: count, decays: decays)
        parameters.append(parameter)
        count += parameter.count
        return parameter
    }
}

/// A network's parameters in training: single precision, with their gradients and AdamW's moments.
///
/// Memory: 16 bytes a parameter once all have moments; pages that were never written take none.
package final class Parameters: Sendable {
    package let layout: ParameterLayout
    package let values: AlignedBuffer<Float>
    package let gradients: AlignedBuffer<Float>
    package let firstMoments: AlignedBuffer<Float>
    package let secondMoments: AlignedBuffer<Float>

    package init(_ layout: ParameterLayout) {
        self.layout = layout
        values = AlignedBuffer(count: layout.count)
        gradients = AlignedBuffer(count: layout.count)
        firstMoments = AlignedBuffer(count: layout.count)
        secondMoments = AlignedBuffer(count: layout.count)
    }

    package func value(_ parameter: Parameter) -> UnsafeMutablePointer<Float> { unsafe values.base + parameter.start }
    package func gradient(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
        unsafe gradients.base + parameter.start
    }

    /// Draws a parameter from the normal distribution around zero.
    package func drawNormal(_ parameter: Parameter, deviation: Float, from generator: inout SeededGenerator) {
        for index in parameter.range { unsafe values.base[index] = deviation * generator.normal() }
    }

    package func fill(_ parameter: Parameter, with value: Float) {
        for index in parameter.range { unsafe values.base[index] = value }
    }
}

extension SeededGenerator {
    /// A draw from the standard normal distribution (Box and Muller 1958).
    mutating func normal() -> Float {
        let radius = (-2 * log(1 - unitDouble())).squareRoot()
        return Float(radius * cos(2 * .pi * unitDouble()))
    }
}
