import Dispatch
import Synchronization

/// Stops the work of a call at a chosen point until the call's task has been cancelled.
final class Interruption: Sendable {
    private let reached = AsyncStream.makeStream(of: Void.self)
    private let cancelled = DispatchSemaphore(value: 0)
    private let isSprung = Mutex(false)

    /// To be called from the work: waits there, the first time, until `cancel` has been called.
    func stop() {
        let isFirst = isSprung.withLock { sprung in
            defer { sprung = true }
            return !sprung
        }
        guard isFirst else { return }
        reached.continuation.yield()
        cancelled.wait()
    }

    /// Cancels a task as soon as it has come to `stop`.
    func cancel<Success>(_ task: Task<Success, any Error>) async {
        for await _ in reached.stream { break }
        task.cancel()
        cancelled.signal()
    }
}
