import Akin
import AkinCore
import ArgumentParser
import Foundation

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store vectors made elsewhere: of images, of another encoder's texts, of anything.",
        discussion: """
            Files are NumPy arrays (npy: float32, float16, float64, int8, uint8), fvecs, bvecs, or JSON lines \
            {"id", "vector", "text", "title", "metadata"}, of which only the vector is needed. Components are kept exactly, in the type \
            they come in (float64 is rounded to f32); the first import settles dimension, type and metric for the database.

              akin import images.npy --ids names.txt --metric l2
              akin import notes.jsonl
              akin search --vector-file query.npy
              akin search --vector '[0.1, -0.7, 0.2]' -k 3

            A record with a text, a title or metadata replaces the document with its id; a vector alone is added to \
            the existing document. Vectors that cannot be stored are reported and skipped; the exit status is then 65. \
            A file that is cut short, or not what it claims to be, is refused before anything is stored. An \
            interrupted import goes on when it is run again.
            """)

    @Argument(help: "The file of vectors; - is JSON lines on standard input.", completion: .file()) var path: String

    @Option(help: "The format of the file (default: found from its name).") var format: VectorFileFormat?

    @Option(
        help: ArgumentHelp("The ids of an array's rows, one a line (default: row numbers from 0).", valueName: "file"),
        completion: .file())
    var ids: String?

    @Option(
        help: ArgumentHelp("What goes before row numbers, so that those of several files differ.", valueName: "text"))
    var idPrefix = ""

    @Option(help: "How vectors are compared (default: the database's own, else cosine).") var metric: DistanceMetric?

    @Option(
        name: .customLong("type"),
        help:
            "How components are kept (default: the database's own, else the file's). f16 rounds; int8 and uint8 take whole numbers as they are."
    ) var element: VectorElement?

    @Option(help: "When a commit counts: on disk (full), or handed to the operating system (normal; faster).")
    var durability: Durability = .full

    @OptionGroup var work: WorkOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if ids != nil && !idPrefix.isEmpty { throw ValidationError("--ids names every row: leave --id-prefix out.") }
    }

    func run() async throws {
        let (path, format, ids, idPrefix) = (path, format, ids, idPrefix)
        let options = VectorImportOptions(metric: metric, element: element)
        let configuration = Database.Configuration(threads: work.threads, durability: durability)
        let progress = output.talk.progressLine()
        let summary = try await ResumableWork.run(progress) { [database = store.path] in
            // Checked before a database is made in vain.
            let file = try VectorFile(
                path: path, format: format, ids: ids, idPrefix: idPrefix, standardInput: .standardInput)
            return try await StoreOptions.withDatabase(at: database, .create, configuration: configuration) {
                try await $0.importVectors(
                    from: file, options: options, progress: ProgressLine.handler(for: progress))
            }
        }
        try report(summary)
    }

    private func report(_ summary: VectorImportSummary) throws {
        try output.report(summary, remarks: remarks(on: summary), lines: lines(for: summary))
        if summary.added + summary.updated + summary.unchanged == 0 {
            throw AkinError(.noInput, "There are no vectors in \(path), so nothing was imported.")
        }
    }

    private func remarks(on summary: VectorImportSummary) -> [Note] {
        guard summary.repeatedIDs > 0 else { return [] }
        var ids = summary.repeated.map { "'\(String(DisplayText.oneLine($0)))'" }
        if summary.repeatedIDs > ids.count { ids.append("…") }
        return [
            "\(Figures.count(summary.repeatedIDs, "id")) came more than once and the last vector was kept: \(ids.joined(separator: ", "))"
        ]
    }

    private func lines(for summary: VectorImportSummary) -> [String] {
        let changes = [
            (summary.added, "added"), (summary.updated, "updated"), (summary.unchanged, "unchanged"),
            (summary.problemCount, "skipped"),
        ].filter { $0.0 > 0 }.map { "\(Figures.whole($0.0)) \($0.1)" }
        let read = summary.added + summary.updated + summary.unchanged
        let speed = Figures.speed(read, "vectors", milliseconds: summary.elapsedMilliseconds)
        return [
            "\(store.path): \(changes.isEmpty ? "nothing to do" : changes.joined(separator: ", "))",
            "\(summary.dimension) dimensions, \(summary.elementType.rawValue), \(summary.metric.rawValue)"
                + " in \(Figures.duration(milliseconds: summary.elapsedMilliseconds))\(speed)",
        ]
    }
}
