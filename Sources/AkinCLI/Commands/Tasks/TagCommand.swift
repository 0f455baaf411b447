import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct TagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Find entities in texts: names, places, dates.",
        discussion: """
            The model is a BERT model with a token classification head, by name or folder. Its labels are joined to entities as their \
            prefixes say (IOB, IOBES or BILOU). Long texts are read in overlapping windows. Ranges are half-open, in Unicode scalars of \
            the text. A model of 'akin train tag --senses' finds the words that it knows, and the labels are their senses.

              akin tag models/entities "Ada Lovelace lived in London."
              akin tag models/entities --json - < sentences.jsonl

            --all finds the entities of every document of the database and of those that are put later. --where then finds them by \
            their text under the name of --field (default: entities), and by kind under NAME.KIND.

              akin tag models/entities --all
              akin search boats --where 'entities.LOC = "London"'
              akin tag --remove
            """)

    @Argument(help: "The model, by name or folder.", completion: .directory)
    var model: String?

    @OptionGroup var texts: TextArguments

    @Option(parsing: .unconditional, help: ArgumentHelp("Only entities of at least this score.", valueName: "score"))
    var threshold: Double?

    @OptionGroup(title: "Database") var whole: StoreLabelling
    @OptionGroup var options: TaskModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try whole.validate(model: model, texts: texts)
        if whole.remove, threshold != nil { throw ValidationError("--remove takes only --field and --db.") }
    }

    func run() async throws {
        if whole.remove { return try await whole.removeLabels(of: "entities", output: output) }
        guard let model else { return }
        if whole.all {
            return try await whole.label(
                by: .tagger(model), threshold: threshold, configuration: options.configuration, output: output)
        }
        let tagger = try await TokenTagger.load(model, configuration: options.configuration)
        let out = StandardOutput()
        let printer = ScorePrinter(out, namesTexts: texts.isList)
        var json = JSONWriter(escaping: .hidden)
        try await texts.forEachBatch { records in
            let found = try await tagger.entities(in: records.map(\.text))
            for (record, entities) in zip(records, found) {
                let chosen = entities.filter { $0.score >= threshold ?? -Double.infinity }
                if output.json {
                    json.removeAll()
                    json.entities(chosen, id: record.id)
                    json.newline()
                    try out.write(json.bytes)
                } else {
                    let rows = chosen.map { entity in
                        let place = "\(entity.range.lowerBound)–\(entity.range.upperBound)"
                        return (entity.score, "\(entity.label)  \(place)  \(entity.text)")
                    }
                    try printer.write(rows, of: record.text, nothing: "no entity")
                }
            }
            try out.flush()
        }
    }
}
