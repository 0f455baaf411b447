import AkinCore
import AkinStore
import AkinText
import Foundation

extension Database {
    /// Results that are judged for each query.
    private static let evaluationDepth = 100

    /// Measures the search quality of each mode by given judgements: of documents, of the passages shown, or of both.
    /// The mode `words` is left out where the store has no word vectors, and `semantic` and `hybrid` where its vectors
    /// were imported.
    ///
    /// A judged document may be named by the end of its id, behind a slash, where one document has that.
    ///
    /// - Parameters:
    ///   - queries: A file of JSON lines `{"id", "text"}`. Their own members `answer` or `answers`, and `document`, are
    ///     judgements of passages too.
    ///   - judgements: A file of judged documents: TREC qrels, or tab-separated query, document and relevance under a
    ///     header line; nil where the answers name the documents.
    ///   - answers: A file of judged passages: tab-separated query, document and answering words, or JSON lines with
    ///     `query`, `document` and `answer`, `start` and `end`, or `lines`. A passage is right where the first 1,000
    ///     characters that are shown hold the words, or share half of the range or lines.
    ///   - modes: What is measured of the modes that the store has; nil for all.
    ///   - rerank: How a cross-encoder ranks the best results of each mode again; nil for not at all.
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read; `.invalidData` with the place of a line that
    ///   makes no sense.
    /// - Complexity: a search for each question and mode, and another one where passages are judged.
    public func evaluate(
        queries: String, judgements: String?, answers: String? = nil, modes: Set<SearchMode>? = nil,
        rerank: Reranking? = nil, progress: ProgressHandler? = nil
    ) async throws -> EvaluationReport {
        try await offload { [self] in
            try evaluateNow(
                try Judgements(queries: queries, judgements: judgements, answers: answers), modes, rerank,
                progress: progress)
        }
    }

    /// Indexes a corpus into a temporary store, with word vectors beside the model's, measures, and deletes the store.
    public static func evaluate(
        corpus: String, queries: String, judgements: String?, answers: String? = nil,
        configuration: Database.Configuration = Database.Configuration(),
        options: IndexingOptions = IndexingOptions(), modes: Set<SearchMode>? = nil, rerank: Reranking? = nil,
        progress: ProgressHandler? = nil
    ) async throws -> EvaluationReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-eval-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let judged = try Judgements(queries: queries, judgements: judgements, answers: answers)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await open(
            at: folder.appending(path: "eval.db").path, mode: .create, configuration: configuration)
        let indexed = try await database.indexJudged(corpus, options: options, progress: progress)
        var report = try await offload {
            if try database.store.read({ try database.wordSpace($0) }) == nil {
                try database.adoptWords(serveSemantic: false, progress: progress)
            }
            return try database.evaluateNow(judged, modes, rerank, progress: progress)
        }
        try await database.close()
        report.skipped = indexed.problemCount
        return report
    }

    private func evaluateNow(
        _ given: Judgements, _ wanted: Set<SearchMode>?, _ rerank: Reranking?, progress: ProgressHandler?
    ) throws -> EvaluationReport {
        var judged = given
        let (documents, words, active) = try store.read {
            (try $0.documentCount(), try wordSpace($0), try activeSpace($0))
        }
        let unknown = try store.read { try judged.resolveDocuments($0) }
        let modes = SearchMode.allCases.filter { mode in
            guard wanted?.contains(mode) ?? true else { return false }
            return switch mode {
            case .keyword: true
            case .words: words != nil
            case .semantic, .hybrid: active?.isImported != true
            }
        }
        guard !modes.isEmpty else {
            throw AkinError(.incompatible, "The database has not what the modes need that are to be measured.")
        }
        let asked = judged.queries.map { query in
            let relevance = judged.relevance[query.id] ?? [:]
            return AskedQuestion(
                query.id, query.text, relevance: relevance,
                judge: PassageJudge(judged.passages[query.id] ?? [], relevance: relevance))
        }
        var questions = asked.map { QuestionEvaluation(id: $0.id, text: $0.text) }
        for (position, mode) in modes.enumerated() {
            for (index, question) in asked.enumerated() {
                try CancellationFlag.check()
                if question.hasRelevant {
                    questions[index].documents = questions[index].documents ?? [:]
                    questions[index].documents?[mode] = try documentOutcome(question, mode, rerank)
                }
                if !question.judge.isEmpty {
                    questions[index].passages = questions[index].passages ?? [:]
                    questions[index].passages?[mode] = question.judge.outcome(
                        try searchNow(SearchRequest(question.text, mode: mode, literal: true, rerank: rerank)).results)
                }
                progress?(
                    WorkProgress(
                        phase: .asking, completed: Double(position * asked.count + index + 1),
                        total: Double(modes.count * asked.count), unit: .queries, documents: 0))
            }
        }
        var report = EvaluationReport(
            questions, isGraded: asked.contains(where: \.judge.isGraded), documents: documents,
            encoder: active?.encoderName ?? "")
        report.unknownDocuments = unknown
        report.rerank = try rerank.map { EvaluationReport.Reranked(by: try reranker(named: $0.model).name, $0) }
        return report
    }

    private func documentOutcome(
        _ question: AskedQuestion, _ mode: SearchMode, _ rerank: Reranking?
    ) throws -> QuestionOutcome {
        let request = SearchRequest(
            question.text, count: Self.evaluationDepth, mode: mode, literal: true, context: .passage, rerank: rerank)
        let ranking = RetrievalMeasures(
            ranking: try searchNow(request).results.map(\.id), judged: question.relevance)
        return QuestionOutcome(
            rank: ranking.firstRelevant,
            measures: [
                .nDCG10: ranking.nDCG(at: 10), .recall10: ranking.recall(at: 10),
                .recall100: ranking.recall(at: 100), .mrr10: ranking.reciprocalRank(at: 10),
                .map: ranking.averagePrecision(at: 100),
            ])
    }
}

/// A question with what is known of its answers.
private struct AskedQuestion {
    let id: String
    let text: String
    let relevance: [String: Double]
    let judge: PassageJudge

    init(_ id: String, _ text: String, relevance: [String: Double], judge: PassageJudge) {
        (self.id, self.text, self.relevance, self.judge) = (id, text, relevance, judge)
    }

    var hasRelevant: Bool { relevance.values.contains { $0 > 0 } }
}

extension EvaluationReport {
    /// The means over questions, with their intervals.
    ///
    /// - Parameter isGraded: whether some passages answer better than others.
    fileprivate init(_ questions: [QuestionEvaluation], isGraded: Bool, documents: Int, encoder: String) {
        let measured = questions.compactMap(\.documents)
        let passages = questions.compactMap(\.passages)
        self.init(modes: [:], documents: documents, queries: measured.count, encoder: encoder)
        passageQueries = passages.count
        self.questions = questions.sorted { $0.id < $1.id }
        for mode in SearchMode.allCases where measured.contains(where: { $0[mode] != nil }) {
            let (means, intervals) = Self.means(measured, mode, EvaluationMeasure.ofDocuments)
            modes[mode] = RetrievalQuality(means)
            self.intervals[mode] = intervals
        }
        for mode in SearchMode.allCases where passages.contains(where: { $0[mode] != nil }) {
            let measures = EvaluationMeasure.ofPassages.filter { isGraded || $0 != .nDCG10 }
            let (means, intervals) = Self.means(passages, mode, measures)
            self.passages = (self.passages ?? [:]).merging([mode: means]) { $1 }
            passageIntervals = (passageIntervals ?? [:]).merging([mode: intervals]) { $1 }
        }
    }

    private static func means(
        _ outcomes: [[SearchMode: QuestionOutcome]], _ mode: SearchMode, _ measures: [EvaluationMeasure]
    ) -> (means: [EvaluationMeasure: Double], intervals: [EvaluationMeasure: ClosedRange<Double>]) {
        var means: [EvaluationMeasure: Double] = [:]
        var intervals: [EvaluationMeasure: ClosedRange<Double>] = [:]
        for measure in measures {
            let values = outcomes.compactMap { $0[mode]?.measures[measure] }
            means[measure] = values.reduce(0, +) / Double(max(1, values.count))
            intervals[measure] = ConfidenceInterval.of(measure, values)
        }
        return (means, intervals)
    }
}

extension RetrievalQuality {
    fileprivate init(_ means: [EvaluationMeasure: Double]) {
        self.init(
            nDCG10: means[.nDCG10] ?? 0, recall10: means[.recall10] ?? 0, recall100: means[.recall100] ?? 0,
            mrr10: means[.mrr10] ?? 0, map: means[.map] ?? 0)
    }
}
