/// A long piece of work under way: its progress as an asynchronous sequence, and its result.
///
/// ```swift
/// let run = database.indexing(paths: ["notes"])
/// for await step in run { print(step.phase, step.fraction ?? 0) }
/// print(try await run.value.added)
/// ```
///
/// The work begins at once and goes on whether or not anybody follows it. The sequence ends with the work and never
/// throws: what the work threw is thrown by `value`. One loop may follow it; steps that a slow loop does not take are
/// dropped, the oldest first. Cancelling the task that follows it, or that awaits `value`, cancels the work.
public struct ProgressiveTask<Output: Sendable>: AsyncSequence, Sendable {
    public typealias Element = WorkProgress
    public typealias Failure = Never

    /// Steps that wait for a slow loop.
    private static var waiting: Int { 64 }

    private let steps: AsyncStream<WorkProgress>
    private let task: Task<Output, any Error>

    init(_ work: @escaping @Sendable (@escaping ProgressHandler) async throws -> Output) {
        let (steps, continuation) = AsyncStream.makeStream(
            of: WorkProgress.self, bufferingPolicy: .bufferingNewest(Self.waiting))
        self.steps = steps
        task = Task {
            defer { continuation.finish() }
            return try await work { continuation.yield($0) }
        }
    }

    /// The result of the work, once it is done.
    ///
    /// - Throws: what the work throws; `CancellationError` when it was cancelled.
    public var value: Output {
        get async throws {
            let task = task
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    /// Asks the work to stop. It ends after the batch under way, and what was committed is kept.
    public func cancel() { task.cancel() }

    /// The steps of the work, in their order.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var steps: AsyncStream<WorkProgress>.Iterator
        let task: Task<Output, any Error>

        /// The next step; nil when the work has ended.
        public mutating func next() async -> WorkProgress? {
            let step = await steps.next()
            if Task.isCancelled { task.cancel() }
            return step
        }
    }

    /// Follows the work. To be called once.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(steps: steps.makeAsyncIterator(), task: task) }
}
