import ArgumentParser
import Foundation
import GRDB

/// Values that Akin never writes, in the rows of a small store: every command of the program answers or says what is
/// wrong, and none ends by a signal, hangs, or reports a fault of Akin itself.
struct EditedRowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edited-rows", abstract: "Edit rows of a store at random and run every command on it.")

    @OptionGroup var trial: TrialOptions
    @Option(help: "How many edited stores.") var rounds = 100
    @Option(help: "The program to run.") var program: String
    @Option(help: "Seconds after which a command counts as hung.") var limit = 60.0

    /// The exit statuses of the table in the manual. 70 means a fault of Akin itself.
    private static let statuses: Set<Int32> = [0, 1, 64, 65, 66, 69, 73, 74, 75]

    func run() async throws {
        let folder = try TrialFolder(trial.folder)
        let whole = try EditedStore.make(in: folder.fresh("whole"), program: program)
        var (commands, edits) = (0, 0)
        for round in 0..<UInt64(rounds) {
            let seed = trial.seed + round
            let (edit, ran) = try check(seed, whole, folder, keeping: nil)
            (commands, edits) = (commands + ran.count, edits + edit.count)
            if (round + 1) % 100 == 0 { say("\(round + 1) edited stores, \(commands) answers") }
            guard let failure = ran.failure else { continue }
            let few = try shrink(seed, edit, whole, folder)
            folder.isKept = true
            throw TrialFailure("seed \(seed): \(failure)\n\(few.joined(separator: "\n"))\nin \(folder.path)")
        }
        say("\(rounds) edited stores, \(edits) edits, \(commands) answers, 0 wrong (seeds from \(trial.seed))")
    }

    /// Edits a fresh copy as the seed says, with only the kept edits, and runs commands until one fails.
    private func check(
        _ seed: UInt64, _ whole: EditedStore, _ folder: TrialFolder, keeping kept: Set<Int>?
    ) throws -> (edits: [String], ran: (count: Int, failure: String?)) {
        let base = try folder.fresh("base")
        try whole.copy(to: base)
        let edits = try RowEdits(seed).apply(to: "\(base)/\(whole.name(seed))", keeping: kept)
        guard !edits.isEmpty else { return (edits, (0, nil)) }
        return (edits, try run(EditedStore.commands, on: whole.name(seed), base: base, folder))
    }

    private func run(_ commands: [EditedStore.Command], on name: String, base: String, _ folder: TrialFolder) throws
        -> (count: Int, failure: String?)
    {
        let work = folder.file("work")
        try EditedStore.copy(base, to: work)
        for (number, command) in commands.enumerated() {
            // A command that writes works on the edits, not on what the command before made of them.
            if command.startsAnew { try EditedStore.copy(base, to: work) }
            let outcome = try EditedStore.run(program, command.arguments + ["--db", name], in: work, limit: limit)
            let said = "akin \(command.arguments.joined(separator: " ")) --db \(name): "
            if let signal = outcome.signal {
                return (number, said + "signal \(signal)\n\(outcome.errors.suffix(2_000))")
            }
            if outcome.isHung { return (number, said + "not ended after \(limit) s") }
            guard Self.statuses.contains(outcome.status) else {
                return (number, said + "status \(outcome.status)\n\(outcome.errors)")
            }
        }
        return (commands.count, nil)
    }

    /// Leaves out edits as long as some command fails.
    private func shrink(_ seed: UInt64, _ edits: [String], _ whole: EditedStore, _ folder: TrialFolder) throws
        -> [String]
    {
        for edit in edits.indices {
            let (alone, ran) = try check(seed, whole, folder, keeping: [edit])
            if ran.failure != nil { return alone }
        }
        return edits
    }
}
