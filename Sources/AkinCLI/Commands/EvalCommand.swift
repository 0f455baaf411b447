import Akin
import AkinCore
import ArgumentParser
import Foundation

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure search quality, or a classifier, on your own judgements.",
        discussion: """
            Queries are JSON lines {"id", "text"}; judgements are TREC lines (query 0 document relevance) or tab-separated query, document \
            and relevance under a header line. With --corpus the texts are indexed into a temporary database first.

              akin eval --queries q.jsonl --qrels r.tsv
              akin eval --corpus c.jsonl --queries q.jsonl --qrels r.tsv --json

            With --classify the labels that a classifier gives the documents are compared with those in the metadata field \
            --label-field: whether it still fits what comes in.

              akin eval --classify models/topics --label-field topic

            nDCG has gain 2^relevance - 1 and discount log2(rank + 1); queries without a relevant document are left out.
            """)

    @Option(help: ArgumentHelp("The queries (- is standard input).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(help: ArgumentHelp("The judgements (- is standard input).", valueName: "file"), completion: .file())
    var qrels: String?

    @Option(
        help: ArgumentHelp("Compare a classifier's labels, by name or folder.", valueName: "model"),
        completion: .directory)
    var classify: String?

    @Option(help: ArgumentHelp("With --classify: the metadata field of the labels.", valueName: "name"))
    var labelField: String?

    @OptionGroup var filter: FilterOptions

    @Option(
        help: ArgumentHelp("Index these texts into a temporary database instead of using --db.", valueName: "file"),
        completion: .file())
    var corpus: String?

    @OptionGroup(title: "Records of --corpus") var records: RecordOptions
    @OptionGroup(title: "Encoder") var family: EncoderFamilyOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if classify != nil {
            guard queries == nil, qrels == nil, corpus == nil else {
                throw ValidationError("--classify goes without --queries, --qrels and --corpus.")
            }
            guard labelField != nil else {
                throw ValidationError("Name the metadata field of the labels with --label-field.")
            }
            return
        }
        guard queries != nil, qrels != nil else {
            throw ValidationError("Give --queries and --qrels, or --classify.")
        }
        guard labelField == nil, filter.text == nil else {
            throw ValidationError("--label-field and --where go with --classify.")
        }
    }

    func run() async throws {
        if let classify, let labelField { return try await compareLabels(by: classify, field: labelField) }
        guard let queries, let qrels else { return }
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

    private func compareLabels(by model: String, field: String) async throws {
        let documents = try filter.filter()
        let progress = output.talk.progressLine()
        let configuration = encoding.configuration(family: family)
        let evaluation = try await ResumableWork.run(progress) { [path = store.path] in
            try await StoreOptions.withDatabase(at: path, .readOnly, configuration: configuration) {
                try await $0.evaluateLabels(
                    by: .classifier(model), field: field, where: documents,
                    progress: ProgressLine.handler(for: progress))
            }
        }
        if output.json { return try StandardOutput.printJSON(evaluation) }
        try StandardOutput.print(LabelEvaluationText(evaluation).lines)
    }
}
