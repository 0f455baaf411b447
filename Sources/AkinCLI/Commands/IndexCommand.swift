import Akin
import AkinCore
import ArgumentParser
import Foundation

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read files, folders or standard input into the database.",
        discussion: """
            Folders are read with everything below them: text, markup, manual pages, JSON, JSON lines, CSV, TSV and source code. Documents \
            that did not change are skipped, so running it again after a change, or after an interruption, only does what is left.

              akin index notes/ papers/
              akin index reviews.jsonl --text-field body --title-field subject
              zcat articles.jsonl.gz | akin index - --format jsonl
              akin index notes/ --prune          # also delete what is gone from notes/

            Records that cannot be read are reported with file and line and skipped; the exit status is then 65.
            """)

    @Argument(help: "Files and folders; - is standard input.", completion: .file())
    var paths: [String]

    @OptionGroup(title: "Records") var records: RecordOptions

    @Flag(
        help:
            "Delete documents whose files are gone from the folders named, or whose records from the files that are read."
    )
    var prune = false

    @Option(help: "When a commit counts: on disk (full), or handed to the operating system (normal; faster).")
    var durability: Durability = .full

    @OptionGroup(title: "Encoder") var family: EncoderFamilyOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let paths = paths
        // Checked before a database is made in vain.
        for path in paths where path != "-" && !FileManager.default.fileExists(atPath: path) {
            throw AkinError(.noInput, "\(path) does not exist: check the path.")
        }
        let input = paths.contains("-") ? FileHandle.standardInput : nil
        let options = records.options(prune: prune)
        let configuration = encoding.configuration(family: family, durability: durability)
        let progress = output.talk.progressLine()
        let summary = try await ResumableWork.run(progress) { [path = store.path] in
            try await StoreOptions.withDatabase(at: path, .create, configuration: configuration) {
                try await $0.index(
                    paths: paths, standardInput: input, options: options,
                    progress: ProgressLine.handler(for: progress))
            }
        }
        try report(summary)
    }

    private func report(_ summary: IndexingSummary) throws {
        try output.report(summary, remarks: remarks(on: summary), lines: lines(for: summary))
        if summary.added + summary.updated + summary.unchanged + summary.pruned == 0 {
            throw AkinError(.noInput, "There is no text in \(paths.joined(separator: ", ")), so nothing was indexed.")
        }
    }

    private func remarks(on summary: IndexingSummary) -> [Note] {
        var remarks: [Note] = []
        if summary.repeatedIDs > 0 {
            let kept = summary.repeatedIDs == 1 ? "its last text" : "the last text of each"
            var ids = summary.repeated.map { "'\(String(DisplayText.oneLine($0)))'" }
            if summary.repeatedIDs > ids.count { ids.append("…") }
            remarks.append(
                "\(Figures.count(summary.repeatedIDs, "id")) came more than once and \(kept) was kept: \(ids.joined(separator: ", "))"
            )
        }
        if summary.truncated > 0 {
            remarks.append(
                "\(Figures.count(summary.truncated, "passage")) went beyond what the encoder reads; the rest is found by its words only"
            )
        }
        if summary.mostlyUnknown > 0 {
            remarks.append(
                "the encoder does not know most words of \(Figures.count(summary.mostlyUnknown, "document")); is the text in its language?"
            )
        }
        return remarks
    }

    private func lines(for summary: IndexingSummary) -> [String] {
        var changes: [String] = []
        for (count, name) in [
            (summary.added, "added"), (summary.updated, "updated"), (summary.unchanged, "unchanged"),
            (summary.pruned, "deleted"),
            (summary.problemCount, "skipped"), (summary.labelled ?? 0, "labelled"),
        ] where count > 0 {
            changes.append("\(Figures.whole(count)) \(name)")
        }
        let written = summary.added + summary.updated
        let speed = Figures.speed(written, "documents", milliseconds: summary.elapsedMilliseconds)
        return [
            "\(store.path): \(changes.isEmpty ? "nothing to do" : changes.joined(separator: ", "))",
            "\(Figures.count(summary.passages, "passage")), \(Figures.count(summary.tokens, "token"))"
                + " in \(Figures.duration(milliseconds: summary.elapsedMilliseconds))\(speed), encoder \(summary.encoder)",
        ]
    }
}
