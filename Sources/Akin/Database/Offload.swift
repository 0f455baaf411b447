import Foundation

/// Threads of Akin's own for blocking work (SQLite, encoding, clustering), so that Swift's cooperative threads stay
/// free.
///
/// Each pool is bounded, and work that finds no free thread waits in line without occupying one. Questions have a pool
/// to themselves: however many writers wait for a store's lock, and however long clustering takes, questions are
/// answered.
final class WorkPool: Sendable {
    /// Short reads: questions, single documents, figures.
    static let questions = WorkPool("akin.questions", threads: max(4, 2 * ProcessInfo.processInfo.activeProcessorCount))
    /// Work that may wait for a store's lock or takes long: writing, clustering, training, exports.
    static let work = WorkPool("akin.work", threads: max(8, 2 * ProcessInfo.processInfo.activeProcessorCount))

    private let queue: OperationQueue

    private init(_ name: String, threads: Int) {
        queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = threads
        queue.qualityOfService = .userInitiated
    }

    func run(_ body: @escaping @Sendable () -> Void) { queue.addOperation(body) }
}

/// Runs blocking work on a thread of a pool.
func offload<Result: Sendable>(
    on pool: WorkPool = .work, _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    let cancellation = CancellationFlag()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            pool.run {
                continuation.resume(
                    with: Swift.Result { try CancellationFlag.$current.withValue(cancellation, operation: work) })
            }
        }
    } onCancel: {
        cancellation.cancel()
    }
}
