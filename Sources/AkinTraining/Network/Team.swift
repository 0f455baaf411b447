import AkinVectors

/// Threads that take pieces of work in turn.
///
/// Which thread computes a piece is left to chance, so a piece writes memory of its own, and sums over pieces are made
/// afterwards in the order of the pieces: results have the same bits with any number of threads.
package struct Team: Sendable {
    package let threads: Int

    package init(threads: Int) { self.threads = max(threads, 1) }

    /// Calls `body` once for each piece in 0 ..< count. `member` is below `threads` and of one thread alone while its
    /// call runs, so that scratch memory may be chosen by it.
    package func forEach(_ count: Int, _ body: @Sendable (_ member: Int, _ piece: Int) -> Void) {
        Parallel.forEach(count, threads: threads, body)
    }

    /// Calls `body` for ranges of `size` items, the last one shorter, that cover 0 ..< count.
    package func forEachRange(
        of count: Int, size: Int, _ body: @Sendable (_ member: Int, _ range: Range<Int>) -> Void
    ) {
        forEach((count + size - 1) / size) { member, piece in
            body(member, piece * size..<min((piece + 1) * size, count))
        }
    }
}
