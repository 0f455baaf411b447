import AkinVectors
import AkinCore
import Foundation

/// The rows of an unfinished training, in a file beside its output. The same command goes on from it.
///
/// ```
///   0  "AKINWTCK"   8  version, UInt32   12  number of tables, UInt32   16  steps done, UInt64   24  fingerprint, 32 bytes
///  56  floats of each table, UInt64      …  CRC-32C of the head         …  each table's floats, padded to 64 bytes, and their CRC-32C
/// ```
package struct TrainingCheckpoint: Sendable {
    package let path: String
    /// 32 bytes that identify what is trained: options, vocabulary and corpus.
    private let fingerprint: [UInt8]

    private static let magic = Array("AKINWTCK".utf8)
    private static let version: UInt32 = 1

    package init(path: String, fingerprint: [UInt8]) {
        precondition(fingerprint.count == 32)
        self.path = path
        self.fingerprint = fingerprint
    }

    package var exists: Bool { FileManager.default.fileExists(atPath: path) }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Writes the rows under a temporary name and then replaces the last checkpoint.
    package func save(_ tables: [WordVectorRows], reached: Int) throws {
        let file = try TemporaryFile(besides: path)
        let head = head(of: tables, reached: reached)
        try unsafe head.withUnsafeBytes { try unsafe file.writePadded($0) }
        for table in tables {
            let bytes = unsafe UnsafeRawBufferPointer(table.buffer.buffer)
            try unsafe file.writePadded(bytes)
            try unsafe [CRC32C.checksum(bytes).littleEndian].withUnsafeBytes { try unsafe file.writePadded($0) }
        }
        try file.publish()
    }

    /// Copies the rows of a checkpoint back. Returns the steps that were done, or 0 when there is no file.
    ///
    /// - Throws: `AkinError.incompatible` for the checkpoint of another training, `.invalidData` for a damaged one.
    package func restore(into tables: [WordVectorRows]) throws -> Int {
        guard exists else { return 0 }
        func fault(_ what: String) -> AkinError {
            AkinError(
                .invalidData, "The checkpoint \(path) cannot be used: \(what). Delete it to start from the beginning.")
        }
        let file = try MappedFile(path: path, fault: fault)
        let expected = head(of: tables, reached: 0)
        let (bytes, length) = unsafe (file.bytes, expected.count)
        guard bytes.count >= length, unsafe bytes[..<8].elementsEqual(Self.magic) else {
            throw fault("it does not begin as a checkpoint does")
        }
        let version = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
        guard version == Self.version else { throw fault("its version is \(version), not \(Self.version)") }
        guard unsafe bytes[24..<56].elementsEqual(fingerprint),
            unsafe bytes[56..<length - 4].elementsEqual(expected[56..<length - 4])
        else {
            throw AkinError(
                .incompatible,
                "The checkpoint \(path) is of another training: give the same input and options to go on with it, or delete it."
            )
        }
        let checksum = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: length - 4, as: UInt32.self))
        guard unsafe CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<(length - 4)])) == checksum else {
            throw fault("the checksum of its head does not match")
        }
        var offset = TemporaryFile.padded(length)
        for table in tables {
            let target = unsafe UnsafeMutableRawBufferPointer(table.buffer.buffer)
            let end = offset + TemporaryFile.padded(target.count)
            guard bytes.count >= end + TemporaryFile.alignment else { throw fault("it was cut short") }
            let rows = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + target.count])
            guard
                unsafe CRC32C.checksum(rows)
                    == UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt32.self))
            else {
                throw fault("a checksum does not match")
            }
            unsafe target.copyMemory(from: rows)
            offset = end + TemporaryFile.alignment
        }
        return unsafe Int(clamping: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
    }

    private func head(of tables: [WordVectorRows], reached: Int) -> [UInt8] {
        var bytes = Self.magic
        func append(_ value: some FixedWidthInteger) {
            unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
        }
        append(Self.version)
        append(UInt32(tables.count))
        append(UInt64(reached))
        bytes += fingerprint
        for table in tables { append(UInt64(table.buffer.count)) }
        unsafe append(bytes.withUnsafeBytes { unsafe CRC32C.checksum($0) })
        return bytes
    }
}
