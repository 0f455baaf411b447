import Akin
import AkinCore
import ArgumentParser
import Foundation

/// Changes one bit of a store's file or of its index file. Either `verify` reports it and `repair` repairs it, or no
/// answer changes.
struct BitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bits", abstract: "Change single bits of a store; each is found and mended, or changes nothing.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many bits, one at a time.") var rounds = 200

    private enum Outcome: String {
        case useless = "found by nobody, and of no use"
        case mended = "found, and mended without loss"
        case told = "found, and what is lost was told"
    }

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let original = try folder.fresh("original")
        let (store, content) = try await makeStore(in: original)
        let files = try FileManager.default.contentsOfDirectory(atPath: original).filter { !$0.hasSuffix("-lock") }
            .sorted()
        let bytes = try Dictionary(
            uniqueKeysWithValues: files.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(original)/\($0)"))) })
        var random = TrialRandom(trial.seed)
        var tally: [Outcome: Int] = [:]
        for round in 1...rounds {
            let name = random.chance(75) ? "trial.db" : files[random.below(files.count)]
            let (place, bit) = (random.below(bytes[name]?.count ?? 0), random.below(8))
            let work = try folder.fresh("work")
            for (file, whole) in bytes {
                var data = whole
                if file == name { data[place] ^= 1 << UInt8(bit) }
                try data.write(to: URL(fileURLWithPath: "\(work)/\(file)"))
            }
            do {
                tally[try await outcome(ofStoreAt: "\(work)/trial.db", content), default: 0] += 1
            } catch {
                folder.isKept = true
                throw TrialFailure("round \(round), bit \(bit) of byte \(place) of \(name) (\(store)): \(error)")
            }
        }
        for (outcome, count) in tally.sorted(by: { $0.value > $1.value }) { say("\(count)\t\(outcome.rawValue)") }
        say("\(rounds) changed bits (seed \(trial.seed)): 0 lost, 0 phantom, 0 wrong")
    }

    private var configuration: Database.Configuration {
        Database.Configuration.trial(trial)
    }

    /// Documents in a store with a graph and clusters, whose change log goes back no further than the graph.
    private func makeStore(in folder: String) async throws -> (path: String, content: Content) {
        let path = "\(folder)/trial.db"
        var random = TrialRandom(trial.seed)
        let database = try await Database.open(at: path, mode: .create, configuration: configuration)
        _ = try await database.put((0..<120).map { TrialDocument(&random, version: "b\($0)").document })
        _ = try await database.optimize()
        _ = try await database.cluster(ClusteringOptions(count: 4))
        let content = try await Content(of: database)
        try await database.close()
        return (path, content)
    }

    private func outcome(ofStoreAt path: String, _ content: Content) async throws -> Outcome {
        let found: [StoreFinding]
        do {
            let reader = try await Database.open(at: path, configuration: configuration)
            found = try await reader.verify()
            if found.isEmpty {
                guard try await Content(of: reader) == content else {
                    throw TrialFailure("verify finds nothing, but the answers differ.")
                }
                return .useless
            }
        } catch let error as AkinError where error.code == .invalidData || error.code == .incompatible {
            // A bit of the first page can keep the store from being opened, or say that another Akin wrote it.
        }
        let report = try await Database.repair(at: path, configuration: configuration)
        let repaired = try await Database.open(at: path, mode: .readWrite, configuration: configuration)
        let findings = try await repaired.verify()
        guard findings.isEmpty else { throw TrialFailure("After the repair: \(findings)") }
        let kept: Content
        do {
            kept = try await Content(of: repaired)
        } catch let error as AkinError where error.code == .incompatible && !report.losses.isEmpty {
            // The encoder's record was altered.
            return .told
        }
        try await repaired.close()
        if report.losses.isEmpty {
            guard kept == content else { throw TrialFailure("repair tells no loss, but the answers differ.") }
            return .mended
        }
        guard kept.documents.count >= content.documents.count - 12 else {
            throw TrialFailure(
                "One bit took \(content.documents.count - kept.documents.count) documents: \(report.losses)")
        }
        return .told
    }
}

/// The contents and the answers of a store.
private struct Content: Equatable {
    let documents: [Document]
    /// Ids and scores of each question.
    private(set) var answers: [String] = []

    init(of database: Database) async throws {
        documents = try await StoreCheck(configuration: Database.Configuration()).documents(of: database)
        var random = TrialRandom(1)
        for number in 0..<12 {
            let request = SearchRequest(
                TrialDocument.sentence(&random), mode: [SearchMode.hybrid, .semantic, .keyword][number % 3])
            answers.append(
                try await database.search(request).results.map { "\($0.id) \($0.score)" }.joined(separator: ", "))
        }
    }
}
