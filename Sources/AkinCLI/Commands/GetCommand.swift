import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print one document.",
        discussion: """
              akin get notes/leaks.md
              akin get 4711 --json
            """)

    @Argument(help: "The document's id.")
    var id: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let document = try await store.withDatabase(.readOnly, { try await $0.document(id: id) }) else {
            throw AkinError(
                .notFound, "There is no document '\(id)' in \(store.path); akin search prints the ids of what it finds."
            )
        }
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            json.document(document)
            try StandardOutput.print(json.bytes)
        } else {
            let output = StandardOutput()
            for line in heading(of: document) { try output.line(line) }
            try output.text(document.text)
            try output.flush()
        }
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
