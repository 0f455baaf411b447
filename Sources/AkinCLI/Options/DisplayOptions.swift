import Akin
import ArgumentParser

/// What a person sees of each result.
struct DisplayOptions: ParsableArguments {
    @Flag(help: "Also print the scores that results are ranked by.")
    var scores = false

    @Option(
        name: [.customShort("C"), .customLong("context")], parsing: .unconditional,
        help: ArgumentHelp("Print whole passages, with so many lines before and after them.", valueName: "lines"))
    var context: Int?

    func validate() throws {
        if let context, !(0...1000).contains(context) {
            throw ValidationError("-C must be from 0 to 1000 lines, not \(context).")
        }
    }

    /// JSON has the scores anyway, and passages as they are.
    func validate(json: Bool) throws {
        if json, context != nil { throw ValidationError("-C is for people: give it or JSON output, not both.") }
    }

    /// What is shown of the results of an answer, by their place; empty where nobody asked for context.
    func excerpts(of response: SearchResponse, in database: Database) async throws -> [Int: DocumentExcerpt] {
        guard let context else { return [:] }
        var excerpts: [Int: DocumentExcerpt] = [:]
        for (place, result) in response.results.enumerated() {
            excerpts[place] = try await database.excerpt(around: result, context: context)
        }
        return excerpts
    }
}
