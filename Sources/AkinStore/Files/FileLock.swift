import AkinCore
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The lock that every commit and checkpoint of a store holds: `flock` on a file of its own, `NAME.db-lock`, which Akin
/// never unlinks.
///
/// `flock` belongs to the open file description, so two locks on one path exclude each other within a process as well
/// as between processes, and the system releases a dead process's lock. Threads that share one `FileLock` are kept
/// apart by a mutex inside. The holder's process id stands in the file, for the message that other processes show.
///
/// A user who may not write the store may not open its lock either, because whoever can read a lock file can hold the
/// lock.
final class FileLock: Sendable {
    let path: String
    private let store: String
    /// Another one where the file was found replaced. Changed only while `threads` is held.
    private let descriptor: Mutex<CInt>
    private let threads = NSLock()

    /// Opens the lock file of a store, creating it if need be, without taking the lock.
    init(ofStore store: String) throws {
        self.store = store
        path = store + "-lock"
        descriptor = Mutex(try Self.open(path, store: store))
    }

    deinit { _ = descriptor.withLock { close($0) } }

    /// Whether someone holds the lock at this moment. Creates no file.
    static func isHeld(ofStore store: String) -> Bool {
        guard let descriptor = try? RegularFile.openForReading(store + "-lock", followingLinks: false) else {
            return false
        }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Runs `body` while holding the lock.
    ///
    /// - Throws: `AkinError(.locked)` when the lock is not free within `timeout`; whatever `body` throws.
    func withLock<T>(timeout: Duration, _ body: () throws -> T) throws -> T {
        var wait = Wait(limit: timeout)
        while !threads.try() { guard wait.pause() else { throw locked(after: timeout) } }
        defer { threads.unlock() }
        let held = try acquire(timeout, &wait)
        defer { flock(held, LOCK_UN) }
        recordHolder(held)
        return try body()
    }

    /// Whether the path still leads to the lock that this value has opened. A process that finds another file there
    /// locks that one.
    var isInPlace: Bool { isInPlace(descriptor.withLock { $0 }) }

    private func isInPlace(_ descriptor: CInt) -> Bool {
        let opened = FileStatus(ofDescriptor: descriptor)
        return opened != nil && FileStatus(of: path, followingLinks: false)?.identity == opened?.identity
    }

    /// Takes the lock of the file that the path leads to.
    private func acquire(_ timeout: Duration, _ wait: inout Wait) throws -> CInt {
        while true {
            let current = descriptor.withLock { $0 }
            if flock(current, LOCK_EX | LOCK_NB) == 0 {
                if isInPlace(current) { return current }
                // It was removed or replaced since it was opened, so its lock keeps nobody out.
                let next = try Self.open(path, store: store)
                descriptor.withLock { $0 = next }
                close(current)
            } else {
                let reason = errno
                guard reason == EWOULDBLOCK || reason == EINTR else {
                    throw AkinError(
                        .inputOutput, "\(path) cannot be locked: \(unsafe String(cString: strerror(reason))).")
                }
            }
            guard wait.pause() else { throw locked(after: timeout) }
        }
    }

    /// The message only helps people, so failures are ignored. Text that is not a lock file's is left as it is.
    private func recordHolder(_ descriptor: CInt) {
        guard recordedHolder(descriptor) != nil || FileStatus(ofDescriptor: descriptor)?.size == 0 else { return }
        var line = Array("\(getpid())\n".utf8)
        let written = unsafe pwrite(descriptor, &line, line.count, 0)
        if written > 0 { ftruncate(descriptor, off_t(written)) }
    }

    private func recordedHolder(_ descriptor: CInt) -> pid_t? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard (1..<bytes.count).contains(count), bytes[..<count].allSatisfy({ (48...57).contains($0) || $0 == 10 })
        else { return nil }
        return pid_t(
            String(decoding: bytes.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private func locked(after limit: Duration) -> AkinError {
        let descriptor = descriptor.withLock { $0 }
        let holder = LockHolder(of: descriptor, recorded: recordedHolder(descriptor))
        let waited = (limit / .seconds(1)).formatted(.number.precision(.fractionLength(0...1)))
        return AkinError(
            .locked,
            "The store is locked for writing by \(holder), which holds \(path); waited \(waited) s.",
            remedy: .wait)
    }

    // MARK: The file

    private static func open(_ path: String, store: String) throws -> CInt {
        let descriptor: CInt
        do {
            descriptor = try RegularFile.openForWriting(path, creating: 0o600)
        } catch {
            throw refused(path, error)
        }
        guard let status = FileStatus(ofDescriptor: descriptor), status.links <= 1 else {
            close(descriptor)
            throw AkinError(
                .cannotCreate,
                "The lock file \(path) has a second name (a hard link), and what is written into it would stand there too. Delete "
                    + "\(path); nothing of the store is in it.")
        }
        let store = FileStatus(of: store)
        // A process changes only its own user's locks; root corrects those that it left in other users' folders.
        let permissions = writersPermissions(of: store ?? status)
        if status.owner == geteuid() || geteuid() == 0 {
            if let store, status.owner != store.owner || status.permissions != permissions {
                store.give(to: descriptor, permissions: permissions)
            }
        }
        return descriptor
    }

    /// Reading and writing for each class of users that may write the store, nothing for the others.
    private static func writersPermissions(of store: FileStatus) -> mode_t {
        [0o600, 0o060, 0o006].reduce(0o600) { $0 | (store.permissions & $1 & 0o222 == 0 ? 0 : $1) }
    }

    private static func refused(_ path: String, _ refusal: RegularFile.Refusal) -> AkinError {
        switch refusal.reason {
        case .irregular(let kind):
            AkinError(
                .cannotCreate,
                "The lock file \(path) is \(kind.rawValue), not a regular file, and is not used. Remove it; nothing of the store is in it."
            )
        case .system(EACCES) where FileStatus(of: path) != nil:
            AkinError(
                .cannotCreate,
                "The lock file \(path) cannot be opened for writing: \(refusal). It is of user \(FileStatus(of: path)?.owner ?? 0); whoever may "
                    + "write the store needs a lock file that they may write too. While no program uses the store, delete it."
            )
        default:
            AkinError(
                .cannotCreate,
                "The lock file \(path) cannot be opened for writing: \(refusal). Make its folder writable.")
        }
    }
}

/// Waits in growing pauses, by a clock that does not depend on the time of day.
private struct Wait {
    private let deadline: ContinuousClock.Instant
    private var length: useconds_t = 1_000

    init(limit: Duration) { deadline = ContinuousClock.now + limit }

    /// Pauses; returns false, at once, when the time is over.
    mutating func pause() -> Bool {
        guard ContinuousClock.now < deadline else { return false }
        usleep(length)
        length = min(length * 2, 50_000)
        return true
    }
}
