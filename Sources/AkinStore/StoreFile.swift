import AkinCore
import AkinMigrations
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The database file as bytes, read before SQLite opens it, and the count of this process's connections to it.
///
/// Closing any descriptor of a file drops all POSIX locks the process has on it, those of SQLite's connections
/// included. So the bytes are read only while this process has no connection to the file, which the registry below
/// knows by device and inode.
final class StoreFile: Sendable {
    /// The bytes "Akin": SQLite keeps them in its header for programs to know their files by.
    static let applicationID: Int32 = 0x416B_696E

    enum Contents {
        /// No file, or an empty one.
        case nothing
        /// An Akin store.
        case store
    }

    private static let connections = Mutex<[FileIdentity: Int]>([:])

    let path: String
    /// The file that the path led to when the connection was registered.
    let key: FileIdentity

    /// Registers a connection to be made to an existing file; it lasts until this value is released.
    ///
    /// - Parameter isWriter: Whether the connection is to change the file.
    /// - Throws: as `contents(of:)`; `AkinError(.noInput)` when there is no file or it is empty and `allowEmpty` is
    ///   false; `AkinError(.cannotCreate)` when SQLite would use something else than plain files beside it, or a
    ///   writer's file has a second name.
    init(path: String, allowEmpty: Bool, isWriter: Bool = false) throws {
        guard let key = FileStatus(of: path)?.identity else { throw Self.missing(path) }
        if isWriter { try SoleName.require(path) }
        try Companions.requirePlain(besides: path, isWriter: isWriter)
        try Self.connections.withLock { connections in
            if connections[key, default: 0] == 0, try Self.headerContents(of: path) == .nothing, !allowEmpty {
                throw Self.missing(path)
            }
            connections[key, default: 0] += 1
        }
        self.path = path
        self.key = key
    }

    deinit {
        Self.connections.withLock { connections in
            let count = connections[key, default: 1] - 1
            connections[key] = count == 0 ? nil : count
        }
    }

    /// The path made absolute, symbolic links resolved as SQLite resolves them, so that every name of a file leads to
    /// one lock.
    static func canonical(_ path: String) -> String {
        RealPath.ofFolder(path) ?? RealPath.ofEntry(path) ?? path
    }

    /// What the file holds.
    ///
    /// - Throws: `AkinError(.invalidData)` when it is not a store; `AkinError(.noInput)` when it cannot be read.
    static func contents(of path: String) throws -> Contents {
        guard let key = FileStatus(of: path)?.identity else { return .nothing }
        return try connections.withLock { connections in
            if connections[key, default: 0] > 0 { return .store }
            return try headerContents(of: path)
        }
    }

    /// Creates an empty file; does nothing when there is one.
    ///
    /// - Parameter original: A file whose owner and permissions it gets.
    /// - Returns: whether it was created.
    static func create(_ path: String, like original: FileStatus? = nil) throws -> Bool {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let reason = errno
            if reason == EEXIST { return false }
            throw AkinError(
                .cannotCreate,
                "The store \(path) cannot be created: \(unsafe String(cString: strerror(reason))). "
                    + "Choose a folder that exists and can be written.")
        }
        original?.give(to: descriptor)
        close(descriptor)
        return true
    }

    /// Waits until a file or folder to which no connection exists is on the disk.
    static func flush(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw AkinError(.inputOutput, "\(path) cannot be opened to flush it to the disk.")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw AkinError(.inputOutput, "\(path) cannot be flushed to the disk.") }
    }

    /// The size of a file in bytes; 0 when there is none.
    static func size(of path: String) -> Int { FileStatus(of: path)?.size ?? 0 }

    /// Whether there is no such file, or an empty one.
    static func isEmpty(_ path: String) -> Bool { size(of: path) == 0 }

    /// Refuses folders, devices and whatever else cannot hold a database.
    static func requireRegularFile(orNothingAt path: String) throws {
        guard let kind = FileStatus(of: path)?.kind, kind != .regular else { return }
        throw AkinError(
            .cannotCreate,
            "\(path) is \(kind.rawValue): it is not a regular file and cannot be a store.",
            remedy: .giveAnother(.store))
    }

    static func requireFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        throw AkinError(
            .cannotCreate,
            "The folder \(folder) for the store does not exist.",
            remedy: .anyOf([.createFolder(folder), .giveAnother(.store)]))
    }

    /// Whether the log beside a store is larger than a log can be before the store's first document: the migrations
    /// alone write about 200 KB and are merged at once. A smaller log beside a store without tables was left by a
    /// process that was killed while it made the store, and holds nothing to lose.
    static func logMayHoldDocuments(of path: String) -> Bool { size(of: path + "-wal") > 512 << 10 }

    static func damagedLog(of path: String) -> AkinError {
        AkinError(
            .invalidData,
            "There is no whole store at \(path): the write-ahead log \(path)-wal is damaged. Both were left as they are. "
                + "A new store can be made at the path when they are moved away.",
            remedy: .restoreBackup)
    }

    static func missing(_ path: String) -> AkinError {
        AkinError(.noInput, "There is no store at \(path).", remedy: .createStore(at: path))
    }

    /// Reads SQLite's header. The application id is written before the file becomes a write-ahead database, so it is
    /// there whatever the log still holds.
    private static func headerContents(of path: String) throws -> Contents {
        let descriptor: CInt
        do {
            descriptor = try RegularFile.openForReading(path)
        } catch {
            if error.isMissing { return .nothing }
            throw AkinError(.noInput, "The store \(path) cannot be read: \(error).")
        }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: SQLiteHeader.length)
        let count = unsafe pread(descriptor, &header, header.count, 0)
        guard count >= 0 else {
            throw AkinError(.noInput, "The store \(path) cannot be read: \(unsafe String(cString: strerror(errno))).")
        }
        if count == 0 { return .nothing }
        guard let header = SQLiteHeader(header.prefix(count)) else {
            throw AkinError(
                .invalidData,
                "\(path) is not an Akin store (nor any SQLite file) and was left as it is. "
                    + "If it was one once, a repair may save it.",
                remedy: .anyOf([.giveAnother(.store), .repair]))
        }
        guard header.applicationID == applicationID else {
            throw AkinError(
                .invalidData,
                "\(path) is an SQLite file of another program and was left as it is.",
                remedy: .giveAnother(.store))
        }
        guard header.userVersion <= Migrations.all.count else { throw tooNew(path, format: header.userVersion) }
        return .store
    }

    /// The URI by which SQLite opens a file as immutable; nil for a path that no URI can hold.
    static func immutableAddress(of path: String) -> String? {
        var address = URLComponents()
        address.scheme = "file"
        address.path = path
        address.queryItems = [URLQueryItem(name: "immutable", value: "1")]
        return address.string
    }

    static func tooNew(_ path: String, format: Int) -> AkinError {
        AkinError(
            .incompatible,
            "\(path) was written by a newer Akin (format \(format), this one knows \(Migrations.all.count)): upgrade.")
    }
}
