import Akin
import AkinCore
import ArgumentParser
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Kills processes that adapt a store's questions, or undo that, at random moments: whoever opens the store afterwards
/// gets the answers from before or those from after, bit for bit, and nothing else.
struct AdaptationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adaptation", abstract: "Kill adaptations and their undoing at random moments.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many processes are killed or end.") var rounds = 200

    private static let questions = (0..<6).map { SearchRequest("who saw it go \($0)?") }

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let (store, queries, judgements) = (folder.file("store.db"), folder.file("q.jsonl"), folder.file("r.tsv"))
        do {
            let documents = (0..<60).map { number in
                let place = ["river", "bank", "house", "tree"][number % 4]
                let colour = ["red", "blue", "big", "small"][number / 4 % 4]
                return Document(
                    id: "d\(number)", text: "the \(["dog", "cat", "man"][number % 3]) is in the \(colour) \(place)")
            }
            let database = try await Database.open(at: store, mode: .create, configuration: .trial(trial))
            _ = try await database.put(documents)
            try await database.close()
            // Every question has the same answers, with which it shares no word.
            let answers = documents.filter { $0.text.contains("river") }
            let asked = (0..<20).map { "{\"id\": \"q\($0)\", \"text\": \"who saw it go \($0)?\"}\n" }
            let judged = (0..<20).flatMap { number in answers.map { "q\(number)\t\($0.id)\t1\n" } }
            try Data(asked.joined().utf8).write(to: URL(filePath: queries))
            try Data(("query\tdocument\trelevance\n" + judged.joined()).utf8).write(to: URL(filePath: judgements))
            try await kill(store, queries, judgements)
        } catch {
            folder.isKept = true
            throw error
        }
    }

    private func kill(_ store: String, _ queries: String, _ judgements: String) async throws {
        let arguments = ["--store", store, "--queries", queries, "--judgements", judgements, "--model", trial.model]
        let plain = try await state(of: store)
        let start = ContinuousClock.now
        guard try WorkerProcess(kind: "adaptation-worker", arguments: arguments).run().status == 0 else {
            throw TrialFailure("the adaptation failed or was not adopted")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let adapted = try await state(of: store)
        guard !plain.isAdapted, adapted.isAdapted, plain.answers != adapted.answers else {
            throw TrialFailure("the adaptation changed no answer")
        }
        var random = TrialRandom(trial.seed)
        var (kills, changes, current) = (0, 0, adapted)
        for round in 0..<rounds {
            var worker = WorkerProcess(kind: "adaptation-worker", arguments: arguments)
            worker.killAfter = seconds * (0.1 + Double(random.below(1000)) / 900)
            let outcome = try worker.run()
            guard outcome.wasKilled || outcome.status == 0 else {
                throw TrialFailure("round \(round): \(outcome.status), \(outcome.errors)")
            }
            let found = try await state(of: store)
            guard found.answers == (found.isAdapted ? adapted : plain).answers else {
                throw TrialFailure("round \(round): answers of neither state")
            }
            guard outcome.wasKilled || found.isAdapted != current.isAdapted else {
                throw TrialFailure("round \(round): an acknowledged change was lost")
            }
            kills += outcome.wasKilled ? 1 : 0
            changes += found.isAdapted != current.isAdapted ? 1 : 0
            current = found
        }
        say("adaptation (seed \(trial.seed)): \(kills) kills of \(rounds), \(changes) times changed")
        say("adaptation: 0 lost, 0 phantom, 0 wrong")
    }

    /// What a store answers, and whether its questions are adapted.
    private struct State {
        let isAdapted: Bool
        let answers: [String]
    }

    private func state(of store: String) async throws -> State {
        let database = try await Database.open(at: store, configuration: .trial(trial))
        let problems = try await database.verify()
        guard problems.isEmpty else { throw TrialFailure("the store is damaged: \(problems)") }
        let answers = try await database.search(Self.questions).flatMap { $0.results }.map {
            "\($0.id) \($0.score.bitPattern)"
        }
        let isAdapted = try await database.information().spaces.contains { $0.adaptation != nil }
        try await database.close()
        return State(isAdapted: isAdapted, answers: answers)
    }
}

/// Adapts a store, or undoes that where it is adapted.
struct AdaptationWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "adaptation-worker", shouldDisplay: false)

    @OptionGroup var trial: TrialOptions
    @Option var store: String
    @Option var queries: String
    @Option var judgements: String

    func run() async throws {
        let database = try await Database.open(at: store, mode: .readWrite, configuration: .trial(trial))
        if try await database.removeAdaptation() { return }
        let report = try await database.adapt(from: .judgements(queries: queries, judgements: judgements))
        guard report.decision == .adopted else { throw ExitCode(3) }
    }
}
