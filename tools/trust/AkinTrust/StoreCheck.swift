import Akin
import AkinCore
import Foundation
import Synchronization

/// A store that is not as it must be.
struct TrialFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Compares a store with what it must hold.
struct StoreCheck {
    let configuration: Database.Configuration

    /// Proves that a store holds exactly the documents of one of `states`, each by its id and by its own text and no
    /// other, and that it is whole.
    ///
    /// - Parameters:
    ///   - mayBeMissing: Whether there may be no store at all.
    ///   - mayHaveStaleIndex: Whether an index file may be ahead of the store, which has to be reported and then
    ///     repaired by `repair`.
    /// - Returns: which state it is.
    func state(
        ofStoreAt path: String, among states: [Expectation], mayBeMissing: Bool = false, mayHaveStaleIndex: Bool = false
    ) async throws -> Int {
        let database: Database
        do {
            database = try await Database.open(
                at: path, mode: mayBeMissing ? .create : .readWrite, configuration: configuration)
        } catch {
            throw TrialFailure("The store cannot be opened: \(error)")
        }
        var findings = try await database.verify()
        if mayHaveStaleIndex, findings.allSatisfy({ Self.isOfIndexFile($0.message) }), !findings.isEmpty {
            try await database.close()
            let report = try await Database.repair(at: path, configuration: configuration)
            guard report.losses.isEmpty else { throw TrialFailure("Repair of \(findings) lost: \(report.losses)") }
            return try await state(ofStoreAt: path, among: states)
        }
        guard findings.isEmpty else {
            throw TrialFailure("It is not whole: \(findings.map(\.message).joined(separator: " "))")
        }
        let stored = try await documents(of: database)
        guard let match = states.lastIndex(where: { holds(stored, $0) }) else {
            throw TrialFailure(
                "It holds none of the \(states.count) states it may be in. " + difference(stored, states))
        }
        try await find(states[match], in: database)
        try await database.close()
        findings = try await Self.verify(path, configuration)
        guard findings.isEmpty else {
            throw TrialFailure("It is not whole after closing: \(findings.map(\.message).joined(separator: " "))")
        }
        return match
    }

    private static func verify(_ path: String, _ configuration: Database.Configuration) async throws -> [StoreFinding] {
        let database = try await Database.open(at: path, configuration: configuration)
        let findings = try await database.verify()
        try await database.close()
        return findings
    }

    func documents(of database: Database) async throws -> [Document] {
        let collected = Mutex<[Document]>([])
        try await database.export { document in collected.withLock { $0.append(document) } }
        return collected.withLock { $0 }
    }

    func holds(_ stored: [Document], _ state: Expectation) -> Bool {
        stored.count == state.documents.count && stored.allSatisfy { state.documents[$0.id]?.document == $0 }
    }

    /// The first and the last state's difference to what is stored.
    func difference(_ stored: [Document], _ states: [Expectation]) -> String {
        [states.first, states.last].compactMap { $0 }.map { state in
            let stored = Dictionary(stored.map { ($0.id, $0) }) { $1 }
            let lost = state.documents.keys.filter { stored[$0] == nil }.sorted()
            let phantom = stored.keys.filter { state.documents[$0] == nil }.sorted()
            let other = state.documents.filter { id, document in stored[id].map { $0 != document.document } == true }
                .keys.sorted()
            return "Lost \(lost), phantom \(phantom), other \(other)."
        }.joined(separator: " Or: ")
    }

    /// Every document is found by its id, by the word that only it has, and by its own text.
    func find(_ state: Expectation, in database: Database) async throws {
        let documents = state.documents.values.sorted { $0.id < $1.id }
        for document in documents {
            guard try await database.document(id: document.id) == document.document else {
                throw TrialFailure("\(document.id) is not found by its id.")
            }
            let byWord = try await database.search(SearchRequest(document.word, mode: .keyword))
            guard byWord.results.map(\.id) == [document.id] else {
                throw TrialFailure("\(document.word) finds \(byWord.results.map(\.id)) instead of \(document.id).")
            }
        }
        let asked = documents.filter { $0.text.count < 200 }
        let requests = asked.map { document in
            SearchRequest(
                [document.title, document.text].compactMap(\.self).joined(separator: " "), count: 20, mode: .semantic)
        }
        for (document, answer) in zip(asked, try await database.search(requests)) {
            let allowed = Set(state.documents.keys)
            guard answer.results.allSatisfy({ allowed.contains($0.id) }) else {
                throw TrialFailure("A phantom answers \(document.text).")
            }
            guard let own = answer.results.first, (own.scores.semantic ?? 0) > 0.999 else {
                throw TrialFailure(
                    "\(document.id) is not found by its own text (\(answer.plan?.rawValue ?? "no plan"), \(answer.warnings))."
                )
            }
            if answer.warnings.contains(where: { Self.isOfIndexFile($0.message) }) {
                throw TrialFailure("\(answer.warnings)")
            }
        }
    }

    private static func isOfIndexFile(_ message: String) -> Bool {
        message.contains("-index-") || message.contains("-words-")
    }
}
