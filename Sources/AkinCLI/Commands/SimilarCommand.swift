import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct SimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "Find the documents nearest to a stored one.",
        discussion: """
              akin similar notes/leaks.md
              akin similar 4711 -k 3 --json
              akin similar notes/leaks.md --where 'year >= 2020'
            """)

    @Argument(help: "The document's id, as search prints it.")
    var id: String

    @OptionGroup var scope: FilterOptions
    @OptionGroup var results: ResultOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let filter = try scope.filter()
        let response = try await store.withDatabase(.readOnly) {
            try await $0.similar(to: id, count: results.count, plan: results.plan, filter: filter)
        }
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            json.response(response, explained: false, wording: { RemedyWording.text($0) })
            return try StandardOutput.print(json.bytes)
        }
        for warning in response.warnings { StandardError.line("warning: " + RemedyWording.text(warning)) }
        try StandardOutput.print(SearchPrinter().lines(for: response, highlighting: "", explained: false))
    }
}
