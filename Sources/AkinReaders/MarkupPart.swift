import AkinCore
import AkinText
import Foundation

/// A part of a document that is itself HTML or Markdown.
enum MarkupPart {
    /// The part's text with its blocks; nil where it holds none.
    ///
    /// - Parameter name: the part's name, whose extension tells XHTML from HTML.
    static func record(of data: Data, name: String, _ format: TextFormat) throws -> TextRecord? {
        let path = try Scratch.file(data)
        defer { Scratch.remove(path) }
        var found: TextRecord?
        try CorpusReader.read(FileToRead(path: path, id: "part", source: "part"), name: name, format: format) { event in
            if case .record(let record) = event { found = record }
        }
        return found
    }
}
