import Akin
import AkinWire
import ArgumentParser

struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Turn lines of text on standard input into vectors.",
        discussion: """
            Input is one text a line, or JSON lines {"id", "text"} when the first line is such an object. Vectors come out in the same \
            order. The encoder is --model, else the one of the database if there is one, else the best installed one.

              echo "a cat on a mat" | akin embed
              akin embed --format npy < titles.txt > titles.npy
              akin embed --as-query < questions.jsonl > questions.vectors.jsonl
            """)

    /// Texts that are encoded in one call.
    private static let batchSize = 2048

    @Option(help: "The shape of the output: JSON lines, NumPy's array file, or fvecs.")
    var format: VectorFormat = .jsonl

    @Flag(help: "The texts are questions: use the model's prompt for them, where it has one.")
    var asQuery = false

    @OptionGroup(title: "Encoder") var family: EncoderFamilyOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        let source = EmbedderSource(store: store, configuration: encoding.configuration(family: family))
        try await source.withEmbedder { try await embed(with: $0) }
    }

    private func embed(with embedder: Embedder) async throws {
        var records = TextRecords(LineReader.standardInput())
        var writer = try format.writer(to: StandardOutput.blocks)
        var mostlyUnknown = 0
        while case let batch = try records.nextBatch(records: EmbedCommand.batchSize), !batch.isEmpty {
            let embeddings = try await embedder.embed(batch.map(\.text), asQueries: asQuery)
            try writer.write(
                embeddings.values, dimension: embeddings.dimension, labels: batch.map { VectorLabel(id: $0.id) })
            mostlyUnknown += embeddings.mostlyUnknown
        }
        try writer.finish(dimension: embedder.dimension)
        if mostlyUnknown > 0 {
            talk.notes([
                "the encoder does not know most words of \(Figures.count(mostlyUnknown, "text")); is the text in its language?"
            ])
        }
    }
}
