package import AkinCore
package import Foundation
import GRDB
import Synchronization

package enum StoreMode: Sendable {
    case readOnly
    case readWrite(createIfMissing: Bool)
}

/// The SQLite file that holds documents, passages, vectors, keyword index and change log.
///
/// ```
/// NAME.db        the truth; write-ahead log in NAME.db-wal, its index in NAME.db-shm
/// NAME.db-lock   held with flock for every commit and checkpoint, and while a writer opens; never unlinked
/// ```
///
/// Many reads run at once, each in its own snapshot; one write at a time over all processes. Neither `read` nor `write`
/// may be called from within the body of another of the same store.
///
/// Automatic checkpoints are off and checkpoints happen under the lock, because SQLite 3.7.0 to 3.51.2 can lose a
/// commit to a checkpoint that another connection runs at the same moment.
package final class Store: Sendable {
    /// Size of the write-ahead log beyond which a commit is followed by a checkpoint.
    private static let checkpointBytes = 16 << 20

    /// The file's path, absolute and with symbolic links resolved.
    package let path: String
    /// Made with the store; tells it from every other.
    package let uuid: UUID
    /// The format that the store had before it was opened, where opening has brought it up to date.
    package let olderFormat: Int?

    let connections: Mutex<Connections?>
    let lock: FileLock?
    let lockTimeout: Duration
    let committed = Mutex(Committed())
    /// See `whenReopened`.
    let reopened = Mutex<(@Sendable () -> Void)?>(nil)

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - lockTimeout: How long to wait for another writer, here and in `write`.
    /// - Throws: `AkinError`: `.noInput` when there is no store and none may be made; `.invalidData` when the file is
    ///   not a store or its log is damaged (both are left untouched); `.incompatible` when a newer Akin wrote it;
    ///   `.locked`; `.cannotCreate`, also for a path that leads to a folder or a device; `.invalidArgument` for an
    ///   empty path.
    package init(path: String, mode: StoreMode, durability: Durability = .full, lockTimeout: Duration = .seconds(10))
        throws
    {
        guard !path.isEmpty else {
            throw AkinError(.invalidArgument, "The path of the store is empty.", remedy: .give(.store))
        }
        let path = StoreFile.canonical(path)
        try StoreFile.requireRegularFile(orNothingAt: path)
        let opened: (connections: Connections, uuid: UUID)
        switch mode {
        case .readOnly:
            lock = nil
            opened = try translatingErrors(path: path) { try Connections.openForReading(path: path) }
        case .readWrite(let createIfMissing):
            if try StoreFile.contents(of: path) == .nothing, !createIfMissing { throw StoreFile.missing(path) }
            try StoreFile.requireFolder(of: path)
            try SoleName.require(path)
            let lock = try FileLock(ofStore: path)
            self.lock = lock
            opened = try translatingErrors(path: path) {
                try lock.withLock(timeout: lockTimeout) {
                    try Connections.openForWriting(path: path, durability: durability)
                }
            }
        }
        self.path = path
        self.lockTimeout = lockTimeout
        uuid = opened.uuid
        olderFormat = opened.connections.olderFormat
        connections = Mutex(opened.connections)
    }

    /// Reads in one snapshot: what `body` sees does not change while it runs, whoever writes.
    ///
    /// Where the store cannot be locked against writers (see `withImmutable`) and a writer comes meanwhile, `body` is
    /// run again.
    package func read<T>(_ body: (StoreReader) throws -> T) throws -> T { try read(mayRepeat: true, body) }

    /// As `read`, for a body that passes on what it reads. It is run once, and fails where a reader's file was changed
    /// meanwhile.
    package func readOnce<T>(_ body: (StoreReader) throws -> T) throws -> T { try read(mayRepeat: false, body) }

    private func read<T>(mayRepeat: Bool, _ body: (StoreReader) throws -> T) throws -> T {
        let opened = try open()
        return try translatingErrors(path: path) {
            guard opened.stamp != nil else { return try opened.pool.read { try body(StoreReader($0)) } }
            return try withImmutable(mayRepeat: mayRepeat) { try $0.pool.read { try body(StoreReader($0)) } }
        }
    }

    /// Writes in one transaction under the store's lock: all of it is committed when `body` returns, none when it
    /// throws or when any change inside it failed, even if `body` caught that error.
    ///
    /// - Throws: `AkinError(.locked)` when another writer holds the lock beyond the time limit;
    ///   `AkinError(.cannotCreate)` for a store opened read-only.
    package func write<T>(_ body: (StoreWriter) throws -> T) throws -> T {
        let opened = try open()
        return try underLock {
            try opened.pool.writeWithoutTransaction { database in
                var result: T?
                var documents = 0
                try database.inTransaction(.immediate) {
                    let writer = StoreWriter(database)
                    result = try body(writer)
                    if let failure = writer.failure { throw failure }
                    documents = writer.changedDocuments
                    try requireInPlace(opened)
                    return .commit
                }
                try requireInPlace(opened)
                committed.withLock { $0.add(documents: documents) }
                // The commit stands even if the checkpoint fails; a later one tries again.
                if StoreFile.size(of: path + "-wal") > Self.checkpointBytes { try? Connections.checkpoint(database) }
                guard let result else {
                    throw AkinError(.internalFailure, "A transaction of \(path) ended without a result.")
                }
                return result
            }
        }
    }

    /// Moves the write-ahead log into the database file, as far as snapshots in use allow.
    ///
    /// - Throws: `AkinError(.inputOutput)` when that fails, as on a full disk; nothing committed is lost by it.
    package func checkpoint() throws {
        try withLockedConnection { try mergeLog($0) }
    }

    /// Closes the store, a writer after a checkpoint. Reads in progress finish first; later calls throw. Closing twice
    /// is harmless.
    ///
    /// - Throws: as `checkpoint`, and the store is closed nevertheless; `AkinError(.locked)`, and the store stays open.
    package func close() throws {
        guard connections.withLock({ $0 != nil }) else { return }
        guard lock != nil else { return connections.withLock { $0 = nil } }
        try underLock {
            guard let last = connections.withLock({ $0.take() }) else { return }
            try requireMergeable(last)
            try last.pool.writeWithoutTransaction { try mergeLog($0) }
            try requireMergeable(last)
        }
    }

    var isWriter: Bool { lock != nil }

    /// Runs statements that cannot be in a transaction and change nothing, on the main connection.
    func withConnection(_ body: (Database) throws -> Void) throws {
        let opened = try open()
        try translatingErrors(path: path) {
            guard opened.stamp != nil else { return try opened.pool.writeWithoutTransaction(body) }
            try withImmutable(mayRepeat: false) { try $0.pool.writeWithoutTransaction(body) }
        }
    }

    /// Runs statements that cannot be in a transaction, under the lock.
    func withLockedConnection(_ body: (Database) throws -> Void) throws {
        let opened = try open()
        try underLock {
            try requireInPlace(opened)
            try opened.pool.writeWithoutTransaction(body)
            try requireInPlace(opened)
        }
    }

    func open() throws -> Connections {
        guard let open = connections.withLock({ $0 }) else {
            throw AkinError(.internalFailure, "The store \(path) was used after it was closed.")
        }
        return open
    }

    private func underLock<T>(_ body: () throws -> T) throws -> T {
        guard let lock else {
            throw AkinError(
                .cannotCreate, "The store \(path) was opened for reading only; open it for writing to change it.")
        }
        return try translatingErrors(path: path) { try lock.withLock(timeout: lockTimeout, body) }
    }

    /// Checkpoints. If that fails, the log still has every commit, and the error says so.
    private func mergeLog(_ database: Database) throws {
        do {
            try Connections.checkpoint(database)
        } catch {
            throw AkinError(
                .inputOutput,
                "What was committed is safe in the log \(path)-wal, but it could not be merged into the store: free some disk.",
                cause: error)
        }
    }
}
