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

/// Kills trainings at random moments until they end, and compares what they wrote with what runs wrote that were not
/// stopped: byte by byte, with nothing left beside it. Then disks that are full, folders and checkpoints of others.
struct TrainingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training", abstract: "Kill trainings at random moments, and compare what they end with.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many trainings of each task are killed until they end.") var rounds = 20

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        var (kills, resumed) = (0, 0)
        do {
            for task in TrainingTrial.Task.allCases {
                let made = try TrainingTrial(task, model: trial.model, in: folder)
                let whole = try made.run(output: "whole")
                guard whole.status == 0 else { throw TrialFailure("\(task) failed: \(whole.errors)") }
                let expected = try made.files(of: "whole")
                for round in 0..<rounds {
                    var random = TrialRandom(trial.seed &+ UInt64(round))
                    let counts = try killUntilItEnds(made, expected, seconds: whole.seconds, &random)
                    kills += counts.kills
                    resumed += counts.resumed
                }
                try refuseOthers(made, expected)
                try fillDisk(made, expected)
            }
        } catch {
            folder.isKept = true
            throw error
        }
        say("trainings (seed \(trial.seed)): \(kills) kills, \(resumed) runs that went on from a checkpoint")
        say("trainings: 0 lost, 0 phantom, 0 wrong")
    }

    private func killUntilItEnds(
        _ made: TrainingTrial, _ expected: [String: Data], seconds: Double, _ random: inout TrialRandom
    ) throws -> (kills: Int, resumed: Int) {
        try made.clear()
        var (kills, resumed) = (0, 0)
        while true {
            // From before the first step to the middle of a whole run, so that most runs are killed several times.
            let time = seconds * (0.1 + Double(random.below(1000)) / 1800)
            if FileManager.default.fileExists(atPath: made.path("model.checkpoint")) { resumed += 1 }
            let outcome = try made.run(output: "model", killAfter: kills < 60 ? time : nil)
            let isThere = FileManager.default.fileExists(atPath: made.path("model"))
            if outcome.signal == SIGKILL {
                kills += 1
                // What was given its name is whole.
                if isThere { break }
                continue
            }
            guard outcome.status == 0 else { throw TrialFailure("a resumed training failed: \(outcome.errors)") }
            guard try made.beside().isEmpty else {
                throw TrialFailure("a training left \(try made.beside()) behind")
            }
            break
        }
        guard try made.files(of: "model") == expected else {
            throw TrialFailure("a training that was killed \(kills) times wrote other bytes")
        }
        return (kills, resumed)
    }

    /// Checkpoints of another run and edited ones are refused and stay; a folder that appears meanwhile stays too.
    private func refuseOthers(_ made: TrainingTrial, _ expected: [String: Data]) throws {
        try made.clear()
        let checkpoint = made.path("model.checkpoint")
        guard try made.run(output: "model", stopsAfter: 3).status == TrainingTrial.stopped,
            let kept = FileManager.default.contents(atPath: checkpoint)
        else { throw TrialFailure("a stopped training kept no state") }
        func expectRefusal(_ words: String, trainingSeed: Int = 1, bytes: Data) throws {
            let outcome = try made.run(output: "model", seed: trainingSeed)
            guard outcome.status == 3, outcome.errors.contains(words), outcome.errors.split(separator: "\n").count == 1
            else { throw TrialFailure("not refused for '\(words)': \(outcome.status), \(outcome.errors)") }
            guard FileManager.default.contents(atPath: checkpoint) == bytes,
                !FileManager.default.fileExists(atPath: made.path("model"))
            else { throw TrialFailure("a refused training changed files") }
        }
        try expectRefusal("another training", trainingSeed: 2, bytes: kept)
        var random = TrialRandom(trial.seed)
        for _ in 0..<4 {
            var edited = kept
            // The key, which says whose it is, comes first; what follows is checked by sums.
            edited[40 + random.below(kept.count - 40)] ^= UInt8(1 << random.below(8))
            // Bytes that only fill up to the next multiple of 64 mean nothing.
            try edited.write(to: URL(filePath: checkpoint))
            let outcome = try made.run(output: "model")
            if outcome.status == 0 {
                guard try made.files(of: "model") == expected else {
                    throw TrialFailure("an edited checkpoint gave another model")
                }
                try made.clear()
            } else if !outcome.errors.contains("damaged") {
                throw TrialFailure("an edited checkpoint: \(outcome.errors)")
            }
        }
        try kept.prefix(kept.count / 2).write(to: URL(filePath: checkpoint))
        try expectRefusal("damaged", bytes: kept.prefix(kept.count / 2))

        try made.clear()
        // Two at once: one writes the folder, and the other says that it is there.
        let (first, second) = (try made.start(output: "model"), try made.start(output: "model"))
        let outcomes = [first.outcome(), second.outcome()]
        guard outcomes.contains(where: { $0.status == 0 }), try made.files(of: "model") == expected else {
            throw TrialFailure("two trainings to one folder: \(outcomes.map(\.errors))")
        }
        for outcome in outcomes where outcome.status != 0 {
            guard outcome.errors.contains("exists already") else { throw TrialFailure("\(outcome.errors)") }
        }
    }

    /// Files may grow to so many bytes only: every size ends with a refusal in one line, and after it the same training
    /// ends with the same bytes.
    private func fillDisk(_ made: TrainingTrial, _ expected: [String: Data]) throws {
        let largest = expected.values.map(\.count).max() ?? 0
        for size in [0, largest / 2, 2 * largest] {
            try made.clear()
            let outcome = try made.run(output: "model", fileLimit: size)
            guard outcome.status == 3, outcome.errors.contains("cannot be") else {
                throw TrialFailure("files of \(size) bytes at most: \(outcome.status), \(outcome.errors)")
            }
            guard !FileManager.default.fileExists(atPath: made.path("model")),
                try made.beside().allSatisfy({ $0 == "model.checkpoint" })
            else { throw TrialFailure("a training on a full disk left \(try made.beside())") }
            guard try made.run(output: "model").status == 0, try made.files(of: "model") == expected else {
                throw TrialFailure("a training after a full disk wrote other bytes")
            }
        }
    }
}
