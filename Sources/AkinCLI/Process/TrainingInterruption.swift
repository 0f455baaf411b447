import ArgumentParser

/// A training that Ctrl-C stops after the step that is being made, with its state kept.
enum TrainingInterruption {
    /// Runs `body`, which Ctrl-C cancels, and clears the progress line when it ends.
    static func run<Result: Sendable>(
        _ progress: ProgressLine?, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        do {
            defer { progress?.finish() }
            return try await Signals.runInterruptibly(body)
        } catch is CancellationError {
            StandardError.line("akin: interrupted: the state of the training stays; run the same command to go on")
            throw ExitCode(Failure.interrupted)
        }
    }
}
