import AkinCore
package import Foundation

/// Bytes on their way into a file, which gets them in blocks. `flush` must be called at the end.
package struct BlockOutput: Sendable {
    private static let blockSize = 1 << 16

    package let file: FileHandle
    /// What messages call the file.
    package let name: String
    private var buffer: [UInt8] = []

    package init(_ file: FileHandle, name: String) {
        (self.file, self.name) = (file, name)
    }

    /// - Throws: `AkinError(.inputOutput)` when the file cannot take the bytes: a full disk, a closed descriptor.
    package mutating func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.blockSize { try flush() }
    }

    /// - Throws: as `write`.
    package mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        do {
            try file.write(contentsOf: Data(buffer))
        } catch {
            throw AkinError(.inputOutput, "\(name) cannot be written; is the disk full?", cause: error)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
