import Akin
import AkinCore
import Foundation

/// A store together with the answers that it must give.
struct StoreModel {
    private static let tolerance = 1e-4

    let check: StoreCheck
    let embedder: Embedder
    private(set) var checks = 0
    private var worker: Worker
    private var state = Expectation()
    /// Of the documents whose text is one passage.
    private var vectors: [String: [Float]] = [:]
    private var backups = 0

    init(path: String, configuration: Database.Configuration, embedder: Embedder) {
        check = StoreCheck(configuration: configuration)
        worker = Worker(path: path, configuration: configuration)
        self.embedder = embedder
    }

    mutating func perform(_ step: ModelStep) async throws {
        checks += 1
        switch step {
        case .change(let operation):
            try await worker.perform(operation)
            state.apply(operation)
        case .word(let word): try await askForWord(word)
        case .meaning(let text, let count): try await askForMeaning(text, count)
        case .filtered(let filter, let mode, let text): try await ask(filter, mode, text)
        case .checkBackup: try await backUp()
        case .verify:
            let findings = try await worker.open().verify()
            guard findings.isEmpty else { throw TrialFailure(findings.map(\.message).joined(separator: " ")) }
        case .compareAll:
            let stored = try await check.documents(of: worker.open())
            guard check.holds(stored, state) else { throw TrialFailure(check.difference(stored, [state])) }
        }
    }

    mutating func finish() async throws {
        try await worker.close()
        _ = try await check.state(ofStoreAt: worker.path, among: [state], mayBeMissing: state.documents.isEmpty)
    }

    /// Every document that has the word, and no other.
    private mutating func askForWord(_ word: String) async throws {
        let expected = state.documents.values.filter { words(of: $0).contains(word) }.map(\.id)
        let answer = try await worker.open().search(SearchRequest(word, count: 1000, mode: .keyword))
        try compare(answer.results.map(\.id), with: expected)
    }

    /// The nearest by cosine. The exact plan finds all of them, the graph finds its recall, and neither gives a wrong
    /// score.
    private mutating func askForMeaning(_ text: String, _ count: Int) async throws {
        let ranked = try await ranking(of: text)
        for plan in [SearchPlan.exact, .auto] {
            let answer = try await worker.open().search(
                SearchRequest(text, count: count, mode: .semantic, unique: false, plan: plan))
            for result in answer.results {
                guard let document = state.documents[result.id], document.text.contains(result.text) else {
                    throw TrialFailure("\(plan): the phantom \(result.id).")
                }
                if let score = ranked[result.id], let given = result.scores.semantic,
                    abs(score - given) > Self.tolerance
                {
                    throw TrialFailure("\(plan): \(result.id) has \(given), not \(score).")
                }
            }
            guard answer.plan == .exact || state.documents.isEmpty else { continue }
            // Documents of several passages give more results, which only push others down.
            let single = ranked.values.sorted(by: >)
            for result in answer.results where ranked[result.id] != nil {
                let better = single.count { $0 > (ranked[result.id] ?? 0) + Self.tolerance }
                guard better < count else {
                    throw TrialFailure("\(plan): \(result.id) stands before \(better) better ones.")
                }
            }
            let last = answer.results.last?.scores.semantic ?? -1
            let given = Set(answer.results.map(\.id))
            let missing = ranked.filter {
                !given.contains($0.key) && (answer.results.count < count || $0.value > last + Self.tolerance)
            }
            guard missing.isEmpty else {
                throw TrialFailure("\(plan): \(missing.keys.sorted()) are nearer and missing.")
            }
        }
    }

    /// As many results as there are documents, and no other.
    private mutating func ask(_ filter: FilterCase, _ mode: SearchMode, _ text: String) async throws {
        let admitted = state.documents.values.filter(filter.admits)
        let wanted = Set(text.split(whereSeparator: { !$0.isLetter }).map(String.init))
        let expected = admitted.filter { mode != .keyword || !words(of: $0).isDisjoint(with: wanted) }.map(\.id)
        var request = SearchRequest(text, count: 1000, mode: mode)
        request.filter = try Database.Filter(filter.text)
        try compare(try await worker.open().search(request).results.map(\.id), with: expected)
        request.count = 3
        let few = try await worker.open().search(request).results
        guard few.count == min(3, expected.count) else {
            throw TrialFailure("\(few.count) of 3 given, though \(expected.count) match.")
        }
        guard Set(few.map(\.id)).isSubset(of: expected) else {
            throw TrialFailure("\(few.map(\.id)) do not all match.")
        }
    }

    private mutating func backUp() async throws {
        backups += 1
        let path = "\(worker.path)-copy-\(backups)"
        let summary = try await worker.open().backup(to: path)
        guard summary.documents == state.documents.count else {
            throw TrialFailure("The backup counts \(summary.documents).")
        }
        _ = try await check.state(ofStoreAt: path, among: [state])
    }

    private func compare(_ given: [String], with expected: [String]) throws {
        guard Set(given).count == given.count else { throw TrialFailure("A document came twice: \(given).") }
        let (missing, wrong) = (Set(expected).subtracting(given), Set(given).subtracting(expected))
        guard missing.isEmpty, wrong.isEmpty else {
            throw TrialFailure("missing \(missing.sorted()), wrong \(wrong.sorted())")
        }
    }

    private func words(of document: TrialDocument) -> Set<String> {
        Set(
            ((document.title ?? "") + " " + document.text).split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(
                String.init))
    }

    /// The cosine of each document of one passage to a query, from vectors that were made outside the store.
    private mutating func ranking(of query: String) async throws -> [String: Double] {
        let single = state.documents.values.filter { $0.text.count < 200 }.sorted { $0.id < $1.id }
        let missing = single.filter { vectors[$0.word] == nil }
        let embeddings = try await embedder.embed(
            missing.map { [$0.title, $0.text].compactMap(\.self).joined(separator: " ") })
        for (row, document) in missing.enumerated() {
            // As the store keeps them.
            vectors[document.word] = Self.row(row, of: embeddings).map(VectorElement.f16.nearest)
        }
        let asked = Self.row(0, of: try await embedder.embed([query], asQueries: true))
        return Dictionary(
            uniqueKeysWithValues: single.map { document in
                (document.id, zip(vectors[document.word] ?? [], asked).reduce(0) { $0 + Double($1.0) * Double($1.1) })
            })
    }

    private static func row(_ row: Int, of embeddings: Embeddings) -> [Float] {
        let values = Array(embeddings.values[row * embeddings.dimension..<(row + 1) * embeddings.dimension])
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? values.map { $0 / length } : values
    }
}
