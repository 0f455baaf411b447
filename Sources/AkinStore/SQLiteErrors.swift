import AkinCore
import GRDB

/// Runs `body` and turns SQLite's errors into Akin's; errors of other kinds pass unchanged.
func translatingErrors<T>(path: String, _ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw AkinError(error, path: path)
    } catch let error as RowDecodingError {
        throw AkinError(
            .invalidData, "The store \(path) is damaged: a table lacks a value.", remedy: .mendStore, cause: error)
    }
}

extension DatabaseError {
    /// The error without the SQL, which means nothing to users.
    var withoutSQL: DatabaseError { DatabaseError(resultCode: extendedResultCode, message: message) }

    /// Whether SQLite does not take the file for a database. A changed number of the schema's format, or of the keyword
    /// index's, comes as a plain error.
    var isMalformed: Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT].contains(resultCode)
            || resultCode == .SQLITE_ERROR
                && (message == "unsupported file format" || message?.hasPrefix("invalid fts5 file format") == true)
    }
}

extension AkinError {
    /// An SQLite error as a sentence about the store at `path`.
    init(_ full: DatabaseError, path: String) {
        let error = full.withoutSQL
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(
                .inputOutput, "The disk is full: \(path) keeps its last complete state. Free some space and try again.",
                cause: error)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .cannotCreate,
                "\(path) cannot be opened or written. See that the file and its folder exist and that you may write both.",
                cause: error)
        case _ where error.isMalformed:
            self.init(.invalidData, "The store \(path) is damaged.", remedy: .mendStore, cause: error)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.locked, "Another process holds the store \(path).", remedy: .wait, cause: error)
        case .SQLITE_IOERR:
            self.init(
                .inputOutput,
                "Reading or writing \(path) failed; the store keeps its last complete state. Check the disk.",
                cause: error)
        case .SQLITE_TOOBIG:
            self.init(.invalidData, "A text or blob is larger than SQLite can hold in \(path); split it.", cause: error)
        case .SQLITE_CONSTRAINT:
            self.init(.invalidArgument, "The store \(path) refuses a value that breaks its rules.", cause: error)
        default:
            self.init(.internalFailure, "SQLite could not do what was asked of the store \(path).", cause: error)
        }
    }
}
