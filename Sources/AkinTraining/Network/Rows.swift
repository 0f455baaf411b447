package import AkinVectors

/// A matrix of floats inside a buffer: `columns` floats a row, without padding.
///
/// A view: copies share memory. Threads that write must write rows of their own.
package struct Rows: Sendable {
    package let buffer: AlignedBuffer<Float>
    package let start: Int
    package let columns: Int

    package init(_ buffer: AlignedBuffer<Float>, start: Int = 0, columns: Int) {
        (self.buffer, self.start, self.columns) = (buffer, start, columns)
    }

    /// Zeros.
    package init(count: Int, columns: Int) { self.init(AlignedBuffer(count: count * columns), columns: columns) }

    /// Where a row begins.
    package subscript(row: Int) -> UnsafeMutablePointer<Float> { unsafe buffer.base + start + row * columns }
}
