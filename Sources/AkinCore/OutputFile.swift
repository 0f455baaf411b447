import Foundation

/// What a file that is about to be written must not put an end to.
///
/// A name on the command line is easily mistaken: a file of vectors must not take the place of a database, of the text it was made from,
/// or of a device such as `/dev/null`.
package enum OutputFile {
    /// The first bytes of every SQLite file (https://www.sqlite.org/fileformat2.html, section 1.3).
    private static let databaseMark = Data("SQLite format 3\0".utf8)

    /// Refuses a path at which there is something other than a regular file, or a database. Nothing there at all is fine.
    ///
    /// - Parameter inputs: Files that are read to make this one.
    /// - Throws: `AkinError(.cannotCreate)`.
    package static func requireReplaceable(_ path: String, inputs: [String] = []) throws {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target.path) else { return }
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular?: break
        case .typeDirectory?: throw refusal(path, "is a folder")
        default: throw refusal(path, "is a device, pipe or socket")
        }
        if inputs.contains(where: { isSameFile(attributes, as: $0) }) { throw refusal(path, "is one of the files that are read") }
        guard let file = try? FileHandle(forReadingFrom: target) else { return }
        defer { try? file.close() }
        if (try? file.read(upToCount: databaseMark.count)) == databaseMark { throw refusal(path, "is a database") }
    }

    private static func isSameFile(_ attributes: [FileAttributeKey: Any], as other: String) -> Bool {
        let resolved = URL(fileURLWithPath: other).resolvingSymlinksInPath().path
        guard let theirs = try? FileManager.default.attributesOfItem(atPath: resolved) else { return false }
        return [FileAttributeKey.systemNumber, .systemFileNumber].allSatisfy {
            attributes[$0] as? NSNumber == theirs[$0] as? NSNumber
        }
    }

    private static func refusal(_ path: String, _ what: String) -> AkinError {
        AkinError(.cannotCreate, "\(path) \(what) and was left as it is: choose another name for the file to write.")
    }
}
