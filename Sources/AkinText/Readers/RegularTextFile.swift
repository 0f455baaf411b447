import AkinCore
import Foundation

extension ByteReader {
    /// Opens a regular file of text that must be UTF-8. Links are followed; pipes and devices are refused and not
    /// opened.
    ///
    /// - Throws: `AkinError`: `.noInput` for what is no file or cannot be read, `.invalidData` for UTF-16.
    convenience init(regularFile path: String) throws {
        let descriptor: CInt
        do throws(RegularFile.Refusal) {
            descriptor = try RegularFile.openForReading(path)
        } catch {
            throw AkinError(.noInput, "\(path) cannot be read: \(error).")
        }
        try self.init(handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), path: path)
        if let message = TextDecoding.wideEncodingProblem(lookahead) {
            throw AkinError(.invalidData, "\(path) \(message).")
        }
    }
}

/// The lines of a regular file of text, one at a time, as UTF-8 and nothing else. Holds one line.
package final class TextFileLines {
    private static let lineLimit = 64 << 20

    private let source: ByteReader
    private let path: String

    /// - Throws: `AkinError`: `.noInput` for what is no file or cannot be read, `.invalidData` for UTF-16.
    package init(path: String) throws {
        self.path = path
        source = try ByteReader(regularFile: path)
    }

    /// The next line, without its LF or CRLF, and its number from 1; nil at the end.
    ///
    /// - Throws: `AkinError`, with the place, for a line that is not UTF-8 or has no end, and when reading fails.
    package func next() throws -> (number: Int, text: String)? {
        do {
            guard let bytes = try source.nextLine(limit: Self.lineLimit) else { return nil }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                let offset = source.lineOffset + (TextDecoding.firstInvalidByte(in: bytes) ?? 0)
                throw AkinError(
                    .invalidData,
                    "\(path):\(source.lineNumber): the line \(TextDecoding.invalidUTF8(atByte: offset)).")
            }
            return (source.lineNumber, text)
        } catch let error as OversizedInput {
            throw AkinError(
                .invalidData, "\(path):\(source.lineNumber): the line \(error.reason); is this a file of lines?")
        }
    }

    /// Bytes read since the last call, once they are worth a report.
    package func takeProgress() -> Int? { source.takeProgress() }
}
