import AkinCore
import AkinText
import Foundation

/// Archives and compressed files: each file in one is read by the reader of its kind, as `archive.zip/path/in/it`; a
/// compressed file is read as what it was before.
struct ArchiveReader {
    private let readers: DocumentReaders

    init(_ readers: DocumentReaders) { self.readers = readers }

    /// - Parameter name: what the file is called where it comes from.
    func read(_ file: FileToRead, name: String, _ emit: (ReadEvent) throws -> Void) throws {
        let archive = try ArchiveStream(path: file.path, budget: readers.budget)
        var members = MemberReading(readers: readers, file: file)
        var isEmpty = true
        while let entry = try archive.next() {
            isEmpty = false
            if archive.isRaw { return try readCompressed(archive, file, name, emit) }
            guard entry.isFile, let path = Self.memberPath(entry.path) else { continue }
            guard !entry.isEncrypted else { throw FileRefusal("is encrypted; give it without a password") }
            guard !entry.isEmpty else {
                members.skipEmpty()
                continue
            }
            try members.read(name: path, emit) { try Self.unpack(archive, to: $0) }
        }
        guard !isEmpty else { throw FileRefusal("is an archive without a file") }
        try members.finish(emit)
    }

    private func readCompressed(
        _ archive: ArchiveStream, _ file: FileToRead, _ name: String, _ emit: (ReadEvent) throws -> Void
    ) throws {
        guard archive.isCompressed else { throw FileRefusal("is no archive, whatever its extension says; rename it") }
        let last = name.lastPathPart ?? name
        var inner = file
        inner.path = Scratch.newPath()
        defer { Scratch.remove(inner.path) }
        try Self.unpack(archive, to: inner.path)
        let before = last.nameExtension.map { String(last.dropLast($0.count + 1)) } ?? last
        let scratch = inner.path
        func emitNamed(_ event: ReadEvent) throws {
            switch event {
            case .problem(var problem) where problem.path == scratch:
                problem.path = file.source
                try emit(.problem(problem))
            case .guess(scratch, let set): try emit(.guess(path: file.source, characterSet: set))
            default: try emit(event)
            }
        }
        let reason = try readers.inside().read(inner, name: before, emitNamed)
        guard reason == .unknownKind else { return }
        // `changelog.gz` and the like are texts more often than not.
        let head = try FileHandle(forReadingFrom: URL(filePath: inner.path)).read(upToCount: 8192) ?? Data()
        guard !head.isEmpty, !head.contains(0), before.nameExtension == nil || head.allSatisfy({ $0 >= 0x09 }) else {
            throw FileRefusal("holds nothing that is read as text")
        }
        try CorpusReader.read(inner, name: before, format: .text, emitNamed)
    }

    private static func unpack(_ archive: ArchiveStream, to path: String) throws {
        let handle = try Scratch.newFile(at: path)
        defer { try? handle.close() }
        try archive.read { try handle.write(contentsOf: $0) }
    }

    /// The path of a member without what leads out of the archive; nil for what systems put in beside the files.
    private static func memberPath(_ path: String) -> String? {
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).filter { $0 != "." && $0 != ".." }
        guard !parts.isEmpty, !parts.contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }) else { return nil }
        return parts.joined(separator: "/")
    }
}
