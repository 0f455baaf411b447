import Akin
import AkinCore
import ArgumentParser

struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract: "Bring the index up to date and tidy the file, or change the encoder.",
        discussion: """
            With --encoder every text is encoded anew by another model; the old vectors answer until the new ones are complete, and an \
            interrupted run goes on where it stopped. Where a model serves, --encoder words leaves it in place and trains word vectors \
            beside it, for search --mode words.

              akin optimize
              akin optimize --encoder minilm
              akin optimize --encoder words
            """)

    @Option(
        help: ArgumentHelp("Encode every text anew by this model, or train word vectors (words).", valueName: "name|folder"),
        completion: .directory)
    var encoder: String?

    @OptionGroup var work: WorkOptions

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let done = try await store.withDatabase(.readWrite, configuration: Configuration(threads: work.threads)) {
            try await $0.optimize(encoder: encoder, progress: ProgressLine.handler(for: progress))
        }
        progress?.finish()
        if output.json {
            try StandardOutput.printJSON(["done": done])
        } else if !output.talk.quiet {
            try StandardOutput.print(done.isEmpty ? ["nothing to do"] : done)
        }
    }
}
