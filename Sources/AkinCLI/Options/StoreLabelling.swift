import Akin
import ArgumentParser

/// What the commands that label texts do to a whole database.
struct StoreLabelling: ParsableArguments {
    @Flag(help: "Label every document of the database, and from then on those that are put into it.")
    var all = false

    @Flag(help: "Delete the labels of a field from the database, and forget the model.")
    var remove = false

    @Option(
        help: ArgumentHelp(
            "With --all and --remove: the field by which --where finds the labels (default: the command's own).",
            valueName: "name"))
    var field: String?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var store: StoreOptions

    /// Whether a database is meant rather than texts.
    var isAsked: Bool { all || remove }

    func validate() throws {
        if all && remove { throw ValidationError("--all and --remove exclude each other.") }
        if remove && filter.text != nil { throw ValidationError("--where goes with --all, not with --remove.") }
        guard !isAsked else { return }
        for (name, isGiven) in [("field", field != nil), ("where", filter.text != nil), ("db", store.given != nil)]
        where isGiven {
            throw ValidationError("--\(name) goes with --all: without it texts are labelled, not a database.")
        }
    }

    /// Checks what stands beside the options.
    func validate(model: String?, texts: TextArguments) throws {
        if remove, model != nil { throw ValidationError("--remove takes no model and no texts, only --field.") }
        if all, !texts.texts.isEmpty { throw ValidationError("--all labels the database: leave the texts out.") }
        guard !remove else { return }
        if model == nil { throw ValidationError("Name a model, by name or folder.") }
        if !all { try texts.requireTexts() }
    }

    /// Labels the database's documents and says so.
    func label(
        by model: LabellingModel, threshold: Double?, configuration: Database.Configuration, output: OutputOptions
    ) async throws {
        let options = LabellingOptions(field: field, threshold: threshold, filter: try filter.filter())
        let progress = output.talk.progressLine()
        let summary = try await ResumableWork.run(progress) { [path = store.path] in
            try await StoreOptions.withDatabase(at: path, .readWrite, configuration: configuration) {
                try await output.talk.warn(of: options.filter, in: $0)
                return try await $0.label(by: model, options, progress: ProgressLine.handler(for: progress))
            }
        }
        if summary.truncated > 0 {
            output.talk.notes([
                "\(Figures.count(summary.truncated, "passage")) \(summary.truncated == 1 ? "was" : "were") longer than the model reads; the end was left out"
            ])
        }
        if output.json { return try StandardOutput.printJSON(summary) }
        if output.talk.quiet { return }
        try StandardOutput.print(lines(for: summary, threshold: threshold))
    }

    private func lines(for summary: LabellingSummary, threshold: Double?) -> [String] {
        var parts = ["\(Figures.count(summary.labelled, "document")) labelled"]
        if summary.abstained > 0 { parts.append("\(Figures.whole(summary.abstained)) without a label") }
        if summary.hidden > 0 {
            parts.append("\(Figures.whole(summary.hidden)) left alone for a field \(summary.field) of their own")
        }
        if summary.unchanged > 0 { parts.append("\(Figures.whole(summary.unchanged)) not to be read") }
        let time = Figures.duration(milliseconds: summary.elapsedMilliseconds)
        var lines = ["\(store.path), \(summary.field) by \(summary.model): \(parts.joined(separator: ", ")) in \(time)"]
        let most = LabelFigures.line(summary.labels)
        if !most.isEmpty { lines.append(most) }
        return lines
    }

    /// Deletes the labels of a field.
    func removeLabels(of standard: String, output: OutputOptions) async throws {
        let name = field ?? standard
        let found = try await store.withDatabase(.readWrite) { try await $0.removeLabels(name) }
        guard found else {
            throw AkinError(.notFound, "\(store.path) has no labels in a field \(name): run 'akin info' to see them.")
        }
        if output.json { return try StandardOutput.printJSON(["removed": name]) }
        if !output.talk.quiet {
            try StandardOutput.print(["\(store.path): the labels \(String(DisplayText.oneLine(name))) are deleted"])
        }
    }
}

/// Labels with their counts on a line.
enum LabelFigures {
    private static let most = 8

    static func line(_ labels: [LabelCount]) -> String {
        let parts = labels.prefix(most).map {
            "\(String(DisplayText.oneLine($0.label))) \(Figures.whole($0.count))"
        }
        return parts.joined(separator: ", ") + (labels.count > most ? ", …" : "")
    }
}
