import Dispatch
import Synchronization

/// Work on several threads without barriers between the pieces.
package enum Parallel {
    /// Calls `body` once for each index in 0 ..< count, on at most `threads` threads, handing out indices in order as
    /// threads become free.
    ///
    /// The first error stops the handing out and is thrown after every running call has returned.
    package static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Void) throws {
        guard threads > 1, count > 1 else {
            for index in 0..<count { try body(index) }
            return
        }
        let state = Mutex<(next: Int, failure: (any Error)?)>((0, nil))
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let index: Int? = state.withLock { state in
                    guard state.failure == nil, state.next < count else { return nil }
                    state.next += 1
                    return state.next - 1
                }
                guard let index else { return }
                do {
                    try body(index)
                } catch {
                    state.withLock { $0.failure = $0.failure ?? error }
                }
            }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Splits 0 ..< count into `threads` equal ranges and calls `body` with each, on its own thread.
    package static func ranges(_ count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
        let parts = max(1, min(threads, count))
        let bounds = (0...parts).map { $0 * count / parts }
        if parts == 1 {
            body(0..<count)
        } else {
            DispatchQueue.concurrentPerform(iterations: parts) { body(bounds[$0]..<bounds[$0 + 1]) }
        }
    }
}
