import Akin
import AkinCore
import AkinWire
import ArgumentParser
import Foundation

struct RerankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerank",
        abstract: "Put lines in the order of how well they answer a question.",
        discussion: """
            Passages are the lines of standard input, or JSON lines {"id", "text"}. A cross-encoder reads the question together with each of \
            them; they come out best first, each behind its score and a tab.

              grep -rh ferry notes/ | akin rerank --model models/judge "when does it go?"
              akin rerank --model models/judge -k 3 --json "who pays?" < passages.jsonl
              akin rerank --model models/judge --queries q.jsonl < passages.jsonl

            The model is a BERT, RoBERTa, XLM-R, MPNet or DistilBERT model for sequence classification with one label (ms-marco-MiniLM, \
            bge-reranker), or with two of which the second says that a passage answers; or what 'akin train pairs --cross-encoder' made. \
            What a score means depends on the model: mostly it is a probability.

            With --ms passages are scored in their order, as many as fit; the rest follows without a score ("-", in JSON null). --queries reads \
            JSON lines {"id", "text"}, ranks the same passages for each, and writes one JSON line for each.

            'akin search --rerank' ranks the results of a search again in the same way.
            """)

    @Argument(help: "The question, in words.")
    var question: [String] = []

    @Option(help: "The cross-encoder, by name or folder.", completion: .directory)
    var model: String

    @Option(
        name: .customShort("k"), parsing: .unconditional,
        help: ArgumentHelp("How many are printed (default: all).", valueName: "n"))
    var count: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only those with this score or a higher one.", valueName: "score"))
    var minScore: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Milliseconds for a question (default: no bound).", valueName: "n"))
    var ms: Int?

    @Option(
        help: ArgumentHelp("Rank for every question of a file of JSON lines.", valueName: "file"),
        completion: .file())
    var queries: String?

    @OptionGroup var options: TaskModelOptions
    @OptionGroup var output: OutputOptions

    private var asked: String { question.joined(separator: " ") }

    func validate() throws {
        if let count, count < 1 { throw ValidationError("-k must be 1 or more, not \(count).") }
        if let minScore, !minScore.isFinite { throw ValidationError("--min-score must be a number.") }
        if let ms, ms < 1 { throw ValidationError("--ms must be 1 or more, not \(ms).") }
        if queries == "-" { throw ValidationError("Standard input has the passages: give --queries a file.") }
        guard queries == nil || question.isEmpty else {
            throw ValidationError("Give a question or --queries FILE, not both.")
        }
        if queries == nil, asked.allSatisfy(\.isWhitespace) {
            throw ValidationError("There is no question: say what the passages are to answer, or give --queries FILE.")
        }
    }

    func run() async throws {
        let reranker = try await Reranker.load(model, configuration: options.configuration)
        var records = TextRecords(LineReader.standardInput())
        var passages: [TextRecord] = []
        while case let batch = try records.nextBatch(records: 4096), !batch.isEmpty { passages += batch }
        guard !passages.isEmpty else {
            throw AkinError(.noInput, "There are no passages on standard input: give one a line.")
        }
        let out = StandardOutput()
        var truncated = 0
        if let queries {
            var questions = TextRecords(try LineReader.file(queries), alwaysJSON: true)
            while case let batch = try questions.nextBatch(records: 256), !batch.isEmpty {
                for record in batch {
                    let ranking = try await rank(passages, record.text, by: reranker)
                    truncated += ranking.truncatedCount
                    try write(json: ranking, passages, question: record.text, id: record.id ?? .null, reranker, to: out)
                    try out.flush()
                }
            }
        } else {
            let ranking = try await rank(passages, asked, by: reranker)
            truncated = ranking.truncatedCount
            if output.json {
                try write(json: ranking, passages, question: asked, id: nil, reranker, to: out)
            } else {
                for found in shown(ranking) {
                    let score = found.score.map { Figures.decimal($0, 4) } ?? "-"
                    try out.line("\(score)\t\(passages[found.index].text)")
                }
            }
            try out.flush()
        }
        if truncated > 0 {
            output.talk.notes([
                "\(Figures.count(truncated, "pair")) \(truncated == 1 ? "was" : "were") longer than the model reads; the end was left out"
            ])
        }
    }

    private func rank(_ passages: [TextRecord], _ question: String, by reranker: Reranker) async throws
        -> Reranker.Ranking
    {
        try await reranker.rank(passages.map(\.text), for: question, within: ms.map { .milliseconds($0) })
    }

    /// The passages that are printed.
    private func shown(_ ranking: Reranker.Ranking) -> [Reranker.Ranking.Passage] {
        let passing = minScore.map { least in ranking.passages.filter { $0.score ?? -.infinity >= least } }
        return Array((passing ?? ranking.passages).prefix(count ?? Int.max))
    }

    private func write(
        json ranking: Reranker.Ranking, _ passages: [TextRecord], question: String, id: JSONValue?,
        _ reranker: Reranker, to out: StandardOutput
    ) throws {
        var json = JSONWriter(escaping: .hidden)
        json.ranking(
            ranking, shown: shown(ranking), passages.map { ($0.id, $0.text) }, question: question, id: id,
            model: reranker.name)
        json.newline()
        try out.write(json.bytes)
    }
}
