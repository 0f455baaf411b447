import Akin
import AkinCore
import ArgumentParser
import Foundation

struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Group the documents by meaning and name the groups.",
        discussion: """
            Every run is kept: list and show work with past runs, and documents indexed later join the clusters of the newest. --report \
            writes a run as a page with a map, a text, a table of assignments or JSON, by the file's ending (.html, .md, .csv, .json).

              akin cluster
              akin cluster -k 12 --report topics.html
              akin cluster --where 'lang = "en" and year >= 2020'
              akin cluster --compare spring --report changes.html
              akin cluster rename 4 "Late deliveries"
              akin search "where is my parcel" --cluster "late deliveries"

            Labels that you give stay with a cluster from run to run.
            """,
        subcommands: [List.self, Show.self, Rename.self, Delete.self])

    @Option(
        name: .customShort("k"), parsing: .unconditional,
        help: ArgumentHelp("How many clusters; auto lets the data decide.", valueName: "n|auto"))
    var count: ClusterCount = .auto

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The seed of the random start, from 0: the same seed gives the same clusters (default: 42).", valueName: "n"
        ))
    var seed: UInt64?

    @Option(help: "What is grouped: whole documents or their passages.")
    var unit: ClusterUnit = .document

    @Option(
        help: ArgumentHelp(
            "Also report what changed since an earlier run: which clusters grew, shrank, moved, came and went.",
            valueName: "run"))
    var compare: String?

    @Option(
        help: ArgumentHelp(
            "The field of the metadata that holds the documents' dates (default: date, published, year and the like).",
            valueName: "field"))
    var dateField: String?

    @OptionGroup var scope: FilterOptions
    @OptionGroup var work: WorkOptions

    @OptionGroup var report: ReportOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    /// For `list`, `show` and `rename`, which take no options of a new clustering; only `show` takes a report.
    func refuseClusteringOptions(allowingReport: Bool = false) throws {
        if (compare != nil && !allowingReport) || dateField != nil {
            throw ValidationError("--compare and --date-field are for a new clustering, and --compare for show.")
        }
        if report.path != nil && !allowingReport {
            throw ValidationError("--report is for a new clustering and for show.")
        }
        guard count.value == nil, seed == nil, unit == .document, scope.text == nil, work.threads == nil else {
            throw ValidationError(
                "-k, --seed, --unit, --where and --threads are for a new clustering, not for list, show or rename.")
        }
    }

    func run() async throws {
        let filter = try scope.filter()
        try report.checkFolder()
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let outcome = try await store.withDatabase(
            .readWrite, configuration: Database.Configuration(threads: work.threads)
        ) {
            database in
            try await output.talk.warn(of: filter, in: database)
            return try await database.cluster(
                ClusteringOptions(
                    count: count.value, seed: seed ?? ClusteringOptions().seed, unit: unit, filter: filter,
                    compareTo: compare, dateField: dateField
                ),
                progress: ProgressLine.handler(for: progress))
        }
        progress?.finish()
        try report.deliver(outcome, output: output)
    }
}

/// The value of `-k`: a number or `auto`.
enum ClusterCount: ExpressibleByArgument {
    case auto
    case fixed(Int)

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
        } else if let count = Int(argument), count >= 1 {
            self = .fixed(count)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .auto: "auto"
        case .fixed(let count): String(count)
        }
    }

    var value: Int? {
        if case .fixed(let count) = self { count } else { nil }
    }
}

/// The file of a cluster report, beside the table on the screen.
struct ReportOptions: ParsableArguments {
    private static let formats: [String: ReportFormat] = [
        "html": .html, "htm": .html, "md": .markdown, "markdown": .markdown, "json": .json, "csv": .csv,
    ]

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("Also write a report: .html, .md, .json or .csv.", valueName: "file"),
        completion: .file())
    var path: String?

    func validate() throws {
        guard let path, format == nil else { return }
        throw ValidationError("--report \(path): the file's name must end in .html, .md, .json or .csv.")
    }

    /// Refuses a path that cannot be written, before any work is done.
    func checkFolder() throws {
        guard let path else { return }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw AkinError(.cannotCreate, "\(path): the folder \(folder) does not exist or cannot be written.")
        }
        try OutputFile.requireReplaceable(path)
    }

    /// Writes the report file, then prints the table, or JSON with `--json`.
    func deliver(_ outcome: ClusterOutcome, output: OutputOptions) throws {
        output.talk.notes(outcome.notes)
        if let path, let format {
            let page = try outcome.rendered(as: format, width: 100, color: false)
            do {
                try page.write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw AkinError(.cannotCreate, "\(path): the report cannot be written.", cause: error)
            }
        }
        if output.json {
            try StandardOutput.print(json: try outcome.rendered(as: .json, width: 0, color: false))
        } else {
            let page = try outcome.rendered(
                as: .terminal, width: Terminal.width(.output), color: Terminal.usesStyles(.output))
            let lines = String(decoding: page, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
            try StandardOutput.print(lines.dropLast())
        }
        if let path, !output.talk.quiet { StandardError.line("report written to \(path)") }
    }

    private var format: ReportFormat? {
        path.flatMap { ReportOptions.formats[URL(fileURLWithPath: $0).pathExtension.lowercased()] }
    }
}
