import AkinCore
import AkinStore
import AkinText
import AkinVectors

/// A question with known answers, as an adapter is learnt from it and judged by it.
struct AdaptationQuestion: Sendable {
    let text: String
    /// The vector that the encoder gives it, of unit length.
    let vector: [Float]
    /// Where an adapter should move the vector: the mean of the answering passages' vectors, less that of all.
    let target: [Float]
    /// Relevance by document: its number in the store, or for documents that are not there the id they are named by.
    let judged: [String: Double]
    let keywords = KeywordFindings()

    /// The key of a document in `judged`.
    static func key(_ document: Int64) -> String { "#\(document)" }
}

/// The questions that can be used, and how much cannot.
struct AdaptationQuestions: Sendable {
    var questions: [AdaptationQuestion] = []
    /// Questions without a vector, or without an answer in the store.
    var unused = 0
    /// Documents that are named and not there.
    var unknownDocuments = 0

    /// Vectors that the mean of all is taken over.
    private static let sampledVectors = 20_000

    /// Finds the answers in a store.
    ///
    /// The target of a question is the mean, over its relevant documents, of the passage nearest to the question, less
    /// the mean of all vectors. What all passages share cannot tell them apart; with it in the targets, adapters learn
    /// to point every question at the middle.
    init(_ judgements: Judgements, _ database: Database, _ space: VectorSpace) throws {
        let encoder = try database.encoder(of: space)
        let middle = try database.store.read { try Self.mean(of: space, $0) }
        var unknown: Set<String> = []
        let batch = 64
        for start in stride(from: 0, to: judgements.queries.count, by: batch) {
            try CancellationFlag.check()
            let part = judgements.queries[start..<min(start + batch, judgements.queries.count)]
            let encoded = try encoder.encode(
                part.map(\.text), role: .query, threads: database.configuration.threads)
            try database.store.read { reader in
                for (row, query) in part.enumerated() {
                    var judged: [String: Double] = [:]
                    var answers: [[Float]] = []
                    let vector = encoded.unitVector(row)
                    for (id, relevance) in (judgements.relevance[query.id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                        guard let document = try reader.document(id: id) else {
                            judged[id] = relevance
                            unknown.insert(id)
                            continue
                        }
                        judged[AdaptationQuestion.key(document.rowID)] = relevance
                        guard relevance > 0, let vector else { continue }
                        let passages = try reader.passages(documentRowID: document.rowID).map(\.id)
                        let vectors = try reader.vectors(space: space.id, passages: passages).compactMap { $0 }
                        let nearest = vectors.max { VectorMath.dot($0, vector) < VectorMath.dot($1, vector) }
                        if let nearest { answers.append(nearest) }
                    }
                    guard let vector, let sum = VectorMath.sum(answers) else {
                        unused += 1
                        continue
                    }
                    let target = zip(sum, middle).map { $0 / Float(answers.count) - $1 }
                    questions.append(
                        AdaptationQuestion(text: query.text, vector: vector, target: target, judged: judged))
                }
            }
        }
        unknownDocuments = unknown.count
    }

    /// The mean of a space's first vectors.
    private static func mean(of space: VectorSpace, _ reader: StoreReader) throws -> [Float] {
        let passages = try reader.passagesWithVector(space: space.id, limit: sampledVectors)
        var sums = [Double](repeating: 0, count: space.dimension)
        for passage in passages {
            guard let vector = try reader.vector(space: space.id, passage: passage) else { continue }
            for (index, value) in vector.enumerated() { sums[index] += Double(value) }
        }
        return sums.map { Float($0 / Double(max(passages.count, 1))) }
    }
}
