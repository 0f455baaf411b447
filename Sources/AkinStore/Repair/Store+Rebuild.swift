package import AkinCore
import Foundation
import GRDB

extension Store {
    /// What `rebuild` did.
    package struct Rebuilding: Sendable {
        /// A copy of the store as it was found.
        package let damagedCopy: String
        /// What could not be saved as it was, a sentence each.
        package let losses: [Note]
        /// Whether the file's first page had to be made again.
        package let hasNewFirstPage: Bool
        /// Definitions that are not Akin's and were left out, and altered ones that were restored, a sentence each.
        package let definitions: [String]
    }

    /// Whether a file that does not begin as a store does is a store nevertheless, so that `rebuild` can save it.
    package static func hasLostItsBeginning(_ path: String) -> Bool {
        let path = StoreFile.canonical(path)
        guard (try? StoreFile.contents(of: path)) == nil else { return false }
        return FirstPage.isAllThatIsLost(of: path)
    }

    /// Makes a damaged store whole: what can be read is copied into a new file and takes the store's place in one
    /// transaction.
    ///
    /// The store as it was is kept beside it. Other processes may go on reading; writers are kept out. A kill at any
    /// moment leaves the store as it was or whole. No connection of this process to the store may be open.
    ///
    /// - Parameters:
    ///   - contradicted: Passages that `examine` found contradicted by the change log.
    ///   - metadataEntries: The entries for filters of a document's metadata; nil when the JSON is no object.
    /// - Throws: `AkinError(.invalidData)` when not even its tables can be found; `.cannotCreate` or `.inputOutput`
    ///   when there is no room for the copies; the store is then as it was.
    package static func rebuild(
        path given: String, contradicted: Set<Int64> = [], lockTimeout: Duration = .seconds(10),
        metadataEntries: @escaping (String) -> [MetadataEntry]?
    ) throws -> Rebuilding {
        let path = StoreFile.canonical(given)
        try SoleName.require(path)
        try Companions.requirePlain(besides: path, isWriter: true)
        return try FileLock(ofStore: path).withLock(timeout: lockTimeout) {
            let copy = try setAside(path)
            let rebuilt = "\(path)-rebuild"
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: rebuilt + suffix) }
            defer {
                for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: rebuilt + suffix) }
            }
            return try translatingErrors(path: path) {
                do {
                    return try rebuild(
                        path, copy: copy, into: rebuilt, contradicted: contradicted, metadataEntries: metadataEntries)
                } catch let error as Refusal {
                    try putBack(copy, at: path)
                    throw error.reason
                }
            }
        }
    }

    /// Thrown for a file that is not a store, or cannot be saved. The file is then restored as it was.
    private struct Refusal: Error {
        let reason: any Error
    }

    private static func rebuild(
        _ path: String, copy: String, into rebuilt: String, contradicted: Set<Int64>,
        metadataEntries: @escaping (String) -> [MetadataEntry]?
    ) throws -> Rebuilding {
        let (damaged, firstPageFormat) = try openDamaged(path)
        let foreign = try damaged.pool.read { try ForeignDefinitions(in: $0, copy: copy) }
        let whole = try Connections.openForWriting(path: rebuilt, durability: .normal, like: FileStatus(of: path))
            .connections
        // Not in a transaction: SQLite refuses to commit one in which it met a damaged page. The lock keeps writers
        // out.
        let (losses, isStore) = try damaged.pool.unsafeRead { source in
            try whole.pool.writeWithoutTransaction { target in
                try target.execute(sql: "PRAGMA foreign_keys = OFF")
                var salvage = StoreSalvage(
                    from: source, to: target, contradicted: contradicted, metadataEntries: metadataEntries)
                try target.inTransaction {
                    try salvage.run()
                    return .commit
                }
                return (salvage.losses, salvage.hasFoundRowsOfAkin)
            }
        }
        // Pages of another program's file can look like those of a store.
        guard firstPageFormat == nil || isStore else {
            throw Refusal(
                reason: AkinError(
                    .invalidData, "Nothing in \(path) shows that it was an Akin store, and it was left as it is."))
        }
        let hasOlderTables = firstPageFormat.map { $0 < 2 } ?? false
        let runs = try whole.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM cluster_run") } ?? 0
        try whole.pool.backup(to: damaged.pool)
        try damaged.files.requireInPlace(committed: nil)
        return Rebuilding(
            damagedCopy: copy,
            losses: losses + foreign.losses
                + (hasOlderTables && runs > 0
                    ? [Note("The names and centres of clusters cannot be found.", remedy: .cluster)] : []),
            hasNewFirstPage: firstPageFormat != nil, definitions: foreign.sentences)
    }

    /// Opens a damaged store, after putting a first page that fits in place of one by which SQLite does not find the
    /// tables of a store.
    ///
    /// - Returns: also the format of that page; nil where the store has its own.
    private static func openDamaged(_ path: String) throws -> (connections: Connections, firstPageFormat: Int?) {
        do {
            let connections = try Connections.openForWritingExisting(
                path: path, durability: .full, believingSchema: true)
            let altered = try connections.pool.read(StoreSalvage.unreadableTables)
            guard altered.isEmpty else {
                throw AkinError(
                    .invalidData,
                    "In \(path) the definitions of \(SchemaCheck.listed(altered)) are damaged, and the rest of the file does "
                        + "not show what they were.",
                    remedy: .restoreBackup)
            }
            return (connections, nil)
        } catch  where isDamage(error) || tellsAWrongFormat(path) {
            do {
                guard let format = try FirstPage.restore(path) else { throw error }
                return (
                    try Connections.openForWritingExisting(path: path, durability: .full, believingSchema: true), format
                )
            } catch {
                throw Refusal(reason: error)
            }
        }
    }

    /// Gives a file the bytes of its copy again, and removes the copy. Only while this process has no connection to
    /// either.
    private static func putBack(_ copy: String, at path: String) throws {
        try? FileManager.default.removeItem(atPath: path + "-shm")
        for suffix in ["", "-wal"] {
            guard FileManager.default.fileExists(atPath: copy + suffix) else {
                try? FileManager.default.removeItem(atPath: path + suffix)
                continue
            }
            if !FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.moveItem(atPath: copy + suffix, toPath: path + suffix)
                continue
            }
            let (source, target) = try (
                FileHandle(forReadingFrom: URL(fileURLWithPath: copy + suffix)),
                FileHandle(forUpdating: URL(fileURLWithPath: path + suffix))
            )
            defer {
                try? source.close()
                try? target.close()
            }
            while let bytes = try source.read(upToCount: 1 << 20), !bytes.isEmpty {
                try target.write(contentsOf: bytes)
            }
            try target.truncate(atOffset: source.offset())
            try target.synchronize()
            try FileManager.default.removeItem(atPath: copy + suffix)
        }
    }

    /// Whether the stored bytes are at fault. A full disk, or a store of a newer Akin, is no reason to write over a
    /// page.
    private static func isDamage(_ error: any Error) -> Bool {
        switch error {
        case let error as DatabaseError: error.isMalformed
        case let error as AkinError: error.code == .invalidData
        default: false
        }
    }

    /// Copies the store's file and log to names of their own. Only while this process has no connection to them.
    private static func setAside(_ path: String) throws -> String {
        var number = 1
        while ["", "-wal"].contains(where: {
            FileStatus(of: "\(path)-damaged-\(number)\($0)", followingLinks: false) != nil
        }) { number += 1 }
        let copy = "\(path)-damaged-\(number)"
        do {
            try FileCopy.make(of: path, at: copy)
            if StoreFile.size(of: path + "-wal") > 0 { try FileCopy.make(of: path + "-wal", at: copy + "-wal") }
        } catch {
            for suffix in ["", "-wal"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
            throw AkinError(
                .cannotCreate,
                "The damaged store \(path) cannot be copied to \(copy) first; see that there is room for it.",
                cause: error)
        }
        return copy
    }
}
