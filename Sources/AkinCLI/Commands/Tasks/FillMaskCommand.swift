import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct FillMaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill-mask",
        abstract: "Predict masked words from their context.",
        discussion: """
            The model is a BERT model with a masked word head, by name or folder. Words come with their probabilities, best first, for each \
            [MASK] of a text.

              akin fill-mask models/bert-base-uncased "Paris is the [MASK] of France."
              akin fill-mask models/bert-base-uncased --top 1 --json - < sentences.txt
            """)

    @Argument(help: "The model, by name or folder.", completion: .directory)
    var model: String

    @OptionGroup var texts: TextArguments

    @Option(parsing: .unconditional, help: ArgumentHelp("The most words of a gap.", valueName: "n"))
    var top = 5

    @OptionGroup var options: TaskModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try texts.requireTexts()
        guard top >= 1 else { throw ValidationError("--top must be 1 or more, not \(top).") }
    }

    func run() async throws {
        let model = try await MaskedWordModel.load(model, configuration: options.configuration)
        let out = StandardOutput()
        var json = JSONWriter(escaping: .hidden)
        try await texts.forEachBatch { records in
            let found = try await model.fill(records.map(\.text), count: top)
            for (record, masks) in zip(records, found) {
                if output.json {
                    json.removeAll()
                    json.predictions(masks, id: record.id)
                    json.newline()
                    try out.write(json.bytes)
                    continue
                }
                let printer = ScorePrinter(out, namesTexts: texts.isList || masks.count > 1)
                for (place, words) in masks.enumerated() {
                    let name = masks.count > 1 ? "\(place + 1). \(model.mask) of: \(record.text)" : record.text
                    try printer.write(words.map { ($0.probability, $0.word) }, of: name, nothing: "no word")
                }
            }
            try out.flush()
        }
    }
}
