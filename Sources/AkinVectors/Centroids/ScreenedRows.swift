import CAkinKernels

/// Rows of unit length, kept in signed bytes beside the floats, for finding the nearest of a set of centroids again and
/// again.
///
/// All products are first made in 8-bit integers, which takes an eighth of the time of floats and a quarter of the
/// memory; only where the best centroids are too close together for the bytes to decide are they compared by the
/// floats. A product x·c of the bytes is wrong by (x − x̂)·ĉ + x·(c − ĉ), at most ‖x − x̂‖ + ‖c − ĉ‖ for unit vectors.
/// Either part is a sum of rounding errors of both signs, with a standard deviation of its bound / √dimension;
/// centroids within eight deviations of the best (or within what is possible at all, where that is less) are compared
/// by the floats.
package final class ScreenedRows: Sendable {
    /// Rows a block; blocks are cut by size and never by the number of threads.
    private static let blockSize = 256

    private let floats: Matrix
    private let bytes: AlignedBuffer<Int8>  // (rows, columns rounded up to whole cache lines)
    private let scales: AlignedBuffer<Float>  // (rows)
    private let sums: AlignedBuffer<Int32>  // (rows): of each row's bytes
    private let errors: AlignedBuffer<Float>  // (rows): ‖x − x̂‖

    package var count: Int { floats.rows }

    /// - Complexity: two passes over the rows.
    package init(_ rows: Matrix, threads: Int) {
        floats = rows
        bytes = AlignedBuffer(count: rows.rows * akin_quantized_stride(rows.columns))
        scales = AlignedBuffer(count: rows.rows)
        sums = AlignedBuffer(count: rows.rows)
        errors = AlignedBuffer(count: rows.rows)
        let (bytes, scales, sums, errors) = (bytes, scales, sums, errors)
        Self.forEachBlock(rows.rows, threads: threads) { range in
            let stride = akin_quantized_stride(rows.columns)
            rows.withUnsafePointer { x in
                QuantizedKernels.active.table.quantize_rows(
                    x + range.lowerBound * rows.columns, nil, range.count, rows.columns,
                    bytes.base + range.lowerBound * stride,
                    scales.base + range.lowerBound, sums.base + range.lowerBound)
                for row in range {
                    errors.base[row] = Self.error(
                        x + row * rows.columns, bytes.base + row * stride, scale: scales.base[row], count: rows.columns)
                }
            }
        }
    }

    /// For each row the centroid with the largest product, and that product approximately; ties go to the smaller
    /// number.
    ///
    /// The product is that of the floats where several centroids had to be compared by them, else that of the bytes.
    /// Rows and centroids alone decide the result, not the number of threads.
    ///
    /// - Parameter centroids: (k, columns), of unit length.
    /// - Complexity: rows × k × columns multiplications of bytes.
    package func nearest(to centroids: Matrix, threads: Int) -> (assignments: [Int], similarities: [Float]) {
        precondition(centroids.columns == floats.columns && centroids.rows > 0)
        let targets = PackedCentroids(centroids)
        let assignments = AlignedBuffer<Int>(count: count)
        let similarities = AlignedBuffer<Float>(count: count)
        Self.forEachBlock(count, threads: threads) { range in
            let products = AlignedBuffer<Float>(count: range.count * centroids.rows)
            let places = AlignedBuffer<UInt32>(count: centroids.rows)
            let stride = akin_quantized_stride(floats.columns)
            QuantizedKernels.active.table.linear(
                bytes.base + range.lowerBound * stride, scales.base + range.lowerBound, sums.base + range.lowerBound,
                range.count,
                floats.columns, targets.panels.base, targets.scales.base, targets.bias.base, centroids.rows,
                products.base, AKIN_IDENTITY)
            for row in range {
                let found = products.base + (row - range.lowerBound) * centroids.rows
                let slack = targets.slack(rowError: errors.base[row])
                let near = Kernels.active.table.near_largest_f32(found, centroids.rows, slack, places.base)
                let best =
                    near == 1
                    ? (Int(places.base[0]), found[Int(places.base[0])])
                    : compare(row, with: centroids, places.buffer[..<near])
                (assignments.base[row], similarities.base[row]) = best
            }
        }
        return (Array(assignments.buffer), Array(similarities.buffer))
    }

    private func compare(_ row: Int, with centroids: Matrix, _ places: Slice<UnsafeMutableBufferPointer<UInt32>>) -> (
        Int, Float
    ) {
        var best = (place: 0, product: -Float.infinity)
        floats.withUnsafePointer { x in
            centroids.withUnsafePointer { c in
                for place in places {
                    let product = VectorMath.dot(
                        x + row * floats.columns, c + Int(place) * floats.columns, floats.columns)
                    if product > best.product { best = (Int(place), product) }
                }
            }
        }
        return best
    }

    private static func forEachBlock(_ count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
        // The body throws nothing, so neither does this.
        try? Parallel.forEach((count + blockSize - 1) / blockSize, threads: threads) { block in
            body(block * blockSize..<min((block + 1) * blockSize, count))
        }
    }

    /// ‖x − scale · q‖
    private static func error(_ x: UnsafePointer<Float>, _ q: UnsafePointer<Int8>, scale: Float, count: Int) -> Float {
        var sum = SIMD16<Float>.zero
        var rest: Float = 0
        let whole = count - count % 16
        for index in stride(from: 0, to: whole, by: 16) {
            let bytes = UnsafeRawPointer(q + index).loadUnaligned(as: SIMD16<Int8>.self)
            let difference =
                UnsafeRawPointer(x + index).loadUnaligned(as: SIMD16<Float>.self) - SIMD16<Float>(bytes) * scale
            sum += difference * difference
        }
        for index in whole..<count {
            let difference = x[index] - Float(q[index]) * scale
            rest += difference * difference
        }
        return (sum.sum() + rest).squareRoot()
    }
}

/// Centroids as the kernels of 8-bit integers take them.
private final class PackedCentroids: Sendable {
    let panels: AlignedBuffer<UInt8>  // as akin_quantized.h draws them
    let scales: AlignedBuffer<Float>  // (centroids rounded up to whole panels)
    let bias: AlignedBuffer<Float>  // the same, zeros
    private let error: Float
    private let dimension: Int

    init(_ centroids: Matrix) {
        let outputs = LinearParameters.wholePanels(centroids.rows)
        let (panels, scales) = (
            AlignedBuffer<UInt8>(count: akin_packed_bytes(centroids.columns, centroids.rows)),
            AlignedBuffer<Float>(count: outputs)
        )
        centroids.transposed().withUnsafePointer {
            akin_pack_weights($0, nil, centroids.columns, centroids.rows, panels.base, scales.base)
        }
        (self.panels, self.scales, bias) = (panels, scales, AlignedBuffer(count: outputs))
        dimension = centroids.columns
        // Rounding to steps of a scale is wrong by half a step at most, and by 1 / √12 of one on the root mean square.
        let step = scales.buffer[..<centroids.rows].max() ?? 0
        error = step * (Float(dimension) / 12).squareRoot()
    }

    /// How far below the best product of bytes the best product of floats may be, for a row whose bytes are wrong by
    /// `rowError`.
    func slack(rowError: Float) -> Float {
        // The largest rounding error is √12 / 2 times the root mean square.
        let possible = rowError + error * 1.7320508
        let deviation = ((rowError * rowError + error * error) / Float(dimension)).squareRoot()
        return min(2 * possible, 8 * deviation) + 1e-6
    }
}
