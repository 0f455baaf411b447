import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "Answer a question with a stretch of a text.",
        discussion: """
            The model is a BERT model with a question answering head, by name or folder. Without --context the database is searched, and the \
            answer is taken from the passages that were found; it comes with its place and its score, or there is no answer.

              akin answer --model models/qa "Who wrote the first program?"
              akin answer --model models/qa "Where is it?" --context "It is at home."
              akin answer --model models/qa "When does it end?" --context - < contract.txt
              akin answer --model models/qa --literal 'What does "-x" mean?'

            Ranges are half-open, in Unicode scalars of the text or the document.

            \(FilterOptions.guide)
            """)

    @Argument(help: "The question.")
    var question: [String] = []

    @Option(
        help: ArgumentHelp("The model that finds answers.", valueName: "name|folder"), completion: .directory)
    var model: String

    @Option(help: ArgumentHelp("The text to look in, or - for all of standard input.", valueName: "text"))
    var context: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The most answers.", valueName: "n"))
    var top = 1

    @Option(parsing: .unconditional, help: ArgumentHelp("Passages of the database that are read.", valueName: "n"))
    var passages = 10

    @Flag(help: "Look for each word of the question as it stands: quotes, dashes, stars and title: mean nothing.")
    var literal = false

    @OptionGroup var scope: FilterOptions
    @OptionGroup var options: TaskModelOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private var words: String { question.joined(separator: " ") }

    func validate() throws {
        if words.allSatisfy(\.isWhitespace) { throw ValidationError("There is no question: say what to answer.") }
        guard top >= 1 else { throw ValidationError("--top must be 1 or more, not \(top).") }
        guard (1...1000).contains(passages) else {
            throw ValidationError("--passages must be from 1 to 1000, not \(passages).")
        }
        if context != nil, store.given != nil { throw ValidationError("Give --context or --db, not both.") }
        if context != nil, literal { throw ValidationError("--literal goes without --context: nothing is searched.") }
    }

    func run() async throws {
        if let context {
            let text = context == "-" ? try Self.standardInput() : context
            let extractor = try await AnswerExtractor.load(model, configuration: options.configuration)
            return try show(try await extractor.answers([QuestionContext(words, context: text)], count: top)[0])
        }
        let filter = try scope.filter()
        let configuration = Database.Configuration(threads: options.work.threads)
        let answers: [PassageAnswer] = try await store.withDatabase(.readOnly, configuration: configuration) {
            database in
            let extractor = try await AnswerExtractor.load(model, configuration: options.configuration)
            return try await database.answer(
                SearchRequest(words, count: passages, unique: false, filter: filter, literal: literal), by: extractor,
                count: top)
        }
        LastAnswer.keep(answers.map(\.citedPassage), ofDatabaseAt: store.path)
        try show(answers)
    }

    private static func standardInput() throws -> String {
        var reader = LineReader.standardInput()
        var lines: [String] = []
        while let line = try reader.next() { lines.append(line) }
        return lines.joined(separator: "\n")
    }

    private func show(_ found: ExtractedAnswers) throws {
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            json.answers(found, question: words)
            return try StandardOutput.print(json.bytes)
        }
        guard found.best != nil else { return try Self.printNoAnswer() }
        let style = TerminalStyle(.output)
        try StandardOutput.print(
            found.candidates.flatMap { answer in
                Self.lines(answer, style: style, origin: Self.place(answer.range))
            })
    }

    private func show(_ answers: [PassageAnswer]) throws {
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            json.answers(answers, question: words)
            return try StandardOutput.print(json.bytes)
        }
        guard !answers.isEmpty else { return try Self.printNoAnswer() }
        let style = TerminalStyle(.output)
        try StandardOutput.print(
            answers.flatMap { found in
                let citation = Citation(found.citedPassage)
                let position = String(DisplayText.oneLine(citation.position(below: nil)))
                return Self.lines(
                    found.answer, style: style,
                    origin: citation.linked(VisibleText.line(citation.name)) + (position.isEmpty ? "" : " " + position))
            })
    }

    private static func printNoAnswer() throws {
        try StandardOutput.print([TerminalStyle(.output).dim("no answer")])
    }

    private static func place(_ range: Range<Int>) -> String { "\(range.lowerBound)–\(range.upperBound)" }

    /// The answer, and below it where it is from and how sure it is.
    private static func lines(_ answer: Answer, style: TerminalStyle, origin: String) -> [String] {
        [
            String(DisplayText.oneLine(answer.text)),
            "    " + style.dim("\(origin) · score\u{A0}\(Figures.decimal(answer.score, 3))"),
        ]
    }
}
