import AkinCore
import AkinStore
import AkinText
import Foundation

extension Database {
    /// Results that are judged for each query.
    private static let evaluationDepth = 100

    /// Measures the search quality of each mode by given judgements. The mode `words` is left out where the store has
    /// no word vectors, and `semantic` and `hybrid` where its vectors were imported.
    public func evaluate(queries: String, judgements: String, progress: ProgressHandler? = nil) async throws
        -> EvaluationReport
    {
        try await offload { [self] in
            try evaluateNow(try Judgements(queries: queries, judgements: judgements), progress: progress)
        }
    }

    /// Indexes a corpus into a temporary store, with word vectors beside the model's, measures, and deletes the store.
    public static func evaluate(
        corpus: String, queries: String, judgements: String,
        configuration: Database.Configuration = Database.Configuration(),
        options: IndexingOptions = IndexingOptions(), progress: ProgressHandler? = nil
    ) async throws -> EvaluationReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-eval-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let judged = try Judgements(queries: queries, judgements: judgements)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await open(
            at: folder.appending(path: "eval.db").path, mode: .create, configuration: configuration)
        let indexed = try await database.indexJudged(corpus, options: options, progress: progress)
        var report = try await offload {
            if try database.store.read({ try database.wordSpace($0) }) == nil {
                try database.adoptWords(serveSemantic: false, progress: progress)
            }
            return try database.evaluateNow(judged, progress: progress)
        }
        try await database.close()
        report.skipped = indexed.problemCount
        return report
    }

    private func evaluateNow(_ judged: Judgements, progress: ProgressHandler?) throws -> EvaluationReport {
        let (documents, words, active) = try store.read {
            (try $0.documentCount(), try wordSpace($0), try activeSpace($0))
        }
        let modes = SearchMode.allCases.filter { mode in
            switch mode {
            case .keyword: true
            case .words: words != nil
            case .semantic, .hybrid: active?.isImported != true
            }
        }
        var report = EvaluationReport(
            modes: [:], documents: documents, queries: judged.queries.count, encoder: active?.encoderName ?? "")
        for (position, mode) in modes.enumerated() {
            var measures: [RetrievalMeasures] = []
            for (index, query) in judged.queries.enumerated() {
                try CancellationFlag.check()
                let response = try searchNow(
                    SearchRequest(query.text, count: Self.evaluationDepth, mode: mode, literal: true))
                measures.append(
                    RetrievalMeasures(ranking: response.results.map(\.id), judged: judged.relevance[query.id] ?? [:]))
                progress?(
                    WorkProgress(
                        phase: .asking, completed: Double(position * judged.queries.count + index + 1),
                        total: Double(modes.count * judged.queries.count), unit: .queries, documents: 0))
            }
            report.modes[mode] = RetrievalQuality(measures)
        }
        return report
    }
}

extension RetrievalQuality {
    init(_ measures: [RetrievalMeasures]) {
        func mean(_ value: (RetrievalMeasures) -> Double) -> Double {
            measures.reduce(0) { $0 + value($1) } / Double(max(1, measures.count))
        }
        self.init(
            nDCG10: mean { $0.nDCG(at: 10) }, recall10: mean { $0.recall(at: 10) },
            recall100: mean { $0.recall(at: 100) },
            mrr10: mean { $0.reciprocalRank(at: 10) }, map: mean { $0.averagePrecision(at: 100) })
    }
}
