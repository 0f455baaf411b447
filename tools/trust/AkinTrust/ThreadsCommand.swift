import Akin
import ArgumentParser
import Foundation

/// A hundred questions at once, beside a writer that merges, give the same answers as one after another, at every
/// moment of the store.
struct ThreadsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "threads", abstract: "Ask from many tasks at once, beside a writer.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many times.") var rounds = 5

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let store = try folder.fresh("threads") + "/trial.db"
        let configuration = Database.Configuration.trial(trial, threads: 2, threshold: 40)
        let database = try await Database.open(at: store, mode: .create, configuration: configuration)
        var random = TrialRandom(trial.seed)
        let requests = (0..<100).map { number in
            SearchRequest(
                TrialDocument.sentence(&random), count: 5 + number % 7,
                mode: [SearchMode.hybrid, .semantic, .keyword][number % 3])
        }
        for round in 0..<rounds {
            _ = try await database.put((0..<80).map { TrialDocument(&random, version: "\(round)t\($0)").document })
            var expected: [[String]] = []
            for request in requests { expected.append(try await database.search(request).results.map(\.id)) }
            let fresh = try await Database.open(at: store, configuration: configuration)
            let answers = try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
                for (number, request) in requests.enumerated() {
                    group.addTask { (number, try await fresh.search(request).results.map(\.id)) }
                }
                return try await group.reduce(into: [Int: [String]]()) { $0[$1.0] = $1.1 }
            }
            for number in requests.indices where answers[number] != expected[number] {
                throw TrialFailure(
                    "round \(round), question \(number): \(answers[number] ?? []) instead of \(expected[number])")
            }
            // The same while the store changes and its index is merged. Only the absence of errors is checked.
            let (seed, last) = (random.next(), round)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var random = TrialRandom(seed)
                    for part in 0..<4 {
                        _ = try await database.put(
                            (0..<20).map { TrialDocument(&random, version: "\(last)u\(part)u\($0)").document })
                        _ = try await database.optimize()
                    }
                }
                for request in requests { group.addTask { _ = try await fresh.search(request) } }
                try await group.waitForAll()
            }
        }
        say("\(rounds) × 100 questions at once beside a writer: 0 lost, 0 phantom, 0 wrong")
    }
}
