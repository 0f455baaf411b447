import AkinCore
package import AkinText

/// A question and a document, with how well people judged the one to answer the other; 0 and less is not at all.
package struct JudgedPair: Hashable, Sendable {
    package var question: String
    package var document: String
    package var relevance: Double

    package init(question: String, document: String, relevance: Double) {
        self.question = question
        self.document = document
        self.relevance = relevance
    }
}

/// Reads judgements as `akin eval` takes them: a corpus, queries (JSON lines with `id` and `text`) and judgements (TREC's
/// `query 0 document relevance`, or three fields between tabs).
package struct JudgedPairReader: Sendable {
    private let corpus: String
    private let queries: String
    private let judgements: String

    /// - Parameter corpus: a file or folder that `CorpusReader` reads.
    package init(corpus: String, queries: String, judgements: String) {
        self.corpus = corpus
        self.queries = queries
        self.judgements = judgements
    }

    /// All judged pairs, in the order of the queries; a query's by falling relevance, then by the document's id. Documents
    /// begin with their title. Of the corpus, the judged documents are held. What is malformed in it is left out and
    /// reported, as `akin eval` does.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read, `.invalidData` for malformed queries and
    ///   judgements, and where no document that is judged to be relevant is in the corpus.
    package func read() throws -> (pairs: [JudgedPair], problems: [RecordProblem]) {
        let judged = try Judgements(queries: queries, judgements: judgements)
        let wanted = Set(judged.queries.flatMap { judged.relevance[$0.id]?.keys.map(\.self) ?? [] })
        var texts: [String: String] = [:]
        var problems: [RecordProblem] = []
        try CorpusReader(paths: [corpus]).read { event in
            switch event {
            case .record(let record):
                guard wanted.contains(record.id) else { return }
                texts[record.id] = [record.title, record.text].compactMap(\.self).filter(\.hasVisibleText)
                    .joined(separator: "\n")
            case .problem(let problem): problems.append(problem)
            case .note, .guess, .file: break
            }
        }
        let pairs = judged.queries.flatMap { query in
            (judged.relevance[query.id] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.compactMap {
                id, value in
                texts[id].map { JudgedPair(question: query.text, document: $0, relevance: value) }
            }
        }
        guard pairs.contains(where: { $0.relevance > 0 }) else {
            throw AkinError(
                .invalidData,
                "No document that \(judgements) judges to be relevant is in \(corpus): check that their ids agree.")
        }
        return (pairs, problems)
    }
}
