import Akin
import ArgumentParser
import Foundation

/// Kills a writer over and over, at random moments and at named points, and looks at what is left.
struct CrashCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash", abstract: "Kill a writer over and over and check what is left.")

    /// The points at which a kill can be placed: calls on files that only this part of the work makes.
    private struct Point {
        let name: String
        let fault: String
        let highest: Int
        var mix = Operation.Mix.everyday
        var makesStore = false
        var upgradesStore = false

        func fault(_ random: inout TrialRandom) -> String { "\(fault):\(1 + random.below(highest))" }
    }

    private static let points = [
        Point(name: "index, in the log", fault: "kill:write:*-wal", highest: 60),
        Point(name: "index, log being synced", fault: "kill:sync:*-wal", highest: 12),
        Point(name: "index, log synced", fault: "kill-after:sync:*-wal", highest: 12),
        Point(name: "merge, index file being written", fault: "kill:write:*-index-*", highest: 30, mix: .optimizing),
        Point(name: "publish, index file being synced", fault: "kill:sync:*-index-*", highest: 4, mix: .optimizing),
        Point(name: "publish, before its name", fault: "kill:rename:*-index-*", highest: 4, mix: .optimizing),
        Point(name: "publish, after its name", fault: "kill-after:rename:*-index-*", highest: 4, mix: .optimizing),
        Point(name: "publish, older file being removed", fault: "kill:unlink:*-index-*", highest: 3, mix: .optimizing),
        Point(name: "index over words being written", fault: "kill:write:*-words-*", highest: 3, mix: .optimizing),
        Point(name: "index over words being synced", fault: "kill:sync:*-words-*", highest: 3, mix: .optimizing),
        Point(name: "index over words, before its name", fault: "kill:rename:*-words-*", highest: 3, mix: .optimizing),
        Point(
            name: "index over words, after its name", fault: "kill-after:rename:*-words-*", highest: 3,
            mix: .optimizing),
        Point(
            name: "index over words, older file being removed", fault: "kill:unlink:*-words-*", highest: 2,
            mix: .optimizing),
        Point(name: "checkpoint, page being written", fault: "kill:write:*.db", highest: 60, mix: .optimizing),
        Point(name: "checkpoint, file being synced", fault: "kill:sync:*.db", highest: 5, mix: .optimizing),
        Point(name: "checkpoint, log being cut", fault: "kill:truncate:*-wal", highest: 4, mix: .optimizing),
        Point(name: "checkpoint, log cut", fault: "kill-after:truncate:*-wal", highest: 4, mix: .optimizing),
        Point(name: "backup, being written", fault: "kill:write:*.partial", highest: 40, mix: .backingUp),
        Point(name: "backup, being synced", fault: "kill:sync:*.partial", highest: 3, mix: .backingUp),
        Point(name: "backup, before its name", fault: "kill:rename:*.partial", highest: 3, mix: .backingUp),
        Point(name: "backup, after its name", fault: "kill-after:rename:*.partial", highest: 3, mix: .backingUp),
        Point(name: "making, file being made", fault: "kill:create:*.db*", highest: 5, makesStore: true),
        Point(name: "making, in the log", fault: "kill:write:*-wal", highest: 30, makesStore: true),
        Point(name: "making, checkpoint", fault: "kill:write:*.db", highest: 30, makesStore: true),
        Point(name: "making, syncs", fault: "kill:sync:*", highest: 6, makesStore: true),
        Point(name: "migration, in the log", fault: "kill:write:*-wal", highest: 12, upgradesStore: true),
        Point(name: "migration, log being synced", fault: "kill:sync:*-wal", highest: 2, upgradesStore: true),
        Point(name: "migration, log synced", fault: "kill-after:sync:*-wal", highest: 2, upgradesStore: true),
        Point(name: "migration, checkpoint", fault: "kill:write:*.db", highest: 8, upgradesStore: true),
        Point(name: "migration, file being synced", fault: "kill:sync:*.db", highest: 1, upgradesStore: true),
        Point(name: "migration, log being cut", fault: "kill:truncate:*-wal", highest: 1, upgradesStore: true),
    ]

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many kills.") var rounds = 1000
    @Option(help: "tools/trust/disk.c; without it kills come at random moments only.") var disk: String?
    @Flag(help: "Kill only while a store of an older format is updated.") var migration = false
    @Option(help: "The program akin, whose 'verify' looks too, once in 20 rounds.") var program: String?

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let library = try disk.map { try DiskLibrary(source: $0, in: folder) }
        let points = Self.points.filter { $0.upgradesStore || !migration }
        if migration && library == nil { throw ValidationError("--migration needs --disk.") }
        var (unfinished, finished) = (0, 0)
        var tally: [String: Int] = [:]
        var round = 0
        var (kills, missed) = (0, 0)
        var state = Expectation()
        var store = ""
        let check = StoreCheck(
            configuration: Database.Configuration.trial(trial))
        while kills < rounds {
            round += 1
            guard missed < rounds * 3 + 50 else {
                throw TrialFailure("Too few kills met their point: \(kills) of \(round).")
            }
            var random = TrialRandom(trial.seed &* 1_000_003 &+ UInt64(round))
            let isRandom = library == nil || !migration && random.chance(35)
            let point = isRandom ? nil : points[random.below(points.count)]
            if round % 25 == 1 || point?.makesStore == true {
                store = try folder.fresh("round") + "/trial.db"
                state = Expectation()
            }
            let isUpgrade = point?.upgradesStore == true && FileManager.default.fileExists(atPath: store)
            if isUpgrade { try OlderFormat.make(of: store) }
            let seed = random.next() % 1_000_000_000
            let operations = Operation.sequence(seed: seed, count: 40, mix: point?.mix ?? .everyday)
            var worker = WorkerProcess(
                arguments: [
                    "--model", trial.model, "--seed", String(seed), "--db", store, "--operations", "40",
                    "--mix", (point?.mix ?? .everyday).rawValue,
                ])
            let report = folder.file("report")
            if let point, let library {
                // A store that is yet to be upgraded has to be made first.
                if !point.upgradesStore || isUpgrade {
                    worker.environment = library.environment(fault: point.fault(&random), report: report)
                }
            } else {
                worker.killAfter = 0.02 + Double(random.below(500)) / 1000
            }
            let outcome = try worker.run()
            let name = point?.name ?? "a random moment"
            guard outcome.wasKilled || outcome.status == 0 && outcome.signal == nil else {
                folder.isKept = true
                throw TrialFailure(
                    "round \(round) (\(name)): the worker ended by \(outcome.status): \(outcome.refusal ?? outcome.errors)"
                )
            }
            if outcome.wasKilled {
                kills += 1
                tally[name, default: 0] += 1
                if isUpgrade {
                    if try OlderFormat.isOne(store) { unfinished += 1 } else { finished += 1 }
                }
            } else {
                missed += 1
            }
            do {
                let states = state.states(after: Array(operations.prefix(outcome.started)))
                let possible = Array(states[outcome.acknowledged...])
                state =
                    possible[
                        try await check.state(
                            ofStoreAt: store, among: possible, mayBeMissing: outcome.acknowledged == 0)]
                try await checkBackups(beside: store, check)
                if round % 20 == 0 { try verifyWithProgram(store) }
            } catch {
                folder.isKept = true
                throw TrialFailure("round \(round) (\(name), worker seed \(seed), in \(folder.path)): \(error)")
            }
            if kills > 0, kills % 100 == 0, outcome.wasKilled { say("\(kills) kills, nothing lost, nothing wrong") }
        }
        if unfinished + finished > 0 {
            say("killed while a store was updated: \(unfinished) before its commit, \(finished) after")
        }
        for (name, count) in tally.sorted(by: { $0.key < $1.key }) { say("\(count)\t\(name)") }
        say("\(kills) kills in \(round) rounds (seed \(trial.seed)): 0 lost, 0 phantom, 0 wrong")
    }

    /// A backup under its final name is whole.
    private func checkBackups(beside store: String, _ check: StoreCheck) async throws {
        let folder = URL(filePath: store).deletingLastPathComponent()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.contains("-backup-") {
            let path = folder.appending(path: name).path
            if !name.contains(".partial") && !name.hasSuffix("-wal") && !name.hasSuffix("-shm")
                && !name.hasSuffix("-lock")
            {
                let backup = try await Database.open(at: path, configuration: check.configuration)
                let findings = try await backup.verify()
                try await backup.close()
                guard findings.isEmpty else { throw TrialFailure("The backup \(name) is not whole: \(findings)") }
            }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    private func verifyWithProgram(_ store: String) throws {
        guard let program else { return }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["verify", "--db", store]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw TrialFailure("akin verify: \(String(decoding: said, as: UTF8.self))")
        }
    }
}
