import AkinCore
import AkinText
import Foundation

/// The versions of what read a document and cut it into passages, such as `markdown/1 1`.
struct ReadingVersion: Hashable, Sendable {
    /// As content hashes and the rows of files keep it.
    let text: String

    private static let givenName = "put"
    /// Of files that known programs convert.
    static let converterName = "converter"

    /// Of a document that a program gave.
    static let given = ReadingVersion(reader: givenName, chunker: Chunker.version)

    /// Of a file in a format, as this version of Akin reads it.
    init(format: TextFormat) { self.init(FileReaderVersion(format.rawValue, format.readerVersion)) }

    /// Of a file that a reader reads which was given.
    init(_ reader: FileReaderVersion) {
        self.init(reader: "\(reader.name)/\(reader.number)", chunker: Chunker.version)
    }

    /// Of a file as it will be read.
    ///
    /// - Parameter readers: those that the file was found with.
    init(of file: SourceFile, readers: [any FileReader]) {
        if let reader = file.reader {
            self.init(readers[reader].version(path: file.path))
        } else {
            self.init(format: file.format)
        }
    }

    private init(reader: String, chunker: Int) { text = "\(reader) \(chunker)" }

    private init(text: String) { self.text = text }

    /// That at the end of a content hash; nil where there is none.
    init?(ofHash hash: Data) { self.init(ending: hash.dropFirst(ContentHash.digestLength)) }

    /// - Parameter ending: the bytes of a content hash after the digest.
    init?(ending: Data) {
        guard !ending.isEmpty else { return nil }
        self.init(text: String(decoding: ending, as: UTF8.self))
    }

    /// Whether a document came from a program and not from a file.
    var isGiven: Bool { text.split(separator: " ").first.map(String.init) == Self.givenName }

    /// Whether a stored document's passages were cut as by this version. Hashes without a version, of stores before
    /// format 5, are of texts that version 1 cut.
    func cutsLike(ofHash stored: Data) -> Bool {
        chunker == (ReadingVersion(ofHash: stored)?.chunker ?? "1")
    }

    /// Whether this version of Akin reads and cuts the same way.
    ///
    /// What a reader read that is not of Akin's is compared with what the readers given say now, if one of them reads
    /// the file.
    ///
    /// - Parameter source: of a document that was read so.
    func isCurrent(source: String, readers: [any FileReader]) -> Bool {
        // What a program gives has no blocks, and texts without blocks are cut alike by every version.
        if isGiven { return true }
        guard chunker == String(Chunker.version)[...] else { return false }
        let parts = (text.split(separator: " ").first ?? "").split(separator: "/")
        guard parts.count == 2, let number = Int(parts[1]) else { return false }
        let name = String(parts[0])
        if let format = TextFormat(rawValue: name) { return number == format.readerVersion }
        if let kind = DocumentKind(rawValue: name) { return number == kind.readerVersion }
        if name == Self.converterName { return number == FileConverter.readerVersion }
        let path = SourcePath.file(source)
        guard let version = readers.first(where: { $0.reads(path: path) })?.version(path: path) else { return true }
        return version == FileReaderVersion(name, number)
    }

    private var chunker: Substring? { text.split(separator: " ").last }
}
