import Dispatch
import Foundation

/// What the program does with signals.
enum Signals {
    /// `akin export | head` ends without a word when `head` has read enough, even if the parent process ignores
    /// SIGPIPE.
    static func endQuietlyWhenOutputCloses() {
        signal(SIGPIPE, SIG_DFL)
    }

    /// Runs `body` in a task that Ctrl-C cancels, so that it can stop at a safe point and throw `CancellationError`. A
    /// second Ctrl-C ends the program at once.
    static func runInterruptibly<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws
        -> Result
    {
        let task = Task { try await body() }
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            if task.isCancelled { Ending.leave(Failure.interrupted) }
            task.cancel()
            if Terminal.isTerminal(.error) { StandardError.write("\n") }
            StandardError.line("stopping when this batch is done; Ctrl-C again stops at once")
        }
        source.resume()
        defer {
            source.cancel()
            signal(SIGINT, SIG_DFL)
        }
        return try await task.value
    }
}
