import Akin
import AkinCore
import ArgumentParser

struct AdaptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapt",
        abstract: "Learn from questions and their answers how to search better.",
        discussion: """
            Learns a matrix that changes the vectors of questions. Texts keep their vectors, and questions cost no more. It is kept only \
            if hybrid search, which is the default, surely gains from it on questions it had not learnt from (nDCG@10; the lower end of the \
            80 % interval is above 0). --undo removes it, and search is as it was.

              akin adapt --queries q.jsonl --qrels r.tsv
              akin adapt --clicks clicks.jsonl --dry-run
              akin adapt
              akin adapt --undo

            Queries and judgements are the files of 'akin eval'. Clicks are JSON lines {"question", "document", "value"}, the value 1 or -1. \
            With neither, the titles of the documents are the questions and their texts the answers, which teaches less than real \
            questions. At least 20 questions are needed; some hundreds are better.
            """)

    @Option(help: ArgumentHelp("The queries (- is standard input).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(
        name: [.customLong("qrels"), .customLong("judgements")],
        help: ArgumentHelp("The judgements (- is standard input).", valueName: "file"), completion: .file())
    var qrels: String?

    @Option(
        help: ArgumentHelp("Documents that users chose or refused (- is standard input).", valueName: "file"),
        completion: .file())
    var clicks: String?

    @Flag(help: "Measure, and change nothing.")
    var dryRun = false

    @Flag(help: "Remove what was learnt.")
    var undo = false

    @OptionGroup var work: WorkOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (queries == nil) == (qrels == nil) else {
            throw ValidationError("Give --queries and --qrels together.")
        }
        guard clicks == nil || queries == nil else {
            throw ValidationError("Give judgements or --clicks, not both.")
        }
        if undo && (queries != nil || clicks != nil || dryRun) {
            throw ValidationError("--undo removes what was learnt and takes no examples.")
        }
    }

    func run() async throws {
        if undo { return try await removeAdaptation() }
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let report = try await Signals.runInterruptibly {
            [examples, dryRun, path = store.path, threads = work.threads] in
            try await StoreOptions.withDatabase(
                at: path, dryRun ? .readOnly : .readWrite, configuration: Database.Configuration(threads: threads)
            ) {
                try await $0.adapt(from: examples, dryRun: dryRun, progress: handler)
            }
        }
        progress?.finish()
        if output.json { return try StandardOutput.printJSON(report) }
        try StandardOutput.print(lines(for: report))
    }

    private var examples: AdaptationExamples {
        if let clicks { return .clicks(clicks) }
        guard let queries, let qrels else { return .titles }
        return .judgements(queries: queries, judgements: qrels)
    }

    private func removeAdaptation() async throws {
        let removed = try await store.withDatabase(.readWrite) { try await $0.removeAdaptation() }
        if output.json { return try StandardOutput.printJSON(["removed": removed]) }
        if output.talk.quiet { return }
        try StandardOutput.print([
            removed ? "the adapter is removed: search is as it was before" : "search is not adapted: nothing to remove"
        ])
    }

    private func lines(for report: AdaptationReport) -> [String] {
        var table = TextTable(header: ["nDCG@10", "before", "after", "gain", "80 % interval"])
        for (mode, row) in [(SearchMode.hybrid, report.hybrid), (.semantic, report.semantic)] {
            table.add([
                mode.rawValue, Figures.decimal(row.before, 3), Figures.decimal(row.after, 3), signed(row.gain),
                "\(signed(row.lower)) to \(signed(row.upper))",
            ])
        }
        var summary =
            "\(Figures.count(report.questions, "question")) (\(report.source.rawValue)), each asked with adapters learnt from others"
        if report.unusedQuestions > 0 {
            summary += "; \(Figures.whole(report.unusedQuestions)) without an answer left out"
        }
        if report.unknownDocuments > 0 {
            summary += "; \(Figures.count(report.unknownDocuments, "document")) not in the database"
        }
        return [summary, ""] + table.lines(style: TerminalStyle(.output)) + ["", decision(of: report)]
    }

    private func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + Figures.decimal(value, 3) }

    private func decision(of report: AdaptationReport) -> String {
        switch report.decision {
        case .adopted: "adopted: search is adapted from now on ('akin adapt --undo' removes it)"
        case .wouldAdopt: "it would be adopted; nothing was changed (--dry-run)"
        case .noGain: "not adopted: hybrid search does not surely gain; nothing was changed"
        case .presentKept:
            "not adopted: the present adapter does as well on these questions (\(Figures.decimal(report.present ?? 0, 3))); nothing was changed"
        }
    }
}
