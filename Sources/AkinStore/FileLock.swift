import AkinCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The lock that every commit and checkpoint of a store holds: `flock` on a file of its own, which is never unlinked.
///
/// `flock` belongs to the open file description, so two locks on one path exclude each other within a process as well as between
/// processes, and the system releases a dead process's lock. Threads that share one `FileLock` are kept apart by a mutex inside.
/// The holder's process id stands in the file for the message that others get.
final class FileLock: Sendable {
    let path: String
    private let descriptor: CInt
    private let threads = NSLock()

    /// Opens the lock file, creating it if need be, without taking the lock.
    init(path: String) throws {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw AkinError(.cannotCreate, "The lock file \(path) cannot be opened for writing: \(reason). Make its folder writable.")
        }
    }

    deinit { close(descriptor) }

    /// Whether someone holds the lock at this moment. Creates no file.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Runs `body` while holding the lock.
    ///
    /// - Throws: `AkinError(.locked)` when the lock is not free within `timeout`; whatever `body` throws.
    func withLock<T>(timeout: Duration, _ body: () throws -> T) throws -> T {
        let limit = Double(timeout.components.seconds) + Double(timeout.components.attoseconds) * 1e-18
        let deadline = Date(timeIntervalSinceNow: limit)
        guard threads.lock(before: deadline) || threads.try() else { throw locked(after: limit) }
        defer { threads.unlock() }

        var pause: useconds_t = 1_000
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            guard reason == EWOULDBLOCK || reason == EINTR else {
                throw AkinError(.inputOutput, "\(path) cannot be locked: \(unsafe String(cString: strerror(reason))).")
            }
            guard Date() < deadline else { throw locked(after: limit) }
            usleep(pause)
            pause = min(pause * 2, 50_000)
        }
        defer { flock(descriptor, LOCK_UN) }
        recordHolder()
        return try body()
    }

    /// The message only helps people, so failures are of no account.
    private func recordHolder() {
        var line = Array("\(getpid())\n".utf8)
        let written = unsafe pwrite(descriptor, &line, line.count, 0)
        if written > 0 { ftruncate(descriptor, off_t(written)) }
    }

    private func locked(after limit: Double) -> AkinError {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = max(0, unsafe pread(descriptor, &bytes, bytes.count, 0))
        let holder = Int(String(decoding: bytes.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        let who = holder.map { $0 == Int(getpid()) ? "this process (\($0))" : "process \($0)" } ?? "another process"
        let waited = limit.formatted(.number.precision(.fractionLength(0...1)))
        return AkinError(
            .locked, "The store is locked for writing by \(who), which holds \(path); waited \(waited) s. Try again when it has finished.")
    }
}
