import Akin
import AkinCore
import AkinWire
import ArgumentParser
import Foundation

struct ClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Label texts with a classifier, or with labels of your own.",
        discussion: """
            The model is a BERT model with a classification head, by name or folder. Labels come with their probabilities, best first; of a \
            regression model with its values.

              akin classify models/sentiment "What a film!"
              akin classify models/topics --top 1 --json - < texts.txt
              akin classify models/entailment --pair "A man sleeps." "A man is awake."

            --pair takes texts two by two; on standard input a pair is a line with a tab, or a JSON line {"text_a", "text_b"}. A model for \
            next sentence prediction labels pairs IsNext or NotNext.

            With --labels the model is any encoder, and nothing was trained for the labels: a label's probability grows with the cosine \
            between the text's vector and that of the label's name (softmax over the cosines, divided by --temperature). That is coarse: \
            names that say what is meant work best.

              akin classify minilm --labels "sports,cooking" "Knead the dough."
              akin classify minilm --label "food, drink" --label sports "Knead it."

            With --threshold a text whose best label has a lower score gets none: "-", in JSON "label": null.

            --all labels every document of the database and those that are put later. A long document gets the mean of its passages' \
            probabilities. --where then finds the labels under the name of --field (default: label) and the probability under \
            NAME.score; search results and 'akin info' show them. With --threshold a document whose best label has less gets none. The \
            same command goes on after an interruption; another model replaces the labels of the field.

              akin classify models/topics --all --field topic --threshold 0.6
              akin search boats --where 'topic = "travel" and topic.score > 0.9'
              akin classify --remove --field topic
            """)

    @Argument(help: "The model, by name or folder.", completion: .directory)
    var model: String?

    @OptionGroup var texts: TextArguments

    @Flag(help: "Read the texts as pairs.")
    var pair = false

    @Option(
        help: ArgumentHelp("Labels of your own, with commas between them; the model is an encoder.", valueName: "a,b,…")
    )
    var labels: String?

    @Option(help: ArgumentHelp("One label of your own, which may hold commas; repeatable.", valueName: "name"))
    var label: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --labels: smaller makes the best label surer (default: 0.05).", valueName: "t"))
    var temperature: Double?

    @OptionGroup var choice: LabelChoice
    @OptionGroup(title: "Database") var whole: StoreLabelling
    @OptionGroup var options: TaskModelOptions
    @OptionGroup var output: OutputOptions

    /// The labels of one's own, as they are given; empty where the model has its own.
    private var ownLabels: [String] {
        let listed = labels?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        return listed.map { $0.trimmingCharacters(in: .whitespaces) } + label
    }

    func validate() throws {
        try whole.validate(model: model, texts: texts)
        if whole.isAsked, choice.top != nil || pair {
            throw ValidationError("--top and --pair are for texts: leave them out.")
        }
        if whole.remove, !ownLabels.isEmpty || choice.threshold != nil {
            throw ValidationError("--remove takes only --field and --db.")
        }
        if !ownLabels.isEmpty && pair { throw ValidationError("--labels labels single texts: leave out --pair.") }
        if temperature != nil && ownLabels.isEmpty { throw ValidationError("--temperature goes with --labels.") }
        if let temperature, !(temperature > 0) || !temperature.isFinite {
            throw ValidationError("--temperature must be above 0, not \(temperature).")
        }
        if pair, texts.texts != ["-"], !texts.texts.count.isMultiple(of: 2) {
            throw ValidationError("--pair takes texts two by two, and there are \(texts.texts.count).")
        }
    }

    func run() async throws {
        if whole.remove { return try await whole.removeLabels(of: "label", output: output) }
        guard let model else { return }
        if whole.all {
            let wanted: LabellingModel =
                ownLabels.isEmpty
                ? .classifier(model)
                : .labelNames(
                    ownLabels, encoder: model, temperature: temperature ?? ZeroShotClassifier.defaultTemperature)
            return try await whole.label(
                by: wanted, threshold: choice.threshold, configuration: options.configuration, output: output)
        }
        let out = StandardOutput()
        let printer = ClassificationPrinter(
            output: out, printer: ScorePrinter(out, namesTexts: pair ? texts.texts.count != 2 : texts.isList),
            choice: choice, isJSON: output.json)
        var truncated = 0
        func show(_ found: [Classification], _ records: [(id: JSONValue?, text: String)]) throws {
            for (classification, record) in zip(found, records) {
                if classification.isTruncated { truncated += 1 }
                try printer.write(classification, id: record.id, text: record.text)
            }
            try out.flush()
        }
        if !ownLabels.isEmpty {
            var configuration = options.configuration
            configuration.model = model
            let classifier = try await ZeroShotClassifier.load(
                labels: ownLabels, temperature: temperature ?? ZeroShotClassifier.defaultTemperature,
                configuration: configuration)
            try await texts.forEachBatch { records in
                try show(try await classifier.classify(records.map(\.text)), records.map { ($0.id, $0.text) })
            }
        } else {
            let classifier = try await TextClassifier.load(model, configuration: options.configuration)
            if pair {
                try await texts.forEachBatchOfPairs { records in
                    try show(try await classifier.classify(records.map(\.pair)), records.map { ($0.id, $0.text) })
                }
            } else {
                try await texts.forEachBatch { records in
                    try show(try await classifier.classify(records.map(\.text)), records.map { ($0.id, $0.text) })
                }
            }
        }
        if truncated > 0 {
            output.talk.notes([
                "\(Figures.count(truncated, "text")) \(truncated == 1 ? "was" : "were") longer than the model reads; the end was left out"
            ])
        }
    }
}

/// Which labels of a text are shown.
struct LabelChoice: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("The most labels of a text (default: 5).", valueName: "n"))
    var top: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only labels of at least this score; \"-\" where none has it.", valueName: "score"))
    var threshold: Double?

    func validate() throws {
        if let top, top < 1 { throw ValidationError("--top must be 1 or more, not \(top).") }
    }

    func chosen(_ classification: Classification) -> Classification {
        var chosen = classification
        let least = threshold ?? -Double.infinity
        chosen.labels = Array(classification.labels.filter { $0.score >= least }.prefix(top ?? 5))
        return chosen
    }
}

/// A text's labels as a line of JSON or for a person.
private struct ClassificationPrinter {
    let output: StandardOutput
    let printer: ScorePrinter
    let choice: LabelChoice
    let isJSON: Bool

    func write(_ classification: Classification, id: JSONValue?, text: String) throws {
        let chosen = choice.chosen(classification)
        guard isJSON else {
            return try printer.write(
                chosen.labels.map { ($0.score, $0.label) }, of: text, nothing: "-")
        }
        var json = JSONWriter(escaping: .hidden)
        json.classification(chosen, threshold: choice.threshold, id: id)
        json.newline()
        try output.write(json.bytes)
    }
}
