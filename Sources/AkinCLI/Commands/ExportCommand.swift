import Akin
import AkinCore
import ArgumentParser

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print every document as JSON lines.",
        discussion: """
            The lines are what akin index reads: {"id", "title", "text", "source", "metadata"}.

              akin export > documents.jsonl
            """)

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let output = StandardOutput()
        try await store.withDatabase(.readOnly) {
            try await $0.export { document in
                var json = JSONBytes()
                json.document(document)
                json.newline()
                try output.write(json.bytes)
            }
        }
        try output.flush()
    }
}
