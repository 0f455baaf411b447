import Akin
import AkinCore
import ArgumentParser

struct DistillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distill",
        abstract: "Make a static model of the database's BERT model: hundreds of times faster.",
        discussion: """
            Every token of the BERT model, and every word that the texts have often, gets one vector; a text's vector is their mean, \
            weighted by how rare they are in these texts. The vectors are fitted to those that the database holds.

              akin words distill                     # serves search --mode words
              akin words distill --output mini/      # a model2vec folder
              akin index more/ --db other.db --model mini/

            A database of nothing but static vectors is made by akin index --encoder static, and changes to the BERT \
            model with akin optimize --upgrade.
            """)

    @Option(help: ArgumentHelp("Write the model as a model2vec folder.", valueName: "folder"), completion: .directory)
    var output: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Components of a vector (default: 256).", valueName: "n"))
    var dimension: Int?

    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var format: OutputOptions

    func validate() throws {
        if let dimension, !(1...65_536).contains(dimension) {
            throw ValidationError("--dimension must be from 1 to 65536, not \(dimension).")
        }
    }

    func run() async throws {
        let progress = format.talk.progressLine()
        defer { progress?.finish() }
        let report = try await store.withDatabase(.readWrite, configuration: encoding.configuration()) {
            try await $0.distill(folder: output, dimension: dimension, progress: ProgressLine.handler(for: progress))
        }
        progress?.finish()
        if format.json { return try StandardOutput.printJSON(report) }
        if format.talk.quiet { return }
        try StandardOutput.print([
            "\(report.folder ?? store.path): \(report.name), \(Figures.count(report.tokens, "token")) of \(report.dimension) dimensions, "
                + "\(Figures.whole(report.addedWords)) of them words of these texts",
            "fitted to \(Figures.count(report.fittedPassages, "passage")), cosine \(Figures.decimal(report.fit, 3)), "
                + "in \(Figures.duration(milliseconds: report.elapsedMilliseconds))",
        ])
    }
}
