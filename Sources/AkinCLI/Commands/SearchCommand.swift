import Akin
import AkinCore
import AkinText
import AkinWire
import ArgumentParser
import Foundation

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find passages by meaning, by keywords, or both.",
        discussion: """
            Results are ranked by meaning and keywords together unless --mode says otherwise. Each says where its passage stands: \
            path:line, or page, and the headings above it. akin open N opens the N-th. Paths are links on a terminal (FORCE_HYPERLINK=0: not). --scores prints what ranks; scores of \
            different modes and queries cannot be compared.

              akin search "how do I stop a memory leak"
              akin search "invoice 4711" --mode keyword
              akin search "invoice 4711" -C 3         # with lines around each passage
              akin search "growth hormones" -k 50 --no-unique --json
              akin search "refund policy" --neighbours 1   # and the passages beside
              akin search "refund policy" --per-document 3 # three of each document
              akin search "refund policy" --diverse        # ten that differ
              akin search "refund policy" --mode semantic --min-score 0.4
              akin search "refund policy" --no-fold        # every copy of a page
              akin search "refund policy" --explain        # why each ranks there
              akin search "who pays?" --rerank models/judge --rerank-ms 300
              akin search "where is my parcel" --cluster "late deliveries"
              akin search --queries questions.jsonl > answers.jsonl
              akin search -- "-5 degrees"            # words that begin with a dash

            A question in plain words needs no syntax. Where it has some, that holds in every mode:

              akin search '"memory leak" java'       # only with this phrase
              akin search 'jaguar -car'              # none with this word
              akin search 'roll*'                    # rollover, rolling, rolled
              akin search 'title:boat engine'        # only with this in the title

            --queries reads JSON lines {"id", "text"} (- is standard input) and writes one JSON line of results for each, in the same order; \
            for a question that cannot be read, one with its "error", and the exit code is 65 at the end.

            A question may have its own vector, which imported vectors need; words given with it are searched for too:

              akin search --vector '[0.1, -0.7, 0.2]'
              akin search --vector-file questions.npy > answers.jsonl
              akin search "red dress" --vector-file photo.npy

            Of each passage the part is shown that holds most of the question's words, the rarest counting most. Passages with nearly \
            the same text are one result ("and 3 alike"). Where even the best result is far from the question, the answer begins with \
            "nothing fits well" (JSON: "fits": false).

            With --mode keyword, --sense ranks the first 50 passages again by the sense in which they use the question's words, so \
            that a bank of a river is not one that lends money. In other modes the model's vectors have words in their sense \
            already, and nothing changes:

              akin search "fishing from a river bank" --mode keyword --sense

            --rerank reads the question together with each of the 50 best passages by a cross-encoder, such as 'akin train pairs \
            --cross-encoder' makes, and puts them in the order of its scores. Those that --rerank-ms leaves no time for keep their \
            order behind them. --min-score is then one of these scores, which --scores shows.

            On a terminal the words of each passage that are nearest to the query in their context are bold beside the \
            query's own; --highlight prints them in JSON too.

            A file of one vector is answered as a question is, one of several by a JSON line for each.

            \(FilterOptions.guide)
            """)

    /// Queries that are answered in one call.
    private static let batchSize = 256

    @Argument(help: "What to look for, in your own words.")
    var query: [String] = []

    @Option(
        help:
            "Which evidence ranks: meaning and keywords (hybrid), meaning (semantic), keywords (keyword), or word vectors (words)."
    )
    var mode: SearchMode = .hybrid

    @Flag(inversion: .prefixedNo, help: "One result for each document (its best passage), or one for each passage.")
    var unique = true

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The most passages of one document, put together; -k then counts documents (default: 1).", valueName: "n"))
    var perDocument: Int?

    @Option(
        help: ArgumentHelp(
            "How hybrid mode joins its two lists: reciprocal ranks or a weighted sum of scores.",
            valueName: "rrf|weighted"))
    var fusion: FusionMethod?

    @Flag(
        help: "With --mode keyword, rank by the sense of words in passages too (the encoder reads 50).")
    var sense = false

    @Flag(
        inversion: .prefixedNo,
        help: "Find the words of each passage nearest to the query in context (default: on a terminal).")
    var highlight: Bool?

    @Option(
        name: [.customLong("neighbours"), .customLong("neighbors")], parsing: .unconditional,
        help: ArgumentHelp(
            "Show so many passages before and after each (default: in JSON, the sentences around it up to 1000 characters).",
            valueName: "n"))
    var neighbours: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only results with this score or a higher one; --scores shows them.", valueName: "score"))
    var minScore: Double?

    @Flag(
        inversion: .prefixedNo,
        help: "Passages with the same text, or nearly the same, are one result: \"and 3 alike\".")
    var fold = true

    @Flag(help: "Choose the first ten results to be unlike each other too.")
    var diverse = false

    @Flag(help: "Look for each word of the question as it stands: quotes, dashes, stars and title: mean nothing.")
    var literal = false

    @Flag(help: "Also print how the answer was found, and in hybrid mode why each result ranks where it does.")
    var explain = false

    @Option(help: ArgumentHelp("Answer every query of a file of JSON lines.", valueName: "file"), completion: .file())
    var queries: String?

    @Option(
        help: ArgumentHelp("Only members of a cluster of the newest run, by its number or label.", valueName: "name"))
    var cluster: String?

    @OptionGroup var scope: FilterOptions
    @OptionGroup(title: "Ranking again") var rerank: RerankOptions
    @OptionGroup(title: "Vectors") var vectors: VectorQueryOptions
    @OptionGroup var results: ResultOptions
    @OptionGroup var display: DisplayOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    /// Highlights are on by default up to this many results, on a terminal that can show them. More would take too
    /// long.
    private var highlightsByDefault: Bool {
        !output.json && queries == nil && results.count <= 10 && Terminal.usesStyles(.output)
    }

    private var question: String { query.joined(separator: " ") }

    func validate() throws {
        try display.validate(json: output.json || queries != nil)
        if let perDocument, perDocument < 1 {
            throw ValidationError("--per-document must be 1 or more, not \(perDocument).")
        }
        if let minScore, !minScore.isFinite { throw ValidationError("--min-score must be a number.") }
        if perDocument != nil, !unique { throw ValidationError("Give --per-document or --no-unique, not both.") }
        if let neighbours, !(0...PassageContext.maximumNeighbors).contains(neighbours) {
            throw ValidationError(
                "--neighbours must be from 0 to \(PassageContext.maximumNeighbors), not \(neighbours).")
        }
        if neighbours != nil, display.context != nil {
            throw ValidationError("--neighbours counts passages and -C lines: give one of them.")
        }
        if queries != nil {
            guard !vectors.isGiven else { throw ValidationError("Give --queries or a vector, not both.") }
            guard query.isEmpty else { throw ValidationError("Give a query or --queries FILE, not both.") }
        } else if !vectors.isGiven && question.allSatisfy(\.isWhitespace) {
            // The parser reports unknown options only after this.
            let known = Set(SearchCommand.helpMessage().split { " \n,/[]()".contains($0) }.map(String.init))
            let dashed = CommandLine.arguments.dropFirst(2).first {
                $0.hasPrefix("-") && $0.count > 1 && $0 != "--" && !known.contains(String($0.prefix { $0 != "=" }))
            }
            throw ValidationError(
                "There is no query: say what to look for, or give --queries FILE."
                    + (dashed.map { "\n  " + SearchCommand.adviceOnDash($0) } ?? ""))
        }
    }

    /// How to look for words that begin with a dash, or to keep one out.
    static func adviceOnDash(_ argument: String) -> String {
        let shown = String(DisplayText.oneLine(argument))
        guard argument.dropFirst().first?.isLetter == true else {
            return "To look for words that begin with a dash, put -- before them: akin search -- '\(shown)'"
        }
        return "To keep out passages with a word, put -- before the query: akin search -- 'what to look for \(shown)'"
    }

    func run() async throws {
        let condition = try scope.filter()
        try await store.withDatabase(.readOnly, configuration: encoding.configuration()) { database in
            var filter = condition
            if let cluster {
                let members = try await database.clusterFilter(cluster)
                filter = condition.map { members && $0 } ?? members
            }
            if let queries {
                try await answer(fileAt: queries, from: database, filter: filter)
            } else if vectors.isGiven {
                try await answer(vectors: vectors.reader(), from: database, filter: filter)
            } else {
                try await show(request(question, filter), from: database)
            }
        }
    }

    private func show(_ request: SearchRequest, from database: Database) async throws {
        let response = try await database.search(request)
        LastAnswer.keep(response.results, ofDatabaseAt: store.path)
        if output.json {
            var json = JSONWriter(escaping: .hidden)
            json.response(response, explained: explain, wording: { RemedyWording.text($0) })
            return try StandardOutput.print(json.bytes)
        }
        for warning in response.warnings { StandardError.line("warning: " + RemedyWording.text(warning)) }
        let excerpts =
            neighbours == nil
            ? try await display.excerpts(of: response, in: database)
            : Dictionary(uniqueKeysWithValues: response.results.map(\.excerpt).enumerated().map { ($0, $1) })
        try StandardOutput.print(
            SearchPrinter(showsScores: display.scores).lines(
                for: response, explained: explain, excerpts: excerpts))
    }

    private func answer(fileAt path: String, from database: Database, filter: Database.Filter?) async throws {
        var records = TextRecords(try LineReader.file(path), alwaysJSON: true)
        let out = StandardOutput()
        var json = JSONWriter(escaping: .hidden)
        var refused = RefusedQuestions(in: records.name)
        while case let batch = try records.nextBatch(records: SearchCommand.batchSize), !batch.isEmpty {
            let requests = batch.map { request($0.text, filter) }
            let faults = zip(batch, requests).map { refused.reason(against: $1, line: $0.line) }
            var responses = try await database.search(zip(requests, faults).filter { $1 == nil }.map(\.0))[...]
            for (record, fault) in zip(batch, faults) {
                json.removeAll()
                if let fault {
                    json.refusal(of: record.text, id: record.id ?? .null, because: fault)
                } else if let response = responses.popFirst() {
                    json.response(
                        response, id: record.id ?? .null, explained: explain, wording: { RemedyWording.text($0) })
                }
                json.newline()
                try out.write(json.bytes)
            }
            try out.flush()
        }
        try refused.finish()
    }

    private func answer(vectors: VectorQueries, from database: Database, filter: Database.Filter?) async throws {
        var batch = try vectors.next(SearchCommand.batchSize)
        if batch.count == 1 {
            return try await show(request(question, filter, vector: batch[0].vector), from: database)
        }
        guard !batch.isEmpty else {
            throw AkinError(
                .noInput, "There are no vectors to ask with in \(self.vectors.vectorFile ?? "").")
        }
        let out = StandardOutput()
        var json = JSONWriter(escaping: .hidden)
        while !batch.isEmpty {
            let responses = try await database.search(batch.map { request(question, filter, vector: $0.vector) })
            for (query, response) in zip(batch, responses) {
                json.removeAll()
                json.response(
                    response, id: query.id.map(JSONValue.string) ?? .null, explained: explain,
                    wording: { RemedyWording.text($0) })
                json.newline()
                try out.write(json.bytes)
            }
            try out.flush()
            batch = try vectors.next(SearchCommand.batchSize)
        }
    }

    private func request(_ text: String, _ filter: Database.Filter?, vector: [Float]? = nil) -> SearchRequest {
        // With a vector and no words, only meaning can rank.
        let mode = vector != nil && text.isEmpty && mode == .hybrid ? .semantic : mode
        return SearchRequest(
            text, count: results.count, mode: mode, unique: unique, perDocument: perDocument ?? 1,
            plan: results.plan, fusion: fusion, filter: filter, vector: vector, bySense: sense,
            highlights: highlight ?? highlightsByDefault, literal: literal,
            context: neighbours.map { .neighbors($0) }, minimumScore: minScore, foldsAlike: fold, diverse: diverse,
            rerank: rerank.reranking)
    }
}
