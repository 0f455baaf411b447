import Akin
import AkinCore
import ArgumentParser
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One writer and several readers in processes of their own, readers killed, a second writer contending.
struct StressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stress", abstract: "Write, read, merge and kill readers, all at once, for some time.",
        subcommands: [StressReaderCommand.self])

    @OptionGroup var trial: TrialOptions
    @Option(help: "How long.") var seconds = 120.0
    @Option(help: "Readers at once.") var readers = 3

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let store = try folder.fresh("stress") + "/trial.db"
        var configuration = Database.Configuration.trial(trial, threshold: 40)
        configuration.lockTimeout = .seconds(20)
        let check = StoreCheck(configuration: configuration)
        let writer = try await Database.open(at: store, mode: .create, configuration: configuration)
        try await Self.round(0, writer)
        let end = ContinuousClock.now + .seconds(seconds)
        var random = TrialRandom(trial.seed)
        var (rounds, killed, contended, refused) = (0, 0, 0, 0)
        var running = try (0..<readers).map { _ in try StressReaderProcess(store: store, trial: trial) }
        while ContinuousClock.now < end {
            rounds += 1
            try await Self.round(rounds, writer)
            if rounds % 7 == 0 { _ = try await writer.optimize() }
            if random.chance(25) {
                let place = random.below(running.count)
                try running[place].kill()
                killed += 1
                running[place] = try StressReaderProcess(store: store, trial: trial)
            }
            if rounds % 5 == 0 {
                // A second writer waits for the first.
                let second = try await Database.open(at: store, mode: .readWrite, configuration: configuration)
                let number = rounds
                async let one: Void = Self.round(number, writer)
                let added = try await second.put([
                    Document(id: "guest", text: "the dog of round \(rounds) is in a house.")
                ])
                try await one
                guard added.added + added.updated == 1, try await second.delete(id: "guest") else {
                    throw TrialFailure("The guest is lost.")
                }
                try await second.close()
                contended += 1
            }
            if rounds % 11 == 0 { refused += try await refusal(store) }
        }
        var searches = 0
        for reader in running { searches += try reader.finish() }
        try await writer.close()
        let state = Self.expectation(rounds)
        let last = try await Database.open(at: store, configuration: configuration)
        let stored = try await check.documents(of: last)
        guard Set(stored) == Set(state) else {
            throw TrialFailure("After \(rounds) rounds \(stored.count) documents are not the last round's.")
        }
        let findings = try await last.verify()
        guard findings.isEmpty else { throw TrialFailure(findings.map(\.message).joined(separator: " ")) }
        say(
            "\(rounds) rounds of writing in \(Int(seconds)) s beside \(readers) readers (\(searches) questions of the last ones, "
                + "\(killed) killed), \(contended) times two writers, \(refused) times refused as locked: 0 lost, 0 phantom, 0 wrong"
        )
    }

    /// The documents of a round. All have its number in their text, so a reader that sees two numbers has seen half a
    /// commit.
    static func expectation(_ round: Int) -> [Document] {
        (0..<60).map {
            Document(
                id: "s\($0)",
                text: "round\(round)r the \(TrialDocument.nouns[($0 + round) % 11]) is in a house, number \($0).")
        }
    }

    private static func round(_ number: Int, _ writer: Database) async throws {
        _ = try await writer.put(expectation(number))
    }

    /// Another process holds the lock for longer than a writer waits.
    private func refusal(_ store: String) async throws -> Int {
        let descriptor = open(store + "-lock", O_RDWR)
        defer { close(descriptor) }
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return 0 }
        do {
            var impatient = Database.Configuration(model: trial.model, threads: 1)
            impatient.lockTimeout = .milliseconds(100)
            _ = try await Database.open(at: store, mode: .readWrite, configuration: impatient)
            throw TrialFailure("A second writer was let in.")
        } catch let error as AkinError {
            guard error.code == .locked, error.message.contains("-lock") else { throw error }
            return 1
        }
    }
}

/// A reader in a process of its own.
private struct StressReaderProcess {
    let process = Process()
    let output = Pipe()

    init(store: String, trial: TrialOptions) throws {
        process.executableURL = URL(filePath: CommandLine.arguments[0]).standardizedFileURL
        process.arguments = ["stress", "reader", "--model", trial.model, "--db", store]
        process.standardOutput = output
        process.standardInput = Pipe()
        try process.run()
    }

    func kill() throws {
        // A reader that found something wrong has already ended.
        guard process.isRunning else {
            throw TrialFailure("A reader ended by itself with status \(process.terminationStatus).")
        }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Lets it end; returns how many questions it asked.
    func finish() throws -> Int {
        Foundation.kill(process.processIdentifier, SIGTERM)
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // It was asked to end before it had begun to listen.
        if process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGTERM { return 0 }
        guard process.terminationStatus == 0, let count = Int(said.trimmingCharacters(in: .whitespacesAndNewlines))
        else {
            throw TrialFailure("A reader ended with \(process.terminationStatus): \(said)")
        }
        return count
    }
}

/// Asks until it receives the end, and checks that each answer is of one commit.
struct StressReaderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reader", shouldDisplay: false)

    private static let isTold = Atomic(false)

    @OptionGroup var trial: TrialOptions
    @Option var db: String

    func run() async throws {
        signal(SIGTERM) { _ in StressReaderCommand.isTold.store(true, ordering: .relaxed) }
        let configuration = Database.Configuration.trial(trial, threshold: 40)
        let database = try await Database.open(at: db, configuration: configuration)
        var count = 0
        let parent = getppid()
        while !Self.isTold.load(ordering: .relaxed), getppid() == parent {
            let mode = [SearchMode.semantic, .keyword, .hybrid][count % 3]
            let answer = try await database.search(SearchRequest("the dog is in a house", count: 200, mode: mode))
            let rounds = Set(
                answer.results.filter { $0.id != "guest" }.compactMap { $0.text.split(separator: " ").first })
            let ids = Set(answer.results.map(\.id))
            guard rounds.count == 1, ids.count == answer.results.count, ids.subtracting(["guest"]).count == 60 else {
                throw TrialFailure(
                    "\(mode) (\(answer.plan?.rawValue ?? "no plan")): \(ids.count) documents of rounds \(rounds.sorted()): \(answer.warnings)"
                )
            }
            count += 1
        }
        say(String(count))
    }
}
