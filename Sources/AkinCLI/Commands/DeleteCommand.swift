import Akin
import AkinCore
import ArgumentParser

struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete one document, or all that meet a condition.",
        discussion: """
            With --where every document that meets the condition is deleted at once; akin export with the same --where prints them.

              akin delete notes/leaks.md
              akin delete --where 'source contains "/old/" and year < 2000'
            """)

    /// What `--json` prints.
    private struct Outcome: Encodable {
        let id: String
        let deleted: Bool
    }

    /// What `--json` prints with `--where`.
    private struct FilterOutcome: Encodable {
        let ids: [String]
        let deleted: Int
    }

    @Argument(help: "The document's id.")
    var id: String?

    @OptionGroup var scope: FilterOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (id == nil) == (scope.text == nil) {
            throw ValidationError("Give the id of a document or --where, one of the two.")
        }
    }

    func run() async throws {
        if let filter = try scope.filter() {
            try await delete(where: filter)
        } else if let id {
            try await delete(id)
        }
    }

    private func delete(_ id: String) async throws {
        guard try await store.withDatabase(.readWrite, { try await $0.delete(id: id) }) else {
            throw AkinError(.notFound, "There is no document '\(id)' in \(store.path); nothing was deleted.")
        }
        if output.json {
            try StandardOutput.printJSON(Outcome(id: id, deleted: true))
        } else if !output.talk.quiet {
            try StandardOutput.print(["\(String(DisplayText.oneLine(id))): deleted"])
        }
    }

    private func delete(where filter: Database.Filter) async throws {
        let ids = try await store.withDatabase(.readWrite) { database in
            try await output.talk.warn(of: filter, in: database)
            return try await database.delete(where: filter)
        }
        if output.json {
            try StandardOutput.printJSON(FilterOutcome(ids: ids, deleted: ids.count))
        } else if !output.talk.quiet {
            try StandardOutput.print(["\(Figures.count(ids.count, "document")) deleted"])
        }
    }
}
