import Akin
import AkinCore
import ArgumentParser

struct WordsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a file of word vectors into Akin's own, which opens at once.",
        discussion: """
            Reads word2vec's .bin and text, GloVe's text, fastText's .vec, .bin and .ftz (n-grams included), and .npy \
            with a list of words. The first bytes show which format it is.

              akin words import glove.6B.50d.txt --output glove.akin
              akin words import cc.en.300.bin --output english.akin
              akin words import vectors.npy --words words.txt --output own.akin
            """)

    @Argument(help: "The file to read.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
    var output: String

    @Option(help: "The format of the file (default: found from its first bytes).")
    var format: WordVectorFileFormat?

    @Option(
        help: ArgumentHelp("The words of a .npy file, a line each (default: its name with .txt).", valueName: "file"),
        completion: .file())
    var words: String?

    @OptionGroup var talk: OutputOptions

    func run() async throws {
        try OutputFile.requireReplaceable(output, inputs: [file] + (words.map { [$0] } ?? []))
        let vectors = try talk.talk.loadVectors(file, format: format, words: words)
        try vectors.write(to: output, format: .akin)
        try WrittenVectors(file: output, format: .akin, vectors).tell(talk)
    }
}

struct WordsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write word vectors in another program's format.",
        discussion: """
            The name of the output shows the format (.vec and .txt: word2vec text, .bin: word2vec binary, .npy: an \
            array with its words in a .txt file beside it), or --to does. Only Akin's own format keeps the n-grams of \
            fastText.

              akin words export --vectors corpus.akin --output corpus.bin
              akin words export --vectors corpus.akin --to glove --output corpus.glove
              akin words export --db notes.db --output notes.vec    # the database's own
            """)

    @OptionGroup var vectors: WordVectorOptions

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
    var output: String

    @Option(help: "The format to write (default: by the name).")
    var to: WordVectorFileFormat?

    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard let format = to ?? WordVectorFileFormat(writing: output) else {
            throw ValidationError(
                "The name \(output) does not say what to write: give --to, or end it in .akin, .vec, .txt, .bin or .npy."
            )
        }
        guard format != .fasttextModel else {
            throw ValidationError(
                "fastText's models are read, not written; --to akin keeps the n-grams, --to fasttext-vec the words.")
        }
    }

    func run() async throws {
        let loaded = try await vectors.load(talk.talk)
        guard let format = to ?? WordVectorFileFormat(writing: output) else { return }
        try loaded.write(to: output, format: format)
        try WrittenVectors(file: output, format: format, loaded).tell(talk)
    }
}

/// What a conversion prints with `--json`.
private struct WrittenVectors: Encodable {
    let file: String
    let format: WordVectorFileFormat
    let words: Int
    let dimension: Int
    /// Whether words that are not among these get a vector by their n-grams.
    let subwords: Bool

    init(file: String, format: WordVectorFileFormat, _ vectors: WordVectors) {
        self.file = file
        self.format = format
        words = vectors.count
        dimension = vectors.dimension
        subwords = vectors.hasSubwords && format == .akin
    }

    func tell(_ output: OutputOptions) throws {
        if output.json { return try StandardOutput.printJSON(self) }
        guard !output.talk.quiet else { return }
        try StandardOutput.print([
            "\(file): \(Figures.count(words, "word")), \(dimension) components\(subwords ? ", with n-grams" : "")"
        ])
    }
}
