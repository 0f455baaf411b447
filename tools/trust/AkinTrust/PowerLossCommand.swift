import Akin
import ArgumentParser
import Foundation

/// Records what a writer does to its disk and builds what a power cut at some moment may have left of it.
struct PowerLossCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power-loss", abstract: "Build what power cuts may leave on a disk and check each.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "tools/trust/disk.c.") var disk: String
    @Option(help: "How many images of disks.") var images = 200
    @Option(help: "Images of each recording.") var perRecording = 40
    @Option(help: "full: what was acknowledged is there; normal: what was checkpointed is.") var durability =
        Durability.full.rawValue

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let library = try DiskLibrary(source: disk, in: folder)
        let check = StoreCheck(
            configuration: Database.Configuration.trial(trial))
        var tally: [String: Int] = [:]
        var (done, recording, behind) = (0, 0, 0)
        while done < images {
            let seed = trial.seed &* 7_919 &+ UInt64(recording)
            let mix = Operation.Mix.allCases[recording % Operation.Mix.allCases.count]
            recording += 1
            let operations = Operation.sequence(seed: seed, count: 30, mix: mix)
            let changes = try record(seed: seed, mix: mix, count: operations.count, library, folder)
            let states = Expectation().states(after: operations)
            var random = TrialRandom(seed)
            for _ in 0..<min(perRecording, images - done) {
                let moment = random.below(changes.count + 1)
                let fate = DiskImage.Fate.allCases[random.below(3)]
                var image = DiskImage()
                var (said, checkpoints) = ("", 0)
                for change in changes.prefix(moment) {
                    if change.path.hasSuffix("/acks") {
                        said += String(decoding: change.bytes, as: UTF8.self)
                    } else {
                        image.apply(change)
                    }
                    if change.kind == .synced, change.path.hasSuffix("/trial.db") { checkpoints += 1 }
                }
                let acknowledged = said.count(of: "a ")
                let started = said.count(of: "s ")
                let store = try folder.fresh("image") + "/trial.db"
                try image.write(to: URL(filePath: store).deletingLastPathComponent().path, fate: fate, &random)
                let isFull = durability == Durability.full.rawValue
                let possible = Array(states[(isFull ? acknowledged : 0)...started])
                do {
                    let found = try await check.state(
                        ofStoreAt: store, among: possible, mayBeMissing: !isFull || acknowledged == 0,
                        mayHaveStaleIndex: !isFull)
                    if !isFull, found < acknowledged { behind += 1 }
                } catch {
                    folder.isKept = true
                    throw TrialFailure(
                        "recording \(seed) (\(mix)), cut after \(moment) of \(changes.count) changes, unsynced writes \(fate), "
                            + "\(acknowledged) acknowledged, image in \(folder.path)/image: \(error)")
                }
                tally["unsynced writes \(fate.rawValue)", default: 0] += 1
                done += 1
            }
        }
        for (name, count) in tally.sorted(by: { $0.key < $1.key }) { say("\(count)\t\(name)") }
        let more =
            behind > 0 ? "; \(behind) had lost commits that only the system knew of, as --durability normal may" : ""
        say(
            "\(done) power cuts in \(recording) recordings (\(durability), seed \(trial.seed)): 0 lost, 0 phantom, 0 wrong\(more)"
        )
    }

    private func record(
        seed: UInt64, mix: Operation.Mix, count: Int, _ library: DiskLibrary, _ folder: TrialFolder
    ) throws -> [DiskChange] {
        let work = try folder.fresh("recorded")
        let log = folder.file("changes")
        try? FileManager.default.removeItem(atPath: log)
        var worker = WorkerProcess(
            arguments: [
                "--model", trial.model, "--seed", String(seed), "--db", "\(work)/trial.db", "--operations",
                String(count),
                "--mix", mix.rawValue, "--durability", durability, "--acks", "\(work)/acks",
            ])
        worker.environment = library.environment(record: log, of: work)
        let outcome = try worker.run()
        guard outcome.status == 0, outcome.signal == nil else {
            throw TrialFailure("The recorded worker failed: \(outcome.errors)")
        }
        return try DiskChange.read(log)
    }
}

extension String {
    /// The number of lines of the text that begin with it.
    fileprivate func count(of prefix: String) -> Int { split(separator: "\n").count { $0.hasPrefix(prefix) } }
}
