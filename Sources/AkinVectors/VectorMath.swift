import CAkinKernels

/// Products and norms of float vectors, by the SIMD kernels of this machine.
package enum VectorMath {
    /// Σ a[i]·b[i].
    package static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        Kernels.active.table.dot_f32(a, b, count)
    }

    /// Σ a[i]·b[i] over two arrays of one length.
    package static func dot(_ a: [Float], _ b: [Float]) -> Float {
        precondition(a.count == b.count)
        return dot(a, b, a.count)
    }

    /// Σ (a[i] − b[i])² over two arrays of one length.
    package static func squaredDistance(_ a: [Float], _ b: [Float]) -> Float {
        precondition(a.count == b.count)
        return Kernels.active.table.squared_distance_f32(a, b, a.count)
    }

    /// y += alpha · x.
    package static func axpy(_ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int)
    {
        Kernels.active.table.axpy_f32(alpha, x, y, count)
    }

    /// Scales a vector to unit length; a zero vector stays zero. Returns its length before.
    @discardableResult
    package static func normalize(_ vector: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
        let length = dot(vector, vector, count).squareRoot()
        guard length > 0 else { return 0 }
        for index in 0..<count { vector[index] /= length }
        return length
    }

    /// The vector scaled to unit length; a zero vector stays zero.
    package static func normalized(_ vector: [Float]) -> [Float] {
        var copy = vector
        copy.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { normalize(base, buffer.count) }
        }
        return copy
    }

    /// The sum of vectors of one length; nil when there are none.
    package static func sum(_ vectors: [[Float]]) -> [Float]? {
        guard var sum = vectors.first else { return nil }
        for vector in vectors.dropFirst() {
            for (component, value) in vector.enumerated() { sum[component] += value }
        }
        return sum
    }

    /// The vector scaled to unit length, which is measured in double precision: right for every finite vector but
    /// zeros, which stay zeros, even where squares of components leave the range of single precision.
    package static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return length > 0 ? vector.map { Float(Double($0) / length) } : vector
    }
}

extension Matrix {
    /// Scales each row to unit length; zero rows stay zero.
    package mutating func normalizeRows() {
        let (rows, columns) = (rows, columns)
        withUnsafeMutablePointer { base in
            for row in 0..<rows { VectorMath.normalize(base + row * columns, columns) }
        }
    }

    /// The dot product of each row with a vector. Cost: rows × columns.
    package func products(with vector: [Float]) -> [Float] {
        precondition(vector.count == columns)
        return withUnsafePointer { base in (0..<rows).map { VectorMath.dot(base + $0 * columns, vector, columns) } }
    }
}

extension Matrix {
    /// Calls `body` with the dot product of each of the first rows with a vector. Cost: rows × columns.
    package func forEachProduct(with vector: [Float], rows: Int, _ body: (_ row: Int, _ product: Float) -> Void) {
        precondition(vector.count == columns && rows <= self.rows)
        withUnsafePointer { base in
            for row in 0..<rows { body(row, VectorMath.dot(base + row * columns, vector, columns)) }
        }
    }

    /// The dot products of each row with some rows of another matrix. Shape: (rows, range.count).
    package func products(with other: Matrix, rows range: Range<Int>) -> Matrix {
        precondition(other.columns == columns && range.lowerBound >= 0 && range.upperBound <= other.rows)
        var result = Matrix(rows: rows, columns: range.count)
        result.withUnsafeMutablePointer { target in
            withUnsafePointer { own in
                other.withUnsafePointer { base in
                    MatrixProduct.multiplyTransposed(
                        own, base + range.lowerBound * columns, into: target, m: rows, n: range.count, k: columns)
                }
            }
        }
        return result
    }
}
