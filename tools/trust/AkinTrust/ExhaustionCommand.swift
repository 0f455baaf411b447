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

/// Fills a real disk, makes a real file system read-only, and uses up the descriptors. Needs root, to make a file
/// system.
struct ExhaustionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exhaustion", abstract: "Fill a small disk, remount it read-only, use up descriptors, and check.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "Megabytes of the file system in memory.") var megabytes = 6
    @Option(help: "How many times the disk is filled.") var rounds = 10

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let disk = try folder.fresh("disk")
        try Self.system("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", disk)
        defer { try? Self.system("umount", "-l", disk) }
        var configuration = Database.Configuration.trial(trial, threshold: 100)
        configuration.lockTimeout = .seconds(5)
        let check = StoreCheck(configuration: configuration)
        var refusals: [String: Int] = [:]
        for round in 0..<rounds {
            let store = "\(disk)/trial.db"
            for name in try FileManager.default.contentsOfDirectory(atPath: disk) {
                try FileManager.default.removeItem(atPath: "\(disk)/\(name)")
            }
            let ballast = "\(disk)/ballast"
            // Merging a log full of commits takes more room than what backups leave.
            try Data(count: 64 << 10 * (round % 4 + 1) + (round % 3 == 2 ? 2 << 20 : 0)).write(
                to: URL(filePath: ballast))
            var (state, random) = (Expectation(), TrialRandom(trial.seed &+ UInt64(round)))
            var inDoubt: Expectation?
            var worker = Worker(path: store, configuration: configuration)
            for step in 0..<2000 where inDoubt == nil {
                // Large documents with new ids, until the disk is full.
                var documents = [TrialDocument(&random, version: "\(round)y\(step)")]
                for place in 0..<12 { documents.append(TrialDocument(&random, version: "\(round)y\(step)z\(place)")) }
                // Which of them meets the full disk.
                let operation: Operation =
                    switch round % 3 {
                    case 0 where step % 9 == 8: .optimize
                    case 0 where step % 13 == 12, 1 where step % 4 == 3: .backup
                    default: .put(documents)
                    }
                do {
                    try await worker.perform(operation)
                    state.apply(operation)
                } catch let error as AkinError {
                    refusals[
                        "\(error.code): \(operation.description.prefix(8).split(separator: " ").first ?? "")",
                        default: 0] += 1
                    guard error.code == .inputOutput || error.code == .cannotCreate else { throw error }
                    var next = state
                    next.apply(operation)
                    inDoubt = next
                    // Reading goes on with the disk full.
                    let stored = try await check.documents(of: worker.open())
                    guard check.holds(stored, state) || check.holds(stored, next) else {
                        throw TrialFailure(
                            "On a full disk, after '\(error)': \(check.difference(stored, [state, next]))")
                    }
                }
            }
            guard let inDoubt else { throw TrialFailure("Round \(round) never filled the disk.") }
            try? await worker.close()
            try FileManager.default.removeItem(atPath: ballast)
            for name in try FileManager.default.contentsOfDirectory(atPath: disk) where name.contains("-backup-") {
                try FileManager.default.removeItem(atPath: "\(disk)/\(name)")
            }
            _ = try await check.state(ofStoreAt: store, among: [state, inDoubt])
            try await readOnly(disk, store, [state, inDoubt], check, &random)
        }
        say(
            "a full disk, \(rounds) times: \(refusals.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))"
        )
        say("a file system made read-only, \(rounds) times: read as before, writing refused, writing works again after")
        try await withoutDescriptors(folder)
        say("exhaustion (seed \(trial.seed)): 0 lost, 0 phantom, 0 wrong")
    }

    private func readOnly(
        _ disk: String, _ store: String, _ states: [Expectation], _ check: StoreCheck, _ random: inout TrialRandom
    ) async throws {
        // A closed store releases its files a moment later.
        try await Task.sleep(for: .milliseconds(200))
        try Self.system("mount", "-o", "remount,ro", disk)
        do {
            let reader = try await Database.open(at: store, configuration: check.configuration)
            let stored = try await check.documents(of: reader)
            guard states.contains(where: { check.holds(stored, $0) }) else {
                throw TrialFailure("Read-only: \(check.difference(stored, states))")
            }
            try await reader.close()
            let document = TrialDocument(&random, version: "ro")
            do {
                let writer = try await Database.open(at: store, mode: .readWrite, configuration: check.configuration)
                _ = try await writer.put([document.document])
                throw TrialFailure("A read-only file system took a write.")
            } catch let error as AkinError {
                guard error.code == .cannotCreate || error.code == .inputOutput else { throw error }
            }
            try Self.system("mount", "-o", "remount,rw", disk)
        } catch {
            try? Self.system("mount", "-o", "remount,rw", disk)
            throw error
        }
        let writer = try await Database.open(at: store, mode: .readWrite, configuration: check.configuration)
        let small = Document(id: "after", text: "the dog is in a house.")
        guard try await writer.put([small]).added == 1, try await writer.delete(id: "after") else {
            throw TrialFailure("No writing after.")
        }
        try await writer.close()
    }

    /// Everything is tried with fewer and fewer descriptors.
    private func withoutDescriptors(_ folder: TrialFolder) async throws {
        var before = rlimit()
        getrlimit(limitOfOpenFiles, &before)
        let store = try folder.fresh("descriptors") + "/trial.db"
        let configuration = Database.Configuration.trial(trial)
        var (state, refused) = (Expectation(), 0)
        let check = StoreCheck(configuration: configuration)
        let operations = Operation.sequence(seed: trial.seed, count: 12, mix: .optimizing)
        for free in 0..<24 {
            var worker = Worker(path: store, configuration: configuration)
            var possible = [state]
            let lowest = open("/dev/null", O_RDONLY)
            close(lowest)
            var limit = rlimit(rlim_cur: rlim_t(Int(lowest) + free), rlim_max: before.rlim_max)
            setrlimit(limitOfOpenFiles, &limit)
            do {
                for operation in operations {
                    var next = state
                    next.apply(operation)
                    possible = [state, next]
                    try await worker.perform(operation)
                    state = next
                    possible = [state]
                }
            } catch let error as AkinError {
                refused += 1
                guard error.code != .internalFailure else { throw error }
            }
            setrlimit(limitOfOpenFiles, &before)
            try? await worker.close()
            state = possible[try await check.state(ofStoreAt: store, among: possible, mayBeMissing: true)]
        }
        guard refused > 0 else { throw TrialFailure("No run was short of descriptors.") }
        say("descriptors used up, 24 times: \(refused) refused by a typed error, all works again after")
    }

    private static func system(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw TrialFailure("\(arguments.joined(separator: " ")) failed; it needs root.")
        }
    }
}

#if canImport(Glibc)
private let limitOfOpenFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
private let limitOfOpenFiles = RLIMIT_NOFILE
#endif
