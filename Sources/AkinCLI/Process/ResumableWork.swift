import ArgumentParser

/// Long work that commits in steps. What was committed before an interruption is kept, and the same command goes on
/// from there.
enum ResumableWork {
    /// Runs `body`, which Ctrl-C cancels, and clears the progress line when it ends.
    ///
    /// - Parameter kept: what an interruption leaves, for its message.
    static func run<Result: Sendable>(
        _ progress: ProgressLine?, kept: String = "what was committed",
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        do {
            defer { progress?.finish() }
            return try await Signals.runInterruptibly(body)
        } catch is CancellationError {
            StandardError.line("akin: interrupted: \(kept) stays; run the same command again to go on")
            throw ExitCode(Failure.interrupted)
        }
    }
}
