package import AkinCore

/// The JSON files of a model, with errors that name the file and the place in it.
package enum JSONFile {
    /// More bytes than a file of settings or of a vocabulary has; a larger one would take gigabytes to read.
    package static let largest = 64 << 20

    /// Reads bytes, which are one JSON value.
    ///
    /// - Parameters:
    ///   - name: What errors call the bytes.
    ///   - body: Reads the value.
    /// - Throws: `AkinError.invalidData` when the bytes are not UTF-8 or not that value.
    package static func read<Result>(
        _ bytes: [UInt8], name: String, _ body: (inout JSONReader) throws(JSONSyntaxError) -> Result
    ) throws -> Result {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw AkinError(.invalidData, "\(name) is not UTF-8 text; write it again as JSON.")
        }
        let hasMark = bytes.starts(with: ByteOrderMark.utf8)
        var reader = JSONReader(bytes, from: hasMark ? ByteOrderMark.utf8.count : 0)
        do throws(JSONSyntaxError) {
            let result = try body(&reader)
            try reader.end()
            return result
        } catch {
            let line = bytes[..<min(error.offset, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
            throw AkinError(.invalidData, "\(name), line \(line), byte \(error.offset): \(error.message).")
        }
    }

    /// The value that the bytes are.
    package static func value(_ bytes: [UInt8], name: String) throws -> JSONValue {
        try read(bytes, name: name) { reader throws(JSONSyntaxError) in try reader.value() }
    }
}
