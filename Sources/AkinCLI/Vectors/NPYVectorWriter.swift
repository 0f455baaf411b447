import AkinCore
import Foundation

/// Writes NumPy's array format 1.0 (numpy.lib.format), whose header holds the row count that is known only at the end:
///
///     \x93NUMPY 1 0 │ header length │ {'descr': '<f4', 'fortran_order': False, 'shape': (rows, dimension), } spaces \n │ rows
///     8 bytes        │ 2 bytes       │ 118 bytes                                                                        │
///
/// Where standard output is a plain file, the header is written again when the rows are there. Elsewhere the rows wait
/// in an unnamed temporary file.
struct NPYVectorWriter: VectorWriter {
    /// Bytes of the whole header: a multiple of 64, room for any count.
    private static let headerSize = 128

    /// Where rows go: standard output itself, or the temporary file.
    private let rowFile: FileHandle
    private let temporary: FileHandle?
    /// Where the array begins in standard output, which may already hold something.
    private let start: UInt64
    private let element: VectorElement
    private var rows = 0

    init(element: VectorElement) throws {
        self.element = element
        let output = FileHandle.standardOutput
        if let offset = NPYVectorWriter.seekableOffset() {
            start = offset
            temporary = nil
            rowFile = output
            try NPYVectorWriter.write(NPYVectorWriter.header(rows: 0, dimension: 0, element: element), to: output)
        } else {
            start = 0
            let file = try NPYVectorWriter.unnamedTemporaryFile()
            temporary = file
            rowFile = file
        }
    }

    mutating func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws {
        try NPYVectorWriter.write(element.encoded(values), to: rowFile)
        rows += labels.count
    }

    func finish(dimension: Int) throws {
        let header = NPYVectorWriter.header(rows: rows, dimension: dimension, element: element)
        let output = FileHandle.standardOutput
        do {
            guard let temporary else {
                let end = try output.offset()
                try output.seek(toOffset: start)
                try NPYVectorWriter.write(header, to: output)
                try output.seek(toOffset: end)
                return
            }
            try NPYVectorWriter.write(header, to: output)
            try temporary.seek(toOffset: 0)
            while let block = try temporary.read(upToCount: 1 << 20), !block.isEmpty {
                try output.write(contentsOf: block)
            }
        } catch let error as AkinError {
            throw error
        } catch {
            throw AkinError(.inputOutput, "Standard output cannot be written; is the disk full?", cause: error)
        }
    }

    /// The position in standard output when it is a plain file that can be written at any place; nil for pipes,
    /// terminals and files opened for appending.
    private static func seekableOffset() -> UInt64? {
        var status = stat()
        let descriptor = FileHandle.standardOutput.fileDescriptor
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        guard fcntl(descriptor, F_GETFL) & O_APPEND == 0 else { return nil }
        return try? FileHandle.standardOutput.offset()
    }

    private static func unnamedTemporaryFile() throws -> FileHandle {
        let url = FileManager.default.temporaryDirectory.appending(path: "akin-vectors-\(UUID().uuidString)")
        do {
            try Data().write(to: url, options: .withoutOverwriting)
            let file = try FileHandle(forUpdating: url)
            try FileManager.default.removeItem(at: url)
            return file
        } catch {
            throw AkinError(
                .cannotCreate,
                "\(url.path): the temporary file for the vectors cannot be made; set TMPDIR to a folder with room.",
                cause: error)
        }
    }

    private static func write(_ bytes: [UInt8], to file: FileHandle) throws {
        do {
            try file.write(contentsOf: Data(bytes))
        } catch {
            throw AkinError(.inputOutput, "The vectors cannot be written; is the disk full?", cause: error)
        }
    }

    private static func header(rows: Int, dimension: Int, element: VectorElement) -> [UInt8] {
        let type =
            switch element {
            case .f32: "<f4"
            case .f16: "<f2"
            case .int8: "|i1"
            case .uint8: "|u1"
            }
        let description = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(dimension)), }"
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        let length = UInt16(headerSize - magic.count - 2)
        let padding = String(repeating: " ", count: Int(length) - description.utf8.count - 1)
        return magic + length.littleEndianBytes + Array(description.utf8) + Array(padding.utf8) + [UInt8(ascii: "\n")]
    }
}
