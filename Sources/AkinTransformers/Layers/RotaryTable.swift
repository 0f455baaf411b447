package import AkinVectors
import CAkinKernels
import Foundation

/// How fast the components of queries and keys turn from place to place: in pair i of a head of d components by
/// base^(−2i/d) / divisor (Su et al. 2021, "RoFormer").
package struct RotaryFrequencies: Sendable, Hashable {
    package let base: Double
    package let divisor: Double
    /// d, an even number.
    package let headSize: Int

    package init(base: Double, divisor: Double = 1, headSize: Int) {
        precondition(headSize % 2 == 0)
        (self.base, self.divisor, self.headSize) = (base, divisor, headSize)
    }
}

/// The turns of queries and keys at each place of a sequence.
///
/// Component i of a head and component i + d/2 are a pair: (a, b) becomes (a·cos θ − b·sin θ, b·cos θ + a·sin θ), so
/// that the product of a query and a key depends on their distance alone.
package struct RotaryTable: Sendable {
    let cosines: Matrix  // (places, d / 2)
    let sines: Matrix  // (places, d / 2)

    /// Cost: two functions of the C library for each place and pair.
    package init(_ frequencies: RotaryFrequencies, places: Int) {
        let (size, half) = (frequencies.headSize, frequencies.headSize / 2)
        // In single precision, as the models were trained: at place 8,000 the rounding of an angle is visible.
        let speeds = (0..<half).map { pair in
            let exponent = Float(2 * pair) / Float(size)
            return 1 / Float(pow(frequencies.base, Double(exponent))) / Float(frequencies.divisor)
        }
        var (cosines, sines) = (Matrix(rows: places, columns: half), Matrix(rows: places, columns: half))
        for place in 0..<places {
            for pair in 0..<half {
                let angle = Double(Float(place) * speeds[pair])
                cosines[place, pair] = Float(cos(angle))
                sines[place, pair] = Float(sin(angle))
            }
        }
        (self.cosines, self.sines) = (cosines, sines)
    }

    /// Turns queries and keys in place: the first `vectors` heads of each of the given rows, which are a sequence from
    /// its beginning. Shape: (any, ≥ vectors · d).
    package func turn(_ x: inout Matrix, rows: Range<Int>, vectors: Int) {
        let (size, columns) = (2 * cosines.columns, x.columns)
        precondition(rows.lowerBound >= 0 && rows.upperBound <= x.rows && rows.count <= cosines.rows)
        precondition(vectors >= 0 && vectors * size <= columns)
        unsafe x.withUnsafeMutablePointer { x in
            unsafe cosines.withUnsafePointer { cosines in
                unsafe sines.withUnsafePointer { sines in
                    unsafe NetworkKernels.active.table.rotate_f32(
                        x + rows.lowerBound * columns, rows.count, columns, vectors, size, cosines, sines)
                }
            }
        }
    }
}
