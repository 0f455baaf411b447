import Akin
import ArgumentParser
import Foundation

/// Lets one call after another fail, and checks that the error is reported by name, that nothing is lost, and that
/// everything works again afterwards.
struct FaultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults", abstract: "Make calls fail, one after another, and check.")

    /// A family of calls on a kind of file, and the ways it can fail.
    private struct Target {
        let call: String
        let pattern: String
        let actions: [String]
        var mix = Operation.Mix.everyday
        /// Steps between the calls that are tried.
        var stride = 1
    }

    private static let targets = [
        Target(call: "create", pattern: "*.db*", actions: ["EACCES", "ENOSPC", "EROFS", "EMFILE", "EIO"]),
        Target(call: "open", pattern: "*.db*", actions: ["EMFILE", "EACCES", "EIO"]),
        Target(call: "write", pattern: "*-wal", actions: ["EIO", "ENOSPC", "short", "EROFS", "EDQUOT"], stride: 7),
        Target(call: "sync", pattern: "*-wal", actions: ["EIO", "ENOSPC"]),
        Target(call: "truncate", pattern: "*-wal", actions: ["EIO"], mix: .optimizing),
        Target(call: "write", pattern: "*.db", actions: ["EIO", "ENOSPC", "short"], mix: .optimizing, stride: 7),
        Target(call: "sync", pattern: "*.db", actions: ["EIO"], mix: .optimizing),
        Target(call: "write", pattern: "*-index-*", actions: ["EIO", "ENOSPC", "short"], mix: .optimizing, stride: 3),
        Target(call: "sync", pattern: "*-index-*", actions: ["EIO"], mix: .optimizing),
        Target(call: "rename", pattern: "*-index-*", actions: ["EIO", "ENOSPC"], mix: .optimizing),
        Target(call: "map", pattern: "*-index-*", actions: ["ENOMEM"], mix: .optimizing),
        Target(call: "open", pattern: "*-index-*", actions: ["EMFILE", "EACCES"], mix: .optimizing),
        Target(call: "write", pattern: "*-words-*", actions: ["EIO", "ENOSPC", "short"], mix: .optimizing),
        Target(call: "sync", pattern: "*-words-*", actions: ["EIO"], mix: .optimizing),
        Target(call: "rename", pattern: "*-words-*", actions: ["EIO", "ENOSPC"], mix: .optimizing),
        Target(call: "map", pattern: "*-words-*", actions: ["ENOMEM"], mix: .optimizing),
        Target(call: "open", pattern: "*-words-*", actions: ["EMFILE", "EACCES"], mix: .optimizing),
        Target(call: "map", pattern: "*-shm", actions: ["ENOMEM"]),
        Target(call: "read", pattern: "*.db", actions: ["EIO", "short"], stride: 5),
        Target(call: "read", pattern: "*-wal", actions: ["EIO", "short"], stride: 3),
        Target(call: "write", pattern: "*.partial", actions: ["EIO", "ENOSPC"], mix: .backingUp, stride: 11),
        Target(call: "sync", pattern: "*.partial", actions: ["EIO"], mix: .backingUp),
        Target(call: "rename", pattern: "*.partial", actions: ["EIO"], mix: .backingUp),
        Target(call: "lock", pattern: "*-lock", actions: ["EIO", "EINTR"]),
        Target(call: "sync", pattern: "*", actions: ["EIO"]),
    ]

    @OptionGroup var trial: TrialOptions
    @Option(help: "tools/trust/disk.c.") var disk: String
    @Option(help: "The most faults of each kind.") var each = 12
    @Flag(help: "Also let each fault last: everything after it fails too.") var lasting = false

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let library = try DiskLibrary(source: disk, in: folder)
        let check = StoreCheck(
            configuration: Database.Configuration.trial(trial))
        var (met, refused, passed) = (0, 0, 0)
        for target in Self.targets {
            for action in target.actions {
                for lasts in lasting ? [false, true] : [false] {
                    let counts = try await run(target, action, lasts: lasts, library, folder, check)
                    met += counts.met
                    refused += counts.refused
                    passed += counts.met - counts.refused
                    let times = lasts ? "and after" : "once"
                    say(
                        "\(counts.met) met, \(counts.refused) refused\t\(action) \(target.call) \(target.pattern) \(times)"
                    )
                    guard counts.met > 0 else {
                        throw TrialFailure("\(action) \(target.call) \(target.pattern) was never met.")
                    }
                }
            }
        }
        say(
            "\(met) faults met: \(refused) refused by a typed error, \(passed) without effect; 0 lost, 0 phantom, 0 wrong"
        )
    }

    private func run(
        _ target: Target, _ action: String, lasts: Bool, _ library: DiskLibrary, _ folder: TrialFolder,
        _ check: StoreCheck
    ) async throws -> (met: Int, refused: Int) {
        var (met, refused) = (0, 0)
        for attempt in 0..<each {
            let number = 1 + attempt * target.stride
            let seed = trial.seed &* 101 &+ UInt64(attempt % 3)
            let operations = Operation.sequence(seed: seed, count: 14, mix: target.mix)
            let store = try folder.fresh("faulty") + "/trial.db"
            let report = folder.file("report")
            try? FileManager.default.removeItem(atPath: report)
            let fault = "\(action):\(target.call):\(target.pattern):\(number)\(lasts ? "+" : "")"
            var worker = WorkerProcess(
                arguments: [
                    "--model", trial.model, "--seed", String(seed), "--db", store, "--operations", "14", "--mix",
                    target.mix.rawValue,
                ] + (lasts ? [] : ["--again"]))
            worker.environment = library.environment(fault: fault, report: report)
            let outcome = try worker.run()
            let wasMet = ((try? Data(contentsOf: URL(filePath: report))) ?? Data()).isEmpty == false
            if !wasMet {
                guard outcome.status == 0 else { throw TrialFailure("\(fault): not met, and yet \(outcome.errors)") }
                return (met, refused)
            }
            met += 1
            if outcome.refusal != nil || outcome.status != 0 { refused += 1 }
            do {
                try judge(outcome, lasts: lasts)
                let states = Expectation().states(after: Array(operations.prefix(outcome.started)))
                let possible = Array(states[outcome.acknowledged...])
                _ = try await check.state(ofStoreAt: store, among: possible, mayBeMissing: outcome.acknowledged == 0)
                try await worksAgain(store, possible, check)
            } catch {
                folder.isKept = true
                throw TrialFailure("\(fault), worker seed \(seed), in \(folder.path): \(error)")
            }
        }
        return (met, refused)
    }

    /// A fault that is reported must be reported by a typed error, once. A fault without effect needs no report.
    private func judge(_ outcome: WorkerProcess.Outcome, lasts: Bool) throws {
        guard outcome.signal == nil else {
            throw TrialFailure("The worker was ended by signal \(outcome.signal ?? 0): \(outcome.errors.suffix(400))")
        }
        if outcome.status == 0 { return }
        // The failing call may be the last close.
        let isTyped = outcome.refusal != nil || outcome.errors.contains("Error: ")
        guard isTyped, !outcome.errors.contains("Fatal") else {
            throw TrialFailure("status \(outcome.status): \(outcome.errors)")
        }
        if !lasts, outcome.refusal != nil, outcome.status == 3 { return }
        if let refusal = outcome.refusal, refusal.contains("internalFailure") {
            throw TrialFailure("An error without a name: \(refusal)")
        }
    }

    private func worksAgain(_ store: String, _ states: [Expectation], _ check: StoreCheck) async throws {
        let worker = WorkerProcess(
            arguments: ["--model", trial.model, "--seed", String(trial.seed &+ 5), "--db", store, "--operations", "4"])
        let outcome = try worker.run()
        guard outcome.status == 0 else {
            throw TrialFailure("It does not work again: \(outcome.refusal ?? outcome.errors)")
        }
        let operations = Operation.sequence(seed: trial.seed &+ 5, count: 4, mix: .everyday)
        let after = states.map { $0.states(after: operations)[4] }
        _ = try await check.state(ofStoreAt: store, among: after)
    }
}
