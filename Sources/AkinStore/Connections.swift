import AkinCore
import AkinMigrations
import Foundation
import GRDB

/// A store's SQLite connections, with the registration that keeps its file from being opened without SQLite.
final class Connections: Sendable {
    let pool: DatabasePool
    /// Kept for its lifetime: released after the pool, since stored properties are released in order.
    private let file: StoreFile
    /// The format that the store had before it was updated; nil when it was up to date, or when there was no store.
    let olderFormat: Int?
    /// The files that the store's names led to when it was opened.
    let files: StoreFiles
    /// The state of a file that is read as immutable; nil where SQLite's own locks guard the reads.
    let stamp: StoreStamp?

    private init(pool: DatabasePool, file: StoreFile, olderFormat: Int? = nil, stamp: StoreStamp? = nil) {
        self.pool = pool
        self.file = file
        self.olderFormat = olderFormat
        self.stamp = stamp
        files = StoreFiles(path: file.path, database: file.key)
    }

    /// Opens for reading. Nothing on the disk changes except the log's index.
    ///
    /// SQLite reads a write-ahead database only if it can make the log's index beside it. Where it cannot, and no log
    /// holds commits, the file is opened as immutable. A writer may come meanwhile, so what is read counts only if the
    /// file is the same before and after.
    static func openForReading(path: String) throws -> (connections: Connections, uuid: UUID) {
        try StoreStamp.retrying(path: path) { try openForReadingOnce(path: path) }
    }

    private static func openForReadingOnce(path: String) throws -> (connections: Connections, uuid: UUID) {
        let hasLog = StoreFile.logMayHoldDocuments(of: path)
        if hasLog, StoreFile.isEmpty(path) { throw StoreFile.damagedLog(of: path) }
        let file = try StoreFile(path: path, allowEmpty: false)
        do {
            return try openForReading(address: path, file: file, hasLog: hasLog)
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            let stamp = StoreStamp(path: path)
            guard stamp.hasEmptyLog else { throw StoreStamp.Moved(otherwise: StoreStamp.notClosed(path, cause: error)) }
            guard stamp.isSettled else { throw StoreStamp.Moved(otherwise: StoreStamp.busy(path)) }
            guard let immutable = StoreFile.immutableAddress(of: path) else { throw error }
            return try stamp.guarding(path: path) {
                try openForReading(address: immutable, file: file, hasLog: false, stamp: stamp)
            }
        }
    }

    private static func openForReading(
        address: String, file: StoreFile, hasLog: Bool, stamp: StoreStamp? = nil
    ) throws -> (connections: Connections, uuid: UUID) {
        var configuration = configuration()
        configuration.readonly = true
        let pool = try DatabasePool(path: address, configuration: configuration)
        let uuid = try pool.read { database in
            let format = try storedFormat(of: database, path: file.path)
            if format == 0 {
                let isBeingMade = FileLock.isHeld(ofStore: file.path)
                throw hasLog && !isBeingMade ? StoreFile.damagedLog(of: file.path) : StoreFile.missing(file.path)
            }
            if format < Migrations.all.count {
                throw AkinError(
                    .incompatible,
                    "\(file.path) was written by an older Akin (format \(format), this one reads \(Migrations.all.count)).",
                    remedy: .upgradeStore(at: file.path))
            }
            try SchemaCheck.requireKnown(database, format: format, path: file.path)
            return try storedUUID(of: database, path: file.path)
        }
        return (Connections(pool: pool, file: file, stamp: stamp), uuid)
    }

    /// Opens for writing, making or upgrading the store. To be called under the store's lock: opening alone may commit.
    ///
    /// - Parameter original: A file whose owner and permissions a new store gets.
    static func openForWriting(
        path: String, durability: Durability, like original: FileStatus? = nil
    ) throws -> (connections: Connections, uuid: UUID) {
        let hasLog = StoreFile.logMayHoldDocuments(of: path)
        if hasLog { try refuseDamagedLog(path: path) }
        let created = try StoreFile.create(path, like: original)
        do {
            let connections = try openForWritingExisting(path: path, durability: durability)
            return (connections, try connections.pool.read { try storedUUID(of: $0, path: path) })
        } catch {
            if created {
                for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            }
            throw error
        }
    }

    /// Makes sure that the log beside a store can be read, by a connection that changes neither. Writing over a damaged
    /// log would destroy what could still be saved from it.
    private static func refuseDamagedLog(path: String) throws {
        if StoreFile.isEmpty(path) { throw StoreFile.damagedLog(of: path) }
        let file = try StoreFile(path: path, allowEmpty: false)
        try withExtendedLifetime(file) {
            var configuration = configuration()
            configuration.readonly = true
            let format = try DatabaseQueue(path: path, configuration: configuration).read {
                try storedFormat(of: $0, path: path)
            }
            if format == 0 { throw StoreFile.damagedLog(of: path) }
        }
    }

    /// As `openForWriting`, for an existing file, whatever damage it has.
    ///
    /// - Parameter believingSchema: whether to trust the definitions in the file, whose triggers then run.
    static func openForWritingExisting(path: String, durability: Durability, believingSchema: Bool = false) throws
        -> Connections
    {
        let file = try StoreFile(path: path, allowEmpty: true, isWriter: true)
        var configuration = configuration()
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536")
            if try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 {
                try database.execute(sql: "PRAGMA page_size = 8192; PRAGMA application_id = \(StoreFile.applicationID)")
            }
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        let format = try pool.writeWithoutTransaction { database in
            let synchronous = durability == .full ? "FULL" : "NORMAL"
            try database.execute(
                sql: "PRAGMA synchronous = \(synchronous); PRAGMA fullfsync = \(durability == .full ? 1 : 0)")
            let format = try storedFormat(of: database, path: path)
            if !believingSchema {
                try SchemaCheck.requireKnown(database, format: format, path: path)
                // Akin's own triggers write to the keyword index, which older versions of SQLite refuse as a risk.
                try database.execute(sql: "PRAGMA trusted_schema = ON")
            }
            if try migrate(database, path: path) { try checkpoint(database) }
            if !believingSchema { try RowSequences.requireSound(database, path: path) }
            return format
        }
        let connections = Connections(
            pool: pool, file: file, olderFormat: (1..<Migrations.all.count).contains(format) ? format : nil)
        try connections.files.requireInPlace(committed: nil)
        return connections
    }

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "Akin"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = max(4, ProcessInfo.processInfo.activeProcessorCount)
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            database.add(function: RowChecksum.function)
            try OccurrenceCount.register(database)
            // Definitions in the file may use only SQLite's harmless functions and virtual tables.
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        return configuration
    }

    /// Checkpoints and empties the log. Does not wait for readers: what they still need stays in the log until the next
    /// checkpoint. To be called under the store's lock.
    static func checkpoint(_ database: Database) throws {
        let timeout = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
        try database.execute(sql: "PRAGMA busy_timeout = 0")
        defer { try? database.execute(sql: "PRAGMA busy_timeout = \(timeout)") }
        _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Brings the schema up to date.
    ///
    /// - Returns: whether anything had to be changed.
    private static func migrate(_ database: Database, path: String) throws -> Bool {
        let missing = try storedFormat(of: database, path: path)..<Migrations.all.count
        guard !missing.isEmpty else { return false }
        try database.inTransaction(.immediate) {
            for step in missing {
                do {
                    try database.execute(sql: Migrations.all[step].sql)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
                    // The same SQL has been run before, so it cannot be wrong.
                    throw AkinError(
                        .invalidData,
                        "\(path) says that it is of format \(step), but its tables are not.",
                        remedy: .mendStore,
                        cause: error.withoutSQL)
                }
            }
            if missing.lowerBound == 0 {
                try database.execute(sql: RowChecksum.store.insertion, arguments: ["uuid", UUID().uuidString])
            }
            try database.execute(sql: "PRAGMA user_version = \(missing.upperBound)")
            return .commit
        }
        return true
    }

    /// The number of migrations the store has behind it.
    private static func storedFormat(of database: Database, path: String) throws -> Int {
        let format = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard format <= Migrations.all.count else { throw StoreFile.tooNew(path, format: format) }
        return format
    }

    private static func storedUUID(of database: Database, path: String) throws -> UUID {
        let text = try String.fetchOne(database, sql: "SELECT value FROM store WHERE key = 'uuid'")
        guard let uuid = text.flatMap(UUID.init(uuidString:)) else {
            throw AkinError(
                .invalidData, "The store \(path) has lost its uuid.", remedy: .mendStore,
                cause: DatabaseError(resultCode: .SQLITE_CORRUPT))
        }
        return uuid
    }
}
