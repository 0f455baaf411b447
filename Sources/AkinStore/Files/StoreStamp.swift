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

/// What the file system says about a store's file and its log.
///
/// SQLite reads an immutable file without locks, and does not notice changes. So a reader compares this before and
/// after: in a write-ahead database the header's change counter need not move, but a writer makes a log, fills it, and
/// changes the file's times.
struct StoreStamp: Equatable, Sendable {
    private let database: FileStatus?
    private let log: FileStatus?

    init(path: String) {
        database = FileStatus(of: path)
        log = FileStatus(of: path + "-wal", followingLinks: false)
    }

    /// Whether there is no log, or an empty one, so that the file alone is the store.
    var hasEmptyLog: Bool { log.map { $0.size == 0 } ?? true }

    /// Whether any further change would show.
    var isSettled: Bool { (database?.isSettled ?? true) && (log?.isSettled ?? true) }

    /// The file changed while it was read, or is about to change. It is read again, or the error is thrown.
    struct Moved: Error {
        let otherwise: AkinError
    }

    /// Runs `body`. What it returns or throws counts only if the file is still the same afterwards.
    func guarding<T>(path: String, _ body: () throws -> T) throws -> T {
        let result = Result { try body() }
        guard StoreStamp(path: path) == self else { throw Moved(otherwise: Self.busy(path)) }
        return try result.get()
    }

    /// Runs `body` until the file does not change meanwhile, for a second at most.
    static func retrying<T>(path: String, _ body: () throws -> T) throws -> T {
        let deadline = ContinuousClock.now + .seconds(1)
        while true {
            do {
                return try body()
            } catch let moved as Moved {
                guard ContinuousClock.now < deadline else { throw moved.otherwise }
                usleep(20_000)
            }
        }
    }

    static func busy(_ path: String) -> AkinError {
        AkinError(
            .locked,
            "Another process is writing to \(path), which cannot be read meanwhile without permission to write beside it.",
            remedy: .anyOf([.wait, .readBackup]))
    }

    static func notClosed(_ path: String, cause: any Error) -> AkinError {
        AkinError(
            .cannotCreate,
            "The store \(path) cannot be read where it is: it was not closed by its last writer, and its folder cannot be written. "
                + "Copy \(path) and \(path)-wal to a folder you can write.",
            cause: cause)
    }
}

extension Store {
    /// Reads a file that is opened as immutable, and opens it again when it was changed: a writer's log may then be
    /// there, and with it locks.
    ///
    /// - Parameter mayRepeat: Whether `body` may be run again when the file was changed while it ran; otherwise that is
    ///   an error.
    func withImmutable<T>(mayRepeat: Bool, _ body: (Connections) throws -> T) throws -> T {
        var isRepeated = false
        return try StoreStamp.retrying(path: path) {
            var opened = try open()
            if let stamp = opened.stamp, isRepeated || StoreStamp(path: path) != stamp { opened = try reopen(opened) }
            isRepeated = true
            guard let stamp = opened.stamp else { return try body(opened) }
            do {
                return try stamp.guarding(path: path) { try body(opened) }
            } catch let moved as StoreStamp.Moved where !mayRepeat {
                throw moved.otherwise
            }
        }
    }

    /// Calls `body` whenever a reader opens a changed file again, because what it keeps in memory may belong to no one
    /// state of the store.
    package func whenReopened(_ body: @escaping @Sendable () -> Void) { reopened.withLock { $0 = body } }

    private func reopen(_ old: Connections) throws -> Connections {
        let (connections, uuid) = try Connections.openForReading(path: path)
        guard uuid == self.uuid else {
            throw AkinError(
                .inputOutput, "The store \(path) was replaced by another while it was being read: open it again.")
        }
        self.connections.withLock { if $0 === old { $0 = connections } }
        reopened.withLock { $0 }?()
        return connections
    }
}
