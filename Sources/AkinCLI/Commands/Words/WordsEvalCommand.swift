import AkinCore
import Akin
import ArgumentParser

struct WordsEvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Compare word vectors with people's ratings and with analogies.",
        discussion: """
            A list of ratings has two words and a number a line, between tabs; its figure is Spearman's rank correlation. Questions have \
            four words a line, in sections that begin with ": name", as Google's questions-words.txt; their figure is the share of \
            questions whose fourth word is the best answer. Words are looked up as they are, else in lower case; what is not in the \
            vocabulary is left out and reported.

              akin words eval --vectors corpus.akin --similarity ws-353.tsv
              akin words eval --vectors corpus.akin --analogies questions-words.txt --json
            """)

    @Option(help: ArgumentHelp("A list of rated pairs; may be given again.", valueName: "file"), completion: .file())
    var similarity: [String] = []

    @Option(help: ArgumentHelp("A file of analogies; may be given again.", valueName: "file"), completion: .file())
    var analogies: [String] = []

    @Option(help: "How analogies are scored: 3CosAdd or 3CosMul.")
    var method: AnalogyMethod = .add

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Analogies look at the first so many words of the file, usually the most frequent.", valueName: "n"))
    var limit = 300_000

    @OptionGroup var vectors: WordVectorOptions
    @OptionGroup var work: WorkOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !similarity.isEmpty || !analogies.isEmpty else {
            throw ValidationError("Name a file with --similarity or --analogies.")
        }
        guard limit >= 1 else { throw ValidationError("--limit must be 1 or more, not \(limit).") }
    }

    func run() async throws {
        let report = try await vectors.load(output.talk)
            .evaluate(lists: similarity, analogies: analogies, method: method, limit: limit, threads: work.threads)
        if output.json { return try StandardOutput.printJSON(report) }
        var lines: [String] = []
        if !report.similarity.isEmpty {
            var table = TextTable(header: ["list", "Spearman", "known", "pairs"])
            for list in report.similarity {
                table.add([
                    list.list, Figures.decimal(list.spearman, 3), Figures.whole(list.known), Figures.whole(list.total),
                ])
            }
            lines += table.lines(style: TerminalStyle(.output))
        }
        if let total = report.analogiesTotal {
            if !lines.isEmpty { lines.append("") }
            var table = TextTable(header: ["analogies", "right", "known", "questions"])
            for section in report.analogies + [total] {
                table.add([
                    section.section, Figures.decimal(section.accuracy, 3), Figures.whole(section.known),
                    Figures.whole(section.total),
                ])
            }
            lines += table.lines(style: TerminalStyle(.output))
        }
        try StandardOutput.print(lines)
    }
}
