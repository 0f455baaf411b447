import Akin
import AkinCore
import ArgumentParser

struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete one document.",
        discussion: """
              akin delete leaks.md
            """)

    /// What `--json` prints.
    private struct Outcome: Encodable {
        let id: String
        let deleted: Bool
    }

    @Argument(help: "The document's id.")
    var id: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard try await store.withDatabase(.readWrite, { try await $0.delete(id: id) }) else {
            throw AkinError(.notFound, "There is no document '\(id)' in \(store.path); nothing was deleted.")
        }
        if output.json {
            try StandardOutput.printJSON(Outcome(id: id, deleted: true))
        } else if !output.talk.quiet {
            try StandardOutput.print(["\(String(DisplayText.oneLine(id))): deleted"])
        }
    }
}
