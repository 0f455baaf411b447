import Dispatch

/// Runs blocking work (SQLite, encoding, clustering) on a thread of its own, so that Swift's cooperative threads stay
/// free.
func offload<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    let cancellation = CancellationFlag()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Swift.Result { try CancellationFlag.$current.withValue(cancellation, operation: work) })
            }
        }
    } onCancel: {
        cancellation.cancel()
    }
}
