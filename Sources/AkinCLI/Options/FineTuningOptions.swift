import Akin
import AkinCore
import ArgumentParser
import Foundation

/// What the commands that fine-tune a model have in common.
struct FineTuningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder to write; there must be none yet.", valueName: "folder"), completion: .directory)
    var output: String

    @OptionGroup var model: ModelOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The share of the examples that is scored on and not learnt from.", valueName: "share"))
    var heldOut = 0.1

    @Option(parsing: .unconditional, help: ArgumentHelp("Decides split, order and dropout.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Stop after so many passes without a better held-out score, and keep the best pass (default: make all, keep the last).
            """,
            valueName: "passes"))
    var patience: Int?

    @Option(help: "The arithmetic of training and of vectors (default: auto).")
    var precision: EncodingPrecision?

    @OptionGroup var memory: TrainingMemoryOption

    var configuration: Database.Configuration {
        Database.Configuration(
            model: model.name, precision: precision, threads: model.work.threads, models: .ofEnvironment)
    }

    func validate() throws {
        guard heldOut >= 0.01, heldOut <= 0.9 else {
            throw ValidationError("--held-out must be at least 0.01 and at most 0.9, not \(heldOut).")
        }
        if let patience, patience < 1 || patience > 1000 {
            throw ValidationError("--patience must be at least 1 and at most 1000, not \(patience).")
        }
    }

    /// Checks the options whose defaults are each command's own.
    static func validate(epochs: Int, batchSize: Int, rate: Double) throws {
        for (name, value, least, most) in [("epochs", epochs, 1, 1000), ("batch-size", batchSize, 1, 4096)]
        where value < least || value > most {
            throw ValidationError("--\(name) must be at least \(least) and at most \(most), not \(value).")
        }
        guard rate > 0, rate < 1 else { throw ValidationError("--rate must be above 0 and below 1, not \(rate).") }
    }
}

/// What a training may take.
struct TrainingMemoryOption: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Megabytes that the training may take (default: four fifths of what is free).", valueName: "mb"))
    var memory: Int?

    var bytes: Int? { memory.map { $0 * 1_000_000 } }

    func validate() throws {
        if let memory, memory < 1 || memory > 1_000_000_000 {
            throw ValidationError("--memory must be at least 1 and at most 1000000000, not \(memory).")
        }
    }
}
