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

            --answers judges passages: tab-separated query, document (may be empty) and words that answer, or JSON lines {"query", \
            "document", "answer"}; with "start" and "end", or "lines", in place of the answer it names a place. Queries may have an "answer" \
            of their own. A passage is right where its first 1,000 characters hold the words, whatever their case, punctuation and articles, or half of the place.

              akin eval --queries q.jsonl --answers a.tsv --ranks

            --compare tells what a change did, question by question: against another database, an evaluation that --json saved, or one of the modes. \
            p is of a paired randomisation test.

              akin eval --queries q.jsonl --qrels r.tsv --json > before.json
              akin eval --queries q.jsonl --qrels r.tsv --compare before.json
              akin eval --queries q.jsonl --qrels r.tsv --compare semantic

            --rerank measures answers whose best results a cross-encoder ranks again, and --compare unreranked what that gains. It is \
            dear: --mode leaves out the modes that are not asked for.

              akin eval --queries q.jsonl --qrels r.tsv --mode hybrid --rerank models/judge
              akin eval --queries q.jsonl --qrels r.tsv --rerank judge --compare unreranked

            With --classify the labels that a classifier gives the documents are compared with those in the metadata field \
            --label-field: whether it still fits what comes in.

              akin eval --classify models/topics --label-field topic

            nDCG has gain 2^relevance - 1 and discount log2(rank + 1); queries without a relevant document are left out. Beside each figure \
            stands an interval that holds it for all queries like these with a probability of 95 %.
            """)

    @Option(help: ArgumentHelp("The queries (- is standard input).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(help: ArgumentHelp("The judgements (- is standard input).", valueName: "file"), completion: .file())
    var qrels: String?

    @Option(
        help: ArgumentHelp("What answering passages hold (- is standard input).", valueName: "file"),
        completion: .file())
    var answers: String?

    @Flag(help: "Also print each query's rank of the first right document and passage, by mode.")
    var ranks = false

    @Option(help: ArgumentHelp("Measure this mode, not all; repeatable.", valueName: "mode"))
    var mode: [SearchMode] = []

    @Option(
        help: ArgumentHelp(
            "Compare with another database, a saved evaluation, a mode, or unreranked.", valueName: "file|mode"),
        completion: .file())
    var compare: EvaluationBaseline?

    @Option(
        help: ArgumentHelp("Compare a classifier's labels, by name or folder.", valueName: "model"),
        completion: .directory)
    var classify: String?

    @Option(help: ArgumentHelp("With --classify: the metadata field of the labels.", valueName: "name"))
    var labelField: String?

    @OptionGroup(title: "Ranking again") var rerank: RerankOptions
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
            guard queries == nil, qrels == nil, corpus == nil, answers == nil, compare == nil, !ranks,
                mode.isEmpty, rerank.model == nil
            else {
                throw ValidationError("--classify goes without the options for queries and without --corpus.")
            }
            guard labelField != nil else {
                throw ValidationError("Name the metadata field of the labels with --label-field.")
            }
            return
        }
        guard queries != nil else { throw ValidationError("Give --queries and --qrels, or --classify.") }
        guard labelField == nil, filter.text == nil else {
            throw ValidationError("--label-field and --where go with --classify.")
        }
        if case .unreranked = compare, rerank.model == nil {
            throw ValidationError("--compare unreranked goes with --rerank MODEL.")
        }
    }

    func run() async throws {
        if let classify, let labelField { return try await compareLabels(by: classify, field: labelField) }
        guard let queries else { return }
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let configuration = encoding.configuration(family: family)
        let modes = mode.isEmpty ? nil : Set(mode)
        func evaluate(_ database: Database, _ rerank: Reranking?) async throws -> EvaluationReport {
            try await database.evaluate(
                queries: queries, judgements: qrels, answers: answers, modes: modes, rerank: rerank, progress: handler)
        }
        func evaluate(_ rerank: Reranking?) async throws -> EvaluationReport {
            guard let corpus else {
                return try await store.withDatabase(.readOnly, configuration: configuration) {
                    try await evaluate($0, rerank)
                }
            }
            return try await Database.evaluate(
                corpus: corpus, queries: queries, judgements: qrels, answers: answers, configuration: configuration,
                options: records.options(), modes: modes, rerank: rerank, progress: handler)
        }
        func refuseStandardInput() throws {
            guard ![queries, qrels, answers, corpus].contains("-") else {
                throw AkinError(
                    .invalidArgument, "Standard input is read once: give files where two evaluations are compared.")
            }
        }
        let reranking = rerank.reranking
        var report = try await evaluate(reranking)
        report.comparison = try await compare?.comparison(of: report) { path in
            try refuseStandardInput()
            return try await StoreOptions.withDatabase(at: path, .readOnly, configuration: configuration) {
                try await evaluate($0, reranking)
            }
        } unreranked: {
            try refuseStandardInput()
            return try await evaluate(nil)
        }
        progress?.finish()
        warn(of: report)
        if output.json { return try StandardOutput.printJSON(report) }
        try StandardOutput.print(EvaluationText(report).lines(ranks: ranks))
    }

    private func warn(of report: EvaluationReport) {
        if report.skipped > 0 {
            let (records, are) = (Figures.count(report.skipped, "record"), report.skipped == 1 ? "is" : "are")
            StandardError.line("\(records) of the corpus could not be read and \(are) left out")
        }
        if report.unknownDocuments > 0 {
            let count = report.unknownDocuments
            StandardError.line(
                "\(Figures.count(count, "judged document")) \(count == 1 ? "is" : "are") not in the database")
        }
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
