import Akin
import ArgumentParser

/// How many results a search gives and how they are looked for.
struct ResultOptions: ParsableArguments {
    @Option(name: .customShort("k"), parsing: .unconditional, help: ArgumentHelp("How many results.", valueName: "n"))
    var count = 10

    @Option(
        help: "How nearest vectors are found: auto compares all of a small database and walks the graph of a large one."
    )
    var plan: SearchPlan = .auto

    func validate() throws {
        guard (1...10_000).contains(count) else { throw ValidationError("-k must be from 1 to 10000, not \(count).") }
    }
}
