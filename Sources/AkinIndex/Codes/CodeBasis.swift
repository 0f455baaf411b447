import AkinCore
import AkinVectors
import CAkinKernels

/// The coordinates that codes are made in: the directions in which the rows spread most, each cut into sixteen steps.
///
/// A walk compares a query with hundreds of rows, nearly all of which it will not return, and waits for memory most of
/// the time. So it compares codes of four bits a coordinate in place of rows: sentence embeddings of 384 dimensions
/// keep .96 of their spread in 256 principal directions, which is 128 bytes for 1,536. What the walk finds is scored by
/// the rows themselves afterwards.
///
/// A coordinate c of spread σ becomes the number ⌊c/s + 8⌋ of its step, s = .3352 σ, cut to 0 ... 15: the uniform steps
/// of least squared error for a normal distribution (Max, "Quantizing for minimum distortion", 1960, table II).
final class CodeBasis: @unchecked Sendable {
    // Safe: nothing behind these pointers is written after init, and `owners` keeps it alive.
    let dimension: Int
    /// Coordinates of a code, a multiple of 128; those beyond the dimension are unused.
    let coordinates: Int
    /// (dimension) what is taken from a row before it is projected; zeros but for `l2`.
    let center: UnsafePointer<Float>
    /// (coordinates, dimension) orthonormal rows.
    let directions: UnsafePointer<Float>
    /// (coordinates) the width of a step; 0 where rows do not spread.
    let steps: UnsafePointer<Float>
    private let owners: [AnyObject]

    /// The number of rows from which the directions are found.
    private static let sampleSize = 16_384
    private static let stepOfSpread: Float = 0.3352
    /// Directions that hold less than this share of the spread would lead a walk astray.
    private static let leastShare: Float = 0.95
    /// Fewer rows are compared without codes.
    static let leastRows = 1024
    private static let mostCoordinates = 512
    static let coordinatesPerBlock = 128

    init(
        dimension: Int, coordinates: Int, center: UnsafePointer<Float>, directions: UnsafePointer<Float>,
        steps: UnsafePointer<Float>,
        owners: [AnyObject]
    ) {
        self.dimension = dimension
        self.coordinates = coordinates
        self.center = center
        self.directions = directions
        self.steps = steps
        self.owners = owners
    }

    var bytesPerCode: Int { coordinates / 2 }

    /// Finds the directions from an evenly spaced sample of the rows; nil where codes would not be worth their cost:
    /// few or short rows, or a spread over more directions than a code has coordinates.
    ///
    /// - Complexity: dimension² × (sample + 6,000) multiplications.
    convenience init?(of rows: RowTable, count: Int, metric: DistanceMetric) {
        let dimension = rows.dimension
        guard dimension > RowTable.shortRow, count >= Self.leastRows else { return nil }
        let taken = min(count, max(Self.sampleSize * 384 / max(dimension, 384), 1024))
        var sample = Matrix(rows: taken, columns: dimension)
        let center = AlignedBuffer<Float>(count: dimension)
        sample.withUnsafeMutablePointer { target in
            for index in 0..<taken { rows.decode(UInt32(index * count / taken), into: target + index * dimension) }
            guard metric == .l2 else { return }
            for index in 0..<taken {
                VectorMath.axpy(1 / Float(taken), target + index * dimension, center.base, dimension)
            }
            for index in 0..<taken { VectorMath.axpy(-1, center.base, target + index * dimension, dimension) }
        }
        let components = PrincipalComponents(of: sample, count: Self.mostCoordinates)
        guard components.total > 0, components.total.isFinite else { return nil }
        var (held, coordinates): (Float, Int?) = (0, nil)
        for (index, variance) in components.variances.enumerated() where coordinates == nil {
            held += variance
            let isBlock = (index + 1) % Self.coordinatesPerBlock == 0 || index + 1 == dimension
            if isBlock, held >= Self.leastShare * components.total { coordinates = index + 1 }
        }
        guard let coordinates else { return nil }
        let padded = (coordinates + Self.coordinatesPerBlock - 1) / Self.coordinatesPerBlock * Self.coordinatesPerBlock
        let directions = AlignedBuffer<Float>(count: padded * dimension)
        let steps = AlignedBuffer<Float>(count: padded)
        components.directions.withUnsafePointer { directions.base.update(from: $0, count: coordinates * dimension) }
        for index in 0..<coordinates {
            steps.base[index] = Self.stepOfSpread * components.variances[index].squareRoot()
        }
        self.init(
            dimension: dimension, coordinates: padded, center: center.base, directions: directions.base,
            steps: steps.base,
            owners: [center, directions, steps])
    }

    /// Writes the code of projected coordinates.
    func encode(_ projected: UnsafePointer<Float>, into code: UnsafeMutablePointer<UInt8>) {
        let half = Self.coordinatesPerBlock / 2
        for block in 0..<coordinates / Self.coordinatesPerBlock {
            let first = block * Self.coordinatesPerBlock
            for byte in 0..<half {
                let (low, high) = (nibble(projected, first + byte), nibble(projected, first + half + byte))
                code[block * half + byte] = low | high << 4
            }
        }
    }

    @inline(__always) private func nibble(_ projected: UnsafePointer<Float>, _ coordinate: Int) -> UInt8 {
        guard steps[coordinate] > 0 else { return 8 }
        let place = (projected[coordinate] / steps[coordinate] + 8).rounded(.down)
        return UInt8(min(max(place, 0), 15))
    }

    /// The query that a walk compares with codes: its product with a code is `scale` · Σ code·query + `bias`.
    ///
    /// - Parameters:
    ///   - values: (dimension).
    ///   - code: (2 × bytesPerCode) gets the query in signed bytes.
    ///   - scratch: (dimension + coordinates).
    /// - Complexity: dimension × coordinates multiplications.
    func prepare(
        _ values: UnsafePointer<Float>, metric: DistanceMetric, into code: UnsafeMutablePointer<Int8>,
        scratch: UnsafeMutablePointer<Float>
    ) -> (scale: Float, bias: Float) {
        var source = values
        if metric == .l2 {
            for index in 0..<dimension { scratch[index] = values[index] - center[index] }
            source = UnsafePointer(scratch)
        }
        let projected = scratch + dimension
        let dot = Kernels.active.table.dot_f32
        for index in 0..<coordinates {
            projected[index] =
                steps[index] > 0 ? steps[index] * dot(source, directions + index * dimension, dimension) : 0
        }
        let scale = SignedBytes.quantize(projected, count: coordinates, into: code)
        var sum = 0
        for index in 0..<coordinates { sum += Int(code[index]) }
        // The middle of step n lies at (n − 7.5)·s.
        return (scale, -7.5 * scale * Float(sum))
    }
}
