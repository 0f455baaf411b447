import AkinCore
import Foundation

/// Writes NumPy's array file, whose header holds the row count that is known only at the end (`NPYArray`).
///
/// Where the output is a plain file, the header is written again after the rows. Elsewhere the rows wait in an unnamed
/// temporary file.
struct NPYVectorWriter: VectorWriter {
    private let output: BlockOutput
    /// Where rows go: the output itself, or the temporary file.
    private let rowFile: FileHandle
    private let temporary: FileHandle?
    /// Where the array begins in the output, which may already hold something.
    private let start: UInt64
    private let element: VectorElement
    private var rows = 0

    init(_ output: BlockOutput, element: VectorElement) throws {
        self.output = output
        self.element = element
        if let offset = NPYVectorWriter.seekableOffset(of: output.file) {
            start = offset
            temporary = nil
            rowFile = output.file
            try NPYVectorWriter.write(NPYArray.header(rows: 0, dimension: 0, element: element), to: output.file)
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
        let header = NPYArray.header(rows: rows, dimension: dimension, element: element)
        let file = output.file
        do {
            guard let temporary else {
                let end = try file.offset()
                try file.seek(toOffset: start)
                try NPYVectorWriter.write(header, to: file)
                try file.seek(toOffset: end)
                return
            }
            try NPYVectorWriter.write(header, to: file)
            try temporary.seek(toOffset: 0)
            while let block = try temporary.read(upToCount: 1 << 20), !block.isEmpty {
                try file.write(contentsOf: block)
            }
        } catch let error as AkinError {
            throw error
        } catch {
            throw AkinError(.inputOutput, "\(output.name) cannot be written; is the disk full?", cause: error)
        }
    }

    /// The position in a file when it is a plain one that can be written at any place; nil for pipes,
    /// terminals and files opened for appending.
    private static func seekableOffset(of file: FileHandle) -> UInt64? {
        var status = stat()
        let descriptor = file.fileDescriptor
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        guard fcntl(descriptor, F_GETFL) & O_APPEND == 0 else { return nil }
        return try? file.offset()
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
}
