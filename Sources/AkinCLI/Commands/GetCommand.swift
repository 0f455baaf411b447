import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print one document, or a part of it.",
        discussion: """
              akin get notes/leaks.md
              akin get 4711 --json
              akin get leaks.md --lines 30:60
              akin get paper.pdf --page 12

            A document is named by its id, or by the path of its file. --lines counts the lines of that file, from 1. Where a \
            file is read in other lines than it has, as HTML is, the passages that stand on those lines are printed whole. A \
            document that comes from no file has the lines of its text. --page prints the passages that begin on a page.
            """)

    @Argument(help: "The document's id, or the path of its file.")
    var id: String

    @Option(
        help: ArgumentHelp(
            "Only these lines, both ends included; A alone, A: or :B will do.", valueName: "a:b"))
    var lines: LineRange?

    @Option(parsing: .unconditional, help: ArgumentHelp("Only this page.", valueName: "n"))
    var page: Int?

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if lines != nil, page != nil { throw ValidationError("Give --lines or --page, not both.") }
        if let page, page < 1 { throw ValidationError("--page must be 1 or more, not \(page).") }
    }

    func run() async throws {
        let (document, excerpt) = try await store.withDatabase(.readOnly) { database in
            let document = try await Self.document(named: id, in: database, at: store.path)
            return (document, try await part(of: document, in: database))
        }
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            if let excerpt { json.excerpt(excerpt, of: document) } else { json.document(document) }
            return try StandardOutput.print(json.bytes)
        }
        let output = StandardOutput()
        if excerpt == nil { for line in heading(of: document) { try output.line(line) } }
        try output.text(excerpt?.text ?? document.text)
        try output.flush()
    }

    /// The document with an id, else the only one that was read from the file of that path.
    static func document(named name: String, in database: Database, at path: String) async throws -> Document {
        if let document = try await database.document(id: name) { return document }
        if let source = RealPath.ofEntry(name), let id = try await database.documentID(ofSource: source),
            let document = try await database.document(id: id)
        {
            return document
        }
        throw AkinError(
            .notFound, "There is no document '\(name)' in \(path); akin search prints where what it finds is from.")
    }

    private func part(of document: Document, in database: Database) async throws -> DocumentExcerpt? {
        if let lines { return try await database.excerpt(ofDocument: document.id, lines: lines.range) }
        if let page { return try await database.excerpt(ofDocument: document.id, page: page) }
        return nil
    }

    private func heading(of document: Document) -> [String] {
        let style = TerminalStyle(.output)
        var lines: [String] = []
        if let title = document.title, !title.isEmpty { lines.append(style.bold(String(DisplayText.oneLine(title)))) }
        let source = document.source.sourceForPeople
        let about = [document.id, source == document.id ? "" : source].filter { !$0.isEmpty }
        lines.append(style.dim(String(DisplayText.oneLine(about.joined(separator: " · ")))))
        for (name, value) in document.metadata.sorted(by: { $0.key < $1.key }) {
            var json = JSONWriter(escaping: .hidden)
            json.value(value)
            lines.append(
                style.dim(
                    String(
                        DisplayText.oneLine(
                            "\(name): " + (value.scalarText ?? String(decoding: json.bytes, as: UTF8.self))))))
        }
        return lines + [""]
    }
}
