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
        let failure = Mutex<(any Error)?>(nil)
        handOut(count, threads: threads) { _, index in
            do {
                try body(index)
                return true
            } catch {
                failure.withLock { $0 = $0 ?? error }
                return false
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// As `forEach(_:threads:_:)` for work that does not fail. `body` also gets a number below `threads` that no other
    /// running call has, so that scratch memory may be chosen by it.
    package static func forEach(_ count: Int, threads: Int, _ body: @Sendable (_ member: Int, _ index: Int) -> Void) {
        guard threads > 1, count > 1 else {
            for index in 0..<count { body(0, index) }
            return
        }
        handOut(count, threads: threads) { member, index in
            body(member, index)
            return true
        }
    }

    /// Hands out indices in order as threads become free, until a call of `body` returns false.
    private static func handOut(_ count: Int, threads: Int, _ body: @Sendable (_ member: Int, _ index: Int) -> Bool) {
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { member in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                if !body(member, index) { next.store(count, ordering: .relaxed) }
            }
        }
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
