import Akin
import AkinCore
import ArgumentParser

struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract: "Bring the index up to date and tidy the file, or change the encoder.",
        discussion: """
            Missing vectors are made, the index files over vectors and words are built where the store has changed since, and the file is \
            compacted.

            With --encoder every text is encoded again by another model; the old vectors answer until the new ones are complete, and an \
            interrupted run goes on where it stopped. Where a model serves, --encoder words leaves it in place and trains word vectors \
            beside it, for search --mode words, and --encoder static distils a static model from it.

            --upgrade changes from a static model (index --encoder static) to the model it was distilled from, a few \
            hundred passages at a time: searches go on meanwhile, it may be interrupted, and the same command goes on \
            where it stopped.

              akin optimize
              akin optimize --encoder minilm
              akin optimize --encoder nomic-embed-text-v1.5 --dimensions 256
              akin optimize --encoder words
              akin optimize --upgrade
            """)

    @Option(
        help: ArgumentHelp(
            "Encode every text again by this model, or train word vectors (words).", valueName: "name|folder"),
        completion: .directory)
    var encoder: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --encoder: keep the first components of the vectors alone.", valueName: "n"))
    var dimensions: Int?

    @Flag(help: "Encode passages of a static model by the model it was distilled from.")
    var upgrade = false

    @OptionGroup var work: WorkOptions

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let dimensions, dimensions < 1 || encoder == nil {
            throw ValidationError("--dimensions is a number from 1, and goes with --encoder and a model.")
        }
        if upgrade && encoder != nil { throw ValidationError("Give --upgrade or --encoder, not both.") }
    }

    func run() async throws {
        let progress = output.talk.progressLine()
        let done = try await ResumableWork.run(progress) {
            [path = store.path, encoder, dimensions, upgrade, threads = work.threads] in
            try await StoreOptions.withDatabase(
                at: path, .readWrite, configuration: Database.Configuration(threads: threads)
            ) {
                try await $0.optimize(
                    encoder: encoder, dimensions: dimensions, upgrade: upgrade,
                    progress: ProgressLine.handler(for: progress))
            }
        }
        if output.json {
            try StandardOutput.printJSON(["done": done])
        } else if !output.talk.quiet {
            try StandardOutput.print(done.isEmpty ? ["nothing to do"] : done.map { RemedyWording.text($0) })
        }
    }
}
