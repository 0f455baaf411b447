import AkinCore
import AkinStore
import AkinVectors

/// Learns adapters from some questions and asks others with them.
struct AdaptationTrial: Sendable {
    let database: Database
    let space: VectorSpace
    let questions: [AdaptationQuestion]

    /// The results that users get, and judge.
    private static let depth = 10

    /// The adapter that some of the questions teach.
    ///
    /// - Parameter penalty: the weight, a question, of leaving vectors as they are.
    func adapter(from learnt: [Int], penalty: Double) throws -> QueryAdapter {
        let adapter = QueryAdapter(
            questions: Matrix(learnt.map { questions[$0].vector }),
            targets: Matrix(learnt.map { questions[$0].target }),
            penalty: Float(penalty * Double(learnt.count)))
        guard let adapter else {
            throw AkinError(
                .invalidData, "No adapter can be learnt: the vectors of \(space.encoderName) are not finite.",
                remedy: .verify)
        }
        return adapter
    }

    /// The nDCG@10 of some of the questions, in their order, by the search that users get.
    ///
    /// - Parameter adapter: nil asks with the vectors as they are.
    func qualities(of asked: [Int], mode: SearchMode, adapter: QueryAdapter?, progress: @Sendable (Int) -> Void)
        throws -> [Double]
    {
        try Parallel.map(asked, threads: database.configuration.threads) { index in
            try CancellationFlag.check()
            let question = questions[index]
            let vector = adapter?.adapted(question.vector) ?? question.vector
            let found = try database.store.read { reader in
                var searcher = Searcher(
                    database: database, reader: reader,
                    request: SearchRequest(question.text, count: Self.depth, mode: mode, literal: true))
                return try searcher.documents(vector: vector, space: space, keywords: question.keywords)
            }
            progress(1)
            return RetrievalMeasures(ranking: found.map(AdaptationQuestion.key), judged: question.judged)
                .nDCG(at: Self.depth)
        }
    }
}
