import Akin
import AkinCore
import ArgumentParser
import Foundation

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure search quality on your own judgements.",
        discussion: """
            Queries are JSON lines {"id", "text"}; judgements are TREC lines (query 0 document relevance) or tab-separated query, document \
            and relevance under a header line. With --corpus the texts are indexed into a temporary database first.

              akin eval --queries q.jsonl --qrels r.tsv
              akin eval --corpus c.jsonl --queries q.jsonl --qrels r.tsv --json

            nDCG has gain 2^relevance - 1 and discount log2(rank + 1); queries without a relevant document are left out.
            """)

    @Option(help: ArgumentHelp("The queries (- is standard input).", valueName: "file"), completion: .file())
    var queries: String

    @Option(help: ArgumentHelp("The judgements (- is standard input).", valueName: "file"), completion: .file())
    var qrels: String

    @Option(
        help: ArgumentHelp("Index these texts into a temporary database instead of using --db.", valueName: "file"),
        completion: .file())
    var corpus: String?

    @OptionGroup(title: "Records of --corpus") var records: RecordOptions
    @OptionGroup(title: "Encoder") var family: EncoderFamilyOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let configuration = encoding.configuration(family: family)
        let report: EvaluationReport
        if let corpus {
            report = try await Database.evaluate(
                corpus: corpus, queries: queries, judgements: qrels, configuration: configuration,
                options: records.options(),
                progress: handler)
        } else {
            report = try await store.withDatabase(.readOnly, configuration: configuration) {
                try await $0.evaluate(queries: queries, judgements: qrels, progress: handler)
            }
        }
        progress?.finish()
        if report.skipped > 0 {
            let (records, are) = (Figures.count(report.skipped, "record"), report.skipped == 1 ? "is" : "are")
            StandardError.line("\(records) of the corpus could not be read and \(are) left out")
        }
        if output.json { return try StandardOutput.printJSON(report) }
        try StandardOutput.print(lines(for: report))
    }

    private func lines(for report: EvaluationReport) -> [String] {
        var table = TextTable(header: ["mode", "nDCG@10", "recall@10", "recall@100", "MRR@10", "MAP"])
        for mode in SearchMode.allCases {
            guard let quality = report.modes[mode] else { continue }
            let figures = [quality.nDCG10, quality.recall10, quality.recall100, quality.mrr10, quality.map]
            table.add([mode.rawValue] + figures.map { Figures.decimal($0, 3) })
        }
        let size =
            "\(Figures.count(report.documents, "document")), \(Figures.whole(report.queries)) judged queries, encoder \(report.encoder)"
        return [size, ""] + table.lines(style: TerminalStyle(.output))
    }
}
