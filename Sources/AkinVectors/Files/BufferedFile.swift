import AkinCore

/// Writes a file in small pieces under a temporary name, and renames it when it is complete.
package final class BufferedFile {
    private let file: TemporaryFile
    private var buffer: [UInt8] = []

    private static let blockSize = 1 << 18

    /// - Throws: `AkinError.cannotCreate`.
    package init(besides path: String) throws {
        file = try TemporaryFile(besides: path)
        buffer.reserveCapacity(2 * Self.blockSize)
    }

    /// - Throws: `AkinError.inputOutput` when the disk is full or fails.
    package func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.blockSize { try flush() }
    }

    /// A row's components as little-endian floats.
    package func write(floats matrix: Matrix, row: Int) throws {
        precondition(row >= 0 && row < matrix.rows)
        matrix.withUnsafePointer { base in
            buffer.append(
                contentsOf: UnsafeRawBufferPointer(start: base + row * matrix.columns, count: matrix.columns * 4))
        }
        if buffer.count >= Self.blockSize { try flush() }
    }

    /// Flushes the bytes to the disk and gives the file its name.
    package func publish() throws {
        try flush()
        try file.publish()
    }

    private func flush() throws {
        try buffer.withUnsafeBytes { try file.write($0) }
        buffer.removeAll(keepingCapacity: true)
    }
}
