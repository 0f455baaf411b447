import Akin
import AkinWire
import ArgumentParser

struct WordsEmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Turn sentences into vectors with word vectors alone.",
        discussion: """
            A sentence's vector is the mean of its words' vectors, frequent words weighing less, without the first principal component \
            of all the sentences given (Arora, Liang and Ma 2017); it has unit length. Sentences come on standard input, a line each or \
            as JSON lines with id and text; all are held in memory.

              akin words embed --vectors glove.akin <lines.txt >rows.jsonl
              akin words embed --vectors glove.akin --format npy <lines.txt >rows.npy
            """)

    @Option(help: "The shape of the output: JSON lines, NumPy's array file, or fvecs.")
    var format: VectorFormat = .jsonl

    @Option(
        name: .customLong("sif"), parsing: .unconditional,
        help: ArgumentHelp("The a of a word's weight a / (a + p).", valueName: "a"))
    var parameter = 1e-3

    @Option(
        name: .customLong("components"), parsing: .unconditional,
        help: ArgumentHelp("Principal components to take out; none of fewer than 20 sentences.", valueName: "n"))
    var removing = 1

    @Option(
        name: .customLong("vectors"),
        help: ArgumentHelp("The file of word vectors (default: $AKIN_WORDS, else the database's).", valueName: "file"),
        completion: .file())
    var path: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        let vectors = try await WordVectorOptions.load(path: path, format: nil, store: store, talk: talk)
        var records = TextRecords(LineReader.standardInput())
        var (texts, labels) = ([String](), [VectorLabel]())
        while case let batch = try records.nextBatch(records: 4096), !batch.isEmpty {
            texts += batch.map(\.text)
            labels += batch.map { VectorLabel(id: $0.id) }
        }
        let rows = try vectors.sentenceVectors(texts, parameter: parameter, removing: removing)
        var writer = try format.writer(to: StandardOutput.blocks)
        try writer.write(rows.flatMap { $0 }, dimension: vectors.dimension, labels: labels)
        try writer.finish(dimension: vectors.dimension)
    }
}
