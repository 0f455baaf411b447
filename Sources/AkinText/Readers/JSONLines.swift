package import AkinCore
package import Foundation

/// JSON values, one a line. Blank lines are skipped. Holds one line in memory.
package final class JSONLines {
    /// What a line holds.
    package enum Content {
        case value(JSONValue)
        /// Why it holds no value: a sentence without its end.
        case problem(String)
    }

    private let source: ByteReader
    private let lineLimit: Int

    init(_ source: ByteReader, lineLimit: Int) {
        self.source = source
        self.lineLimit = lineLimit
    }

    /// - Parameters:
    ///   - path: what errors call the input.
    ///   - lineLimit: the most bytes of a line; a longer one is a problem and the last.
    package convenience init(_ handle: FileHandle, path: String, lineLimit: Int) throws {
        self.init(try ByteReader(handle: handle, path: path), lineLimit: lineLimit)
    }

    /// The next line that is not blank, with its number from 1; nil at the end.
    ///
    /// - Throws: `AkinError` when reading fails.
    package func next() throws -> (line: Int, content: Content)? {
        do {
            while let line = try source.nextLine(limit: lineLimit) {
                if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
                return (source.lineNumber, content(of: line))
            }
            return nil
        } catch let error as OversizedInput {
            return (
                source.lineNumber,
                .problem("this line \(error.reason); is this a file of lines? What follows was not read")
            )
        }
    }

    /// Bytes read since the last call, as soon as they are worth a report.
    package func takeProgress() -> Int? { source.takeProgress() }

    private func content(of line: [UInt8]) -> Content {
        guard String(validating: line, as: UTF8.self) != nil else {
            let offset = source.lineOffset + (TextDecoding.firstInvalidByte(in: line) ?? 0)
            return .problem("the line \(TextDecoding.invalidUTF8(atByte: offset))")
        }
        var reader = JSONReader(line)
        do throws(JSONSyntaxError) {
            let value = try reader.onlyValue()
            return reader.clashingName.map { .problem(JSONReader.clashMessage($0)) } ?? .value(value)
        } catch {
            return .problem("broken JSON at byte \(error.offset + 1) of the line: \(error.message)")
        }
    }
}
