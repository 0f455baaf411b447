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

    /// y += alpha · x.
    package static func axpy(_ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
        Kernels.active.table.axpy_f32(alpha, x, y, count)
    }

    /// Scales a vector to unit length; a zero vector stays zero. Returns the length it had.
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
