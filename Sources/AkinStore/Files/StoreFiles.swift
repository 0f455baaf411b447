import AkinCore
import Foundation

/// The files that a writer's connections have open, to be compared with the files at their names. What is committed
/// into a file that was replaced or removed is lost.
struct StoreFiles: Sendable {
    private let path: String
    private let database: FileIdentity
    /// The write-ahead log and its index, by the ends of their names.
    private let companions: [String: FileIdentity]

    /// - Parameter database: the file that the path led to before SQLite opened it.
    init(path: String, database: FileIdentity) {
        self.path = path
        self.database = database
        companions = ["-wal", "-shm"].reduce(into: [:]) {
            $0[$1] = FileStatus(of: path + $1, followingLinks: false)?.identity
        }
    }

    /// - Parameter committed: what has been committed since the store was opened; nil when nothing was.
    /// - Throws: `AkinError(.inputOutput)` when a name leads to another file, or to none; `.cannotCreate` when the
    ///   store has a second name.
    func requireInPlace(committed: String?) throws {
        let status = FileStatus(of: path, followingLinks: false)
        guard let status, status.identity == database else {
            let what = status == nil ? "removed" : "replaced by another file"
            let earlier =
                committed.map {
                    " \($0) since it was opened went into the file that was there before and cannot be kept."
                } ?? ""
            throw AkinError(
                .inputOutput,
                "The store \(path) was \(what) while Akin was writing to it: this change was not stored.\(earlier) Run the command again; "
                    + "what is in the store already is skipped.")
        }
        try SoleName.require(status, path)
        for (suffix, identity) in companions.sorted(by: { $0.key > $1.key })
        where FileStatus(of: path + suffix, followingLinks: false)?.identity != identity {
            let earlier = committed.map { " \($0) since the store was opened may be lost with it." } ?? ""
            throw AkinError(
                .inputOutput,
                "\(path + suffix), a part of the store, was removed or replaced while Akin was writing: this change was not stored."
                    + earlier,
                remedy: .steps([.verify, .tryAgain]))
        }
    }

    /// Whether the path still leads to the file that the connections have open.
    var areOfThePath: Bool { FileStatus(of: path, followingLinks: false)?.identity == database }
}

/// With two names, one store would have two locks and two logs, and each writer would undo what the other did.
enum SoleName {
    static func require(_ status: FileStatus, _ path: String) throws {
        guard status.kind == .regular, status.links > 1 else { return }
        throw AkinError(
            .cannotCreate,
            "\(path) has \(status.links) names (hard links), each of which would have a lock and a log of its own, so it is not written. "
                + "Make it a file of its own: cp \(path) \(path).copy && mv \(path).copy \(path)")
    }

    /// As above, for what the path leads to, if anything.
    static func require(_ path: String) throws { if let status = FileStatus(of: path) { try require(status, path) } }
}

/// The files that SQLite opens beside a store by itself: its log, the log's index, and a rollback journal.
enum Companions {
    /// Refuses files that SQLite would wait for or write through, such as pipes and links.
    ///
    /// - Parameter isWriter: Whether the store is opened to be changed.
    static func requirePlain(besides path: String, isWriter: Bool) throws {
        for suffix in ["-wal", "-shm", "-journal"] {
            guard let status = FileStatus(of: path + suffix, followingLinks: false) else { continue }
            guard status.kind == .regular else {
                throw AkinError(
                    .cannotCreate,
                    "\(path + suffix) is \(status.kind.rawValue), not a regular file, so the store is not opened: SQLite would use it. Remove it."
                )
            }
            // A reader writes the log's index too.
            guard status.links <= 1 || !isWriter && suffix != "-shm" else {
                throw AkinError(
                    .cannotCreate,
                    "\(path + suffix) has a second name (a hard link), and what is written into it would stand there too, so the store is "
                        + "not opened. Make it a file of its own: cp \(path + suffix) \(path).copy && mv \(path).copy \(path + suffix)"
                )
            }
        }
    }
}
