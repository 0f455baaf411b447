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

    @Argument(help: "The document's id, or the path of its file.")
    var id: String

    @OptionGroup var scope: FilterOptions
    @OptionGroup var results: ResultOptions
    @OptionGroup var display: DisplayOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try display.validate(json: output.json) }

    func run() async throws {
        let filter = try scope.filter()
        let (response, excerpts) = try await store.withDatabase(.readOnly) { database in
            // A document may be named by its path, as `get` has it.
            let known = try await database.document(id: id) != nil
            let name = known ? id : try await database.documentID(ofSource: RealPath.ofEntry(id) ?? id) ?? id
            let found = try await database.similar(to: name, count: results.count, plan: results.plan, filter: filter)
            return (found, try await display.excerpts(of: found, in: database))
        }
        LastAnswer.keep(response.results, ofDatabaseAt: store.path)
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            json.response(response, explained: false, wording: { RemedyWording.text($0) })
            return try StandardOutput.print(json.bytes)
        }
        for warning in response.warnings { StandardError.line("warning: " + RemedyWording.text(warning)) }
        try StandardOutput.print(
            SearchPrinter(showsScores: display.scores).lines(
                for: response, explained: false, excerpts: excerpts))
    }
}
