import Akin
import AkinCore
import ArgumentParser

struct TrainVocabularyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vocabulary",
        abstract: "Learn a WordPiece vocabulary from texts, as BERT models have it.",
        discussion: """
            Begins with letters and joins the two neighbouring pieces that are most frequent, until there are --size entries or no pair \
            occurs --min-frequency times. Words are split as BERT's tokenizer splits them. The same texts and options give the same files.

              akin train vocabulary corpus.txt --output vocabulary
              akin train vocabulary news/*.jsonl --size 8000 --cased --output vocabulary

            The folder gets vocab.txt and tokenizer_config.json. Files may be larger than memory; their different words are held.
            """)

    @Argument(
        help: "Text files, files of records (.jsonl, .csv, .tsv) with a text each, or folders of texts.",
        completion: .file())
    var corpus: [String]

    @Option(parsing: .unconditional, help: ArgumentHelp("Entries of the vocabulary.", valueName: "n"))
    var size = 30_522

    @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
    var output: String

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How often a pair must occur to be joined.", valueName: "n"))
    var minFrequency = 2

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most different letters; words with rarer ones stay unknown.", valueName: "n"))
    var alphabet = 1000

    @Flag(help: "Keep capitals and accents.")
    var cased = false

    @OptionGroup var talk: OutputOptions

    /// The share of unknown words above which more letters are worth it, as for Chinese.
    private static let worthRaising = 0.005

    func validate() throws {
        guard !corpus.isEmpty else { throw ValidationError("Name at least one text file.") }
        for (name, value, least, most) in [
            ("size", size, 10, 10_000_000), ("min-frequency", minFrequency, 1, .max),
            ("alphabet", alphabet, 1, 1_114_112),
        ] where value < least || value > most {
            throw ValidationError(
                "--\(name) must be at least \(least)\(most < .max ? " and at most \(most)" : ""), not \(value).")
        }
    }

    func run() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let training = VocabularyTraining(
            size: size, minimumFrequency: minFrequency, alphabetLimit: alphabet, lowercases: !cased)
        let (corpus, output) = (corpus, output)
        let summary = try await Signals.runInterruptibly {
            try await training.run(on: corpus, output: output, progress: handler)
        }
        progress?.finish()
        if summary.unknownShare > Self.worthRaising, !talk.talk.quiet {
            StandardError.line(
                "note: \(Figures.decimal(summary.unknownShare * 100, 1)) % of the words have letters beyond the \(alphabet) most frequent; --alphabet \(alphabet * 8) keeps more"
            )
        }
        if talk.json { return try StandardOutput.printJSON(summary) }
        if talk.talk.quiet { return }
        try StandardOutput.print([
            "\(output): \(Figures.count(summary.entries, "token")) in \(Figures.duration(milliseconds: summary.elapsedMilliseconds))",
            "\(Figures.whole(summary.words)) words of text, \(Figures.whole(summary.distinctWords)) different: "
                + "\(Figures.decimal(summary.tokensPerWord, 3)) tokens a word, "
                + "\(Figures.decimal(summary.unknownShare * 100, 2)) % unknown",
        ])
    }
}
