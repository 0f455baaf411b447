#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#endif

/// Locks over the lists of a graph while several threads build it; each guards the nodes of one residue class.
///
/// A thread holds at most one at a time, so none can wait in a circle.
final class LockStripes {
    static let count = 4096
    private let mutexes: UnsafeMutablePointer<pthread_mutex_t>

    init() {
        mutexes = .allocate(capacity: Self.count)
        for index in 0..<Self.count { pthread_mutex_init(mutexes + index, nil) }
    }

    deinit {
        for index in 0..<Self.count { pthread_mutex_destroy(mutexes + index) }
        mutexes.deallocate()
    }

    /// Valid while this object lives.
    var locks: LinkLocks { LinkLocks(mutexes: mutexes) }
}

/// The stripes as a pointer for hot loops; without stripes, locking does nothing.
struct LinkLocks: @unchecked Sendable {
    // Safe: the pointer is a constant, and mutexes are made to be shared.
    fileprivate let mutexes: UnsafeMutablePointer<pthread_mutex_t>?

    /// For a graph that nobody writes, or one thread alone.
    static let unneeded = LinkLocks(mutexes: nil)

    @inline(__always)
    func lock(_ node: UInt32) {
        if let mutexes { pthread_mutex_lock(mutexes + Int(node) & (LockStripes.count - 1)) }
    }

    @inline(__always)
    func unlock(_ node: UInt32) {
        if let mutexes { pthread_mutex_unlock(mutexes + Int(node) & (LockStripes.count - 1)) }
    }
}
