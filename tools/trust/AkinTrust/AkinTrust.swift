import Akin
import ArgumentParser
import Foundation

/// Proves, by killing, cutting and filling, that nothing acknowledged is lost and no answer is wrong. `tools/trust`
/// runs the long modes, the tests the short ones.
@main
struct AkinTrust: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove that nothing acknowledged is lost and no answer is wrong.",
        subcommands: [
            CrashCommand.self, PowerLossCommand.self, FaultsCommand.self, ExhaustionCommand.self, ModelCommand.self,
            StressCommand.self,
            ThreadsCommand.self, BitsCommand.self,
            EditedRowsCommand.self, TrainingCommand.self, AdaptationCommand.self,
            WorkerCommand.self, TrainingWorkerCommand.self, AdaptationWorkerCommand.self,
        ])
}

/// What every trial receives.
struct TrialOptions: ParsableArguments {
    @Option(help: "The folder of a small BERT model; random weights will do.") var model: String
    @Option(help: "The first seed; a run is repeated by its seed.") var seed: UInt64 = 1
    @Option(help: "A folder for the stores (default: a new one, removed when all is well).") var folder: String?
}

extension Database.Configuration {
    /// That of a trial: index files are kept from few vectors and passages on.
    static func trial(_ options: TrialOptions, threads: Int = 1, threshold: Int = 30) -> Database.Configuration {
        var configuration = Database.Configuration(
            model: options.model, threads: threads, exactThreshold: threshold)
        configuration.postingsThreshold = threshold
        return configuration
    }
}

/// Prints a line at once, since a trial may run for long and be stopped at any moment.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
