import AkinCore
import AkinText
import Foundation

/// A part of a document that is itself HTML or Markdown.
enum MarkupPart {
    /// The part's text with its blocks; nil where it holds none.
    ///
    /// - Parameters:
    ///   - name: the part's name, whose extension tells XHTML from HTML.
    ///   - guesses: gets the character set that the part was taken for, where it declares none.
    static func record(
        of data: Data, name: String, _ format: TextFormat, guesses: inout Set<String>
    ) throws -> TextRecord? {
        let path = try Scratch.file(data)
        defer { Scratch.remove(path) }
        var found: TextRecord?
        try CorpusReader.read(FileToRead(path: path, id: "part", source: "part"), name: name, format: format) { event in
            switch event {
            case .record(let record): found = record
            case .guess(_, let set): guesses.insert(set)
            case .problem, .note, .file: break
            }
        }
        return found
    }
}
