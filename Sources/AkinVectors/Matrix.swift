package import AkinCore

/// A row-major matrix of floats in 64-byte-aligned memory, with value semantics (copied on write when shared).
package struct Matrix: Sendable {
    package let rows: Int
    package let columns: Int
    // (rows, columns), row-major, no padding between rows
    private var storage: AlignedBuffer<Float>

    /// A matrix of zeros.
    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        storage = AlignedBuffer(count: rows * columns)
    }

    /// The elements of a buffer, which must not be written from now on. A mapped file's buffer is copied before this
    /// matrix is written.
    init(rows: Int, columns: Int, storage: AlignedBuffer<Float>) {
        precondition(rows >= 0 && columns >= 0 && storage.count == rows * columns)
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    /// One row of ones.
    package static func ones(count: Int) -> Matrix { Matrix([[Float](repeating: 1, count: count)]) }

    /// Copies rows of equal length.
    package init(_ rows: [[Float]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0)
        for (index, row) in rows.enumerated() { setRow(index, row) }
    }

    package subscript(row: Int, column: Int) -> Float {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns)
            return storage.base[row * columns + column]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns)
            makeUnique()
            storage.base[row * columns + column] = newValue
        }
    }

    /// A copy of one row.
    package func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows)
        return Array(UnsafeBufferPointer(start: storage.base + index * columns, count: columns))
    }

    package mutating func setRow(_ index: Int, _ values: some Collection<Float>) {
        precondition(index >= 0 && index < rows && values.count == columns)
        makeUnique()
        _ = UnsafeMutableBufferPointer(start: storage.base + index * columns, count: columns).update(
            fromContentsOf: values)
    }

    /// Overwrites rows with the same rows of a matrix of as many columns.
    package mutating func copyRows(_ rows: Range<Int>, of other: Matrix) {
        precondition(columns == other.columns && rows.lowerBound >= 0 && rows.upperBound <= min(self.rows, other.rows))
        makeUnique()
        let place = rows.lowerBound * columns
        (storage.base + place).update(from: other.storage.base + place, count: rows.count * columns)
    }

    /// The largest magnitude in one row; a NaN when there is one.
    package func largestMagnitude(row index: Int) -> Float {
        precondition(index >= 0 && index < rows)
        // As integers, the bits of positive floats have the floats' order, with NaNs on top, and the processor compares
        // many at a time.
        var largest: Int32 = 0
        for value in UnsafeBufferPointer(start: storage.base + index * columns, count: columns) {
            largest = max(largest, Int32(bitPattern: value.magnitude.bitPattern))
        }
        return Float(bitPattern: UInt32(bitPattern: largest))
    }

    /// The rows at the given indices, in that order.
    package func gathered(_ indices: [Int]) -> Matrix {
        let result = Matrix(rows: indices.count, columns: columns)
        for (target, source) in indices.enumerated() {
            precondition(source >= 0 && source < rows)
            (result.storage.base + target * columns).update(from: storage.base + source * columns, count: columns)
        }
        return result
    }

    /// The rows of all parts, one part below the other. The parts must have the same number of columns.
    package static func stacked(_ parts: [Matrix]) -> Matrix {
        let columns = parts.first?.columns ?? 0
        let result = Matrix(rows: parts.reduce(0) { $0 + $1.rows }, columns: columns)
        var target = result.storage.base
        for part in parts {
            precondition(part.columns == columns)
            target.update(from: part.storage.base, count: part.rows * columns)
            target += part.rows * columns
        }
        return result
    }

    /// The elements of all parts in one row, in order.
    package static func joined(_ parts: [Matrix]) -> Matrix {
        let result = Matrix(rows: 1, columns: parts.reduce(0) { $0 + $1.rows * $1.columns })
        var target = result.storage.base
        for part in parts {
            target.update(from: part.storage.base, count: part.rows * part.columns)
            target += part.rows * part.columns
        }
        return result
    }

    /// The matrix with rows and columns exchanged. Shape: (columns, rows). Works through blocks that fit the
    /// first-level cache.
    package func transposed() -> Matrix {
        let result = Matrix(rows: columns, columns: rows)
        let block = 32
        for top in stride(from: 0, to: rows, by: block) {
            for left in stride(from: 0, to: columns, by: block) {
                for column in left..<min(left + block, columns) {
                    for row in top..<min(top + block, rows) {
                        result.storage.base[column * rows + row] = storage.base[row * columns + column]
                    }
                }
            }
        }
        return result
    }

    /// Reads the elements in place; the pointer must not leave the closure.
    package func withUnsafePointer<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(storage) { try body(UnsafePointer(storage.base)) }
    }

    /// Writes the elements in place; the pointer must not leave the closure.
    package mutating func withUnsafeMutablePointer<Result>(_ body: (UnsafeMutablePointer<Float>) throws -> Result)
        rethrows -> Result
    {
        makeUnique()
        return try withExtendedLifetime(storage) { try body(storage.base) }
    }

    private mutating func makeUnique() {
        if storage.isMapped || !isKnownUniquelyReferenced(&storage) {
            let copy = AlignedBuffer<Float>(count: storage.count)
            copy.base.update(from: storage.base, count: storage.count)
            storage = copy
        }
    }
}

extension Matrix {
    /// Copies a row from little-endian components at any alignment, as stores hold them.
    package mutating func setRow(_ index: Int, decoding bytes: UnsafeRawBufferPointer, as element: VectorElement) {
        precondition(index >= 0 && index < rows && bytes.count == columns * element.byteCount)
        let columns = columns
        withUnsafeMutablePointer { base in
            element.decode(bytes, into: UnsafeMutableBufferPointer(start: base + index * columns, count: columns))
        }
    }

    /// Scales one row to unit length; zeros stay zeros. See `VectorMath.unit`.
    package mutating func makeUnitRow(_ index: Int) { setRow(index, VectorMath.unit(row(index))) }
}
