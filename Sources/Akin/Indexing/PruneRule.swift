import AkinCore
import AkinText

/// Decides which of the documents that a run has not met are gone: those that were looked for and are missing.
///
/// A file below a folder that was read is looked for on the disk. A record of a file that was read is looked for in the
/// file. A relative source, which earlier versions stored, belongs to an unknown folder, so its document stays.
struct PruneRule {
    private let folders: [String]
    private let filesRead: [[UInt8]: [FileRead]]
    /// Where the folders of sources lead, by the folder as it is written.
    private var realFolders: [[UInt8]: String?] = [:]

    init(_ summary: ReadSummary) {
        folders = summary.folders
        filesRead = Dictionary(grouping: summary.filesRead) { Array($0.source.utf8) }
    }

    /// Whether a source looks like a relative path of a file, not like standard input or a source given to `put`.
    static func isRelativeFile(_ source: String) -> Bool {
        let path = record(source)?.file ?? source
        return !path.isAbsolutePath && path != "-" && path.pathParts.count > 1
    }

    mutating func isGone(id: String, source: String) -> Bool {
        guard source.isAbsolutePath, let file = real(source) else { return false }
        if let reads = reads(of: file) { return reads.allSatisfy { isGone(id: id, file: file, record: nil, read: $0) } }
        guard RealPath.isMissing(file) else { return false }
        if let (path, number) = Self.record(file) {
            if let reads = reads(of: path) {
                return reads.allSatisfy { isGone(id: id, file: path, record: number, read: $0) }
            }
            guard RealPath.isMissing(path) else { return false }
        }
        return folders.contains { file.path(below: $0) != nil }
    }

    /// Whether the document of a file that was read is no longer in it.
    private func isGone(id: String, file: String, record: Int?, read: FileRead) -> Bool {
        let suffix = record.map { "#\($0)" } ?? ""
        if (read.id + suffix).utf8.elementsEqual(id.utf8) { return true }
        // Ids are relative to the path that was named, so the text may be in the store under another id.
        let isNamedByPath =
            ("/" + id).utf8.count <= file.utf8.count + suffix.utf8.count
            && (file + suffix).utf8.reversed().starts(with: ("/" + id).utf8.reversed())
        guard let records = read.records else { return record != nil && isNamedByPath }
        if isNamedByPath { return (record ?? 1) > records }
        // Only a file of one JSON value gives its record no number; a document without a number from a longer file was
        // made in another way.
        return record != nil || records <= 1
    }

    private func reads(of file: String) -> [FileRead]? { filesRead[Array(file.utf8)] }

    private mutating func real(_ path: String) -> String? {
        guard let name = path.lastPathPart, name != "..", name != "." else { return nil }
        let folder = Array(path.pathFolder.utf8)
        if let known = realFolders[folder] { return known.map { $0 == "/" ? "/" + name : "\($0)/\(name)" } }
        let found = RealPath.ofEntry(path)
        realFolders[folder] = .some(found.map { $0.pathFolder })
        return found
    }

    /// The file and the number of `file#number`.
    private static func record(_ source: String) -> (file: String, number: Int)? {
        guard let mark = source.utf8.lastIndex(of: UInt8(ascii: "#")),
            let number = Int(source[source.utf8.index(after: mark)...]), number > 0
        else { return nil }
        return (String(source[..<mark]), number)
    }
}
