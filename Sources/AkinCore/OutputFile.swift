import Foundation

/// Guards files that a new file must not replace.
///
/// It is easy to name the wrong file on a command line. A file of vectors must not take the place of a database, of the
/// text it was made from, or of a device such as `/dev/null`.
package enum OutputFile {
    /// Refuses a path at which there is something other than a regular file, or a database. Nothing there at all is
    /// fine.
    ///
    /// - Parameter inputs: Files that are read to make this one.
    /// - Throws: `AkinError(.cannotCreate)`.
    package static func requireReplaceable(_ path: String, inputs: [String] = []) throws {
        guard let status = FileStatus(of: path) else { return }
        switch status.kind {
        case .regular: break
        case .folder: throw refusal(path, "is a folder")
        default: throw refusal(path, "is a device, pipe or socket")
        }
        if inputs.contains(where: { FileStatus(of: $0)?.identity == status.identity }) {
            throw refusal(path, "is one of the files that are read")
        }
        guard let descriptor = try? RegularFile.openForReading(path) else { return }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        if let head = try? file.read(upToCount: SQLiteHeader.mark.count), head.elementsEqual(SQLiteHeader.mark) {
            throw refusal(path, "is a database")
        }
    }

    private static func refusal(_ path: String, _ what: String) -> AkinError {
        AkinError(.cannotCreate, "\(path) \(what) and was left as it is: choose another name for the file to write.")
    }
}
