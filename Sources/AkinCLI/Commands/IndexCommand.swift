import Akin
import AkinCore
import ArgumentParser
import Foundation

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read files, folders or standard input into the database.",
        discussion: """
            Folders are read with everything below them: text, markup, manual pages, JSON, JSON lines, CSV, TSV, source code, and \
            by the program akin-reader PDF, docx, odt, epub, pptx, xlsx, ods, mail (eml, mbox, Maildir), notebooks (ipynb), and what is \
            packed in zip, tar, gz, zst, xz and bz2. A folder becomes a collection that the database remembers with the options given \
            here, and a document's id is the collection's name and the path below it. Without PATH every collection is brought up to \
            date. What did not change is skipped, so running it again after a change, or after an interruption, only does what is left.

              akin index notes/ papers/
              akin index                         # bring all collections up to date
              akin index reviews.jsonl --text-field body --title-field subject
              zcat articles.jsonl.gz | akin index - --format jsonl
              akin index --prune                 # also delete what is gone
              akin index project/ --type docs --glob '!drafts/'
              akin index project/ --hidden --no-ignore
              akin index papers/ --convert 'ps=ps2ascii {}'

            Files that .gitignore, .ignore and .akinignore leave out, hidden and generated files are not read, as the summary says; a \
            file that is named itself always is. Texts that are not UTF-8 and declare no character set are read by a guess, which the \
            summary tells. Records that cannot be read are reported with file and line and skipped; the exit status is then 65.
            """)

    @Argument(
        help: "Files and folders; - is standard input (default: every collection).", completion: .file())
    var paths: [String] = []

    @OptionGroup(title: "Files") var files: FileSelectionOptions

    @OptionGroup(title: "Records") var records: RecordOptions

    @Flag(
        help:
            "Delete documents whose files are gone or left out now, or whose records are gone; what cannot be looked at is spared."
    )
    var prune = false

    @Option(help: "When a commit counts: on disk (full), or handed to the operating system (normal; faster).")
    var durability: Durability = .full

    @OptionGroup(title: "Encoder") var family: EncoderFamilyOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if paths.isEmpty, !(records.fields.isEmpty && files.isEmpty) {
            throw ValidationError(
                "The options for files and records need a PATH: a collection remembers them from the run that names its folder or file."
            )
        }
    }

    func run() async throws {
        let paths = paths
        // Checked before a database is made in vain.
        for path in paths where path != "-" && !FileManager.default.fileExists(atPath: path) {
            throw AkinError(.noInput, "\(path) does not exist: check the path.")
        }
        let input = paths.contains("-") ? FileHandle.standardInput : nil
        let options = records.options(prune: prune, selection: files.selection)
        var configuration = encoding.configuration(family: family, durability: durability)
        configuration.readers = records.readers
        let progress = output.talk.progressLine()
        let summary = try await ResumableWork.run(progress) { [path = store.path, configuration] in
            try await StoreOptions.withDatabase(
                at: path, paths.isEmpty ? .readWrite : .create, configuration: configuration
            ) {
                guard !paths.isEmpty else {
                    return try await $0.updateCollections(
                        options: options, progress: ProgressLine.handler(for: progress))
                }
                return try await $0.index(
                    paths: paths, standardInput: input, options: options,
                    progress: ProgressLine.handler(for: progress))
            }
        }
        try report(summary)
    }

    private func report(_ summary: IndexingSummary) throws {
        try output.report(summary, remarks: remarks(on: summary), lines: lines(for: summary))
        if !paths.isEmpty, summary.added + summary.updated + summary.unchanged + summary.pruned == 0 {
            throw AkinError(.noInput, "There is no text in \(paths.joined(separator: ", ")), so nothing was indexed.")
        }
    }

    private func remarks(on summary: IndexingSummary) -> [Note] {
        var remarks: [Note] = []
        for conflict in summary.conflicts.prefix(5) {
            remarks.append(Note(IndexCommand.sentence(of: conflict)))
        }
        if summary.conflictCount > 5 {
            remarks.append("\(Figures.count(summary.conflictCount - 5, "more id")) came from two places each")
        }
        if summary.gone + summary.leftOut > 0 {
            let parts = [(summary.gone, "gone"), (summary.leftOut, "left out now")].filter { $0.0 > 0 }
            remarks.append(
                "files of documents are not there any more: \(parts.map { "\(Figures.whole($0.0)) \($0.1)" }.joined(separator: ", ")); akin index --prune deletes such documents"
            )
        }
        if summary.repeatedIDs > summary.conflictCount {
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

    private static func sentence(of conflict: IDConflict) -> String {
        func place(_ source: String) -> String {
            source.isEmpty ? "a document that was put" : String(DisplayText.oneLine(source.sourceForPeople))
        }
        return
            "the id '\(String(DisplayText.oneLine(conflict.id)))' comes from \(place(conflict.replaced)) and from \(place(conflict.kept)); the last was kept"
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
        let lines = [
            "\(store.path): \(changes.isEmpty ? "nothing to do" : changes.joined(separator: ", "))",
            "\(Figures.count(summary.passages, "passage")), \(Figures.count(summary.tokens, "token"))"
                + " in \(Figures.duration(milliseconds: summary.elapsedMilliseconds))\(speed), encoder \(summary.encoder)",
        ]
        let sentences = [summary.guessed.sentence, summary.notRead.sentence].compactMap { $0 }
        return lines + sentences.map { String(DisplayText.oneLine($0)) }
    }
}
