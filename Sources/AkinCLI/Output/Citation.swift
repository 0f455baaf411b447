import Akin
import AkinCore
import Foundation

/// Where a result is from: the place in its file, or the id of a document that has no file.
struct Citation {
    /// The absolute path of the file; nil for documents that come from none.
    let file: String?
    /// What names the record within the file, with the `#` before it; empty for a file that is one text.
    private let record: String
    private let id: String
    private let source: String
    private let place: PassagePlace?

    init(id: String, source: String, place: PassagePlace?) {
        (self.id, self.source, self.place) = (id, source, place)
        (file, record) = Self.parts(of: source)
    }

    init(_ result: SearchResult) { self.init(id: result.id, source: result.source, place: result.match.place) }

    /// A source is a path, perhaps with `#record`; a path may hold the character too.
    private static func parts(of source: String) -> (file: String?, record: String) {
        guard source.isAbsolutePath else { return (nil, "") }
        guard FileStatus(of: source) == nil else { return (source, "") }
        let marks = source.utf8.indices.filter { source.utf8[$0] == UInt8(ascii: "#") }.reversed()
        let mark =
            marks.first { FileStatus(of: String(source[..<$0]))?.kind == .regular }
            ?? marks.first.flatMap { isNumber(source[$0...].dropFirst()) ? $0 : nil }
        return mark.map { (String(source[..<$0]), String(source[$0...])) } ?? (source, "")
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The first line of the passage in `file`; nil where that is not known, or the lines are those of a file within an
    /// archive.
    var line: Int? { isOfFile ? place?.lines.map { max(1, $0.lowerBound) } : nil }

    var page: Int? { place?.page }

    private var isOfFile: Bool { record.isEmpty || Self.isNumber(record.dropFirst()) }

    /// The path as people read it, with its line or its record: `notes/ssh.md:41`. The id where there is no file.
    var name: String {
        guard let file else { return id }
        let shown = Self.pathForPeople(file)
        guard let line = place?.lines?.lowerBound else { return shown + record }
        return shown + (isOfFile ? "" : record) + ":\(line)"
    }

    /// What the name does not say: the id that was given to the document, the source of one that has no file. Nil where
    /// there is nothing to add.
    var addition: String? {
        guard file != nil else { return source.isEmpty || source == id || source.hasPrefix("-") ? nil : source }
        return isIDOfSource ? nil : id
    }

    /// Whether the id was made of the path: it ends as the source does, perhaps after the name of a collection.
    private var isIDOfSource: Bool {
        func ends(_ tail: some StringProtocol) -> Bool {
            !tail.isEmpty && source.utf8.suffix(tail.utf8.count + 1).elementsEqual("/\(tail)".utf8)
        }
        guard source != id, !ends(id) else { return true }
        return id.utf8.firstIndex(of: UInt8(ascii: "/")).map { ends(id[id.utf8.index(after: $0)...]) } ?? false
    }

    /// Page and headings, each part with what leads to it: ` p. 12 › 3.2 Results`. Empty where there are none.
    ///
    /// - Parameter title: is not said again where it is the first heading.
    func position(below title: String?) -> String {
        var headings = place?.headings[...] ?? []
        if let title, headings.first == title { headings.removeFirst() }
        return (page.map { " p. \($0)" } ?? "") + headings.map { " › \($0)" }.joined()
    }

    /// A text that opens the file when it is clicked, where links are used.
    func linked(_ text: String) -> String {
        guard Hyperlink.isUsed, let file else { return text }
        return Hyperlink.linked(text, to: Hyperlink.address(ofFile: file))
    }

    /// A path relative to the working folder or to the home folder where it lies below one of them.
    static func pathForPeople(_ path: String) -> String {
        let relative = path.sourceForPeople
        guard relative == path, let home = ProcessInfo.processInfo.environment["HOME"], home.isAbsolutePath,
            home != "/", let below = path.path(below: home)
        else { return relative }
        return "~/" + below
    }
}
