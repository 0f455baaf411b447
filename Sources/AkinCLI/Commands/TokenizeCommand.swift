import AkinWire
import Akin
import AkinCore
import ArgumentParser

struct TokenizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Show the tokens a model makes of lines on standard input.",
        discussion: """
            One JSON line for each line of text: {"tokens", "ids", "offsets"}. Offsets are half-open ranges in Unicode scalars of the line.

              echo "unaffordable" | akin tokenize
              akin tokenize --truncate --model minilm < texts.txt
            """)

    /// Lines and bytes that are tokenised in one call.
    private static let batch = (lines: 16_384, bytes: 1 << 21)

    @Flag(help: "Cut at the most tokens that the model reads.")
    var truncate = false

    @OptionGroup(title: "Encoder") var model: ModelOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        let configuration = Database.Configuration(model: model.name, threads: model.work.threads)
        try await EmbedderSource(store: store, configuration: configuration).withEmbedder {
            try await tokenize(with: $0)
        }
    }

    private func tokenize(with embedder: Embedder) async throws {
        var reader = LineReader.standardInput()
        let output = StandardOutput()
        var json = JSONWriter(escaping: .hidden)
        let (count, bytes) = TokenizeCommand.batch
        while case let lines = try reader.nextBatch(lines: count, bytes: bytes), !lines.isEmpty {
            for tokenization in try await embedder.tokenize(lines, truncate: truncate) {
                json.removeAll()
                json.syntax("{\"tokens\":")
                json.array(tokenization.tokens) { $0.string($1) }
                json.syntax(",\"ids\":")
                json.array(tokenization.ids) { $0.integer(Int($1)) }
                json.syntax(",\"offsets\":")
                json.array(tokenization.offsets) { $0.range($1) }
                json.syntax("}")
                json.newline()
                try output.write(json.bytes)
            }
        }
        try output.flush()
    }
}
