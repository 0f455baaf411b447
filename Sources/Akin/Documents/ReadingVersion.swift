import AkinCore
import AkinText
import Foundation

/// The versions of what read a document and cut it into passages, such as `markdown/1 1`.
struct ReadingVersion: Hashable, Sendable {
    /// As content hashes and the rows of files keep it.
    let text: String

    private static let givenName = "put"

    /// Of a document that a program gave.
    static let given = ReadingVersion(reader: givenName, chunker: Chunker.version)

    /// Of a file in a format, as this version of Akin reads it.
    init(format: TextFormat) { self.init(reader: Self.reader(format), chunker: Chunker.version) }

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

    /// Whether the passages of equal texts are equal.
    func cutsLike(_ other: ReadingVersion) -> Bool { chunker == other.chunker }

    /// Whether this version of Akin reads and cuts the same way.
    var isCurrent: Bool {
        guard chunker == String(Chunker.version)[...] else { return false }
        if isGiven { return true }
        let parts = (text.split(separator: " ").first ?? "").split(separator: "/")
        guard parts.count == 2, let format = TextFormat(rawValue: String(parts[0])) else { return false }
        return Int(parts[1]) == format.readerVersion
    }

    private var chunker: Substring? { text.split(separator: " ").last }

    private static func reader(_ format: TextFormat) -> String { "\(format.rawValue)/\(format.readerVersion)" }
}
