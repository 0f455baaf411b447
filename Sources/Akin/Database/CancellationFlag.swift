import Synchronization

/// Carries a task's cancellation to the thread that does its blocking work.
final class CancellationFlag: Sendable {
    @TaskLocal static var current: CancellationFlag?

    private let cancelled = Atomic(false)

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Whether the task that asked for this work has been cancelled.
    static var isCurrentCancelled: Bool { current?.isCancelled == true }

    /// Throws `CancellationError` when the task that asked for this work has been cancelled. Called between batches.
    static func check() throws {
        if isCurrentCancelled { throw CancellationError() }
    }
}
