import AkinMigrations
import GRDB

extension Store {
    /// The version of SQLite this process is linked to.
    package struct LibraryVersion: Sendable, CustomStringConvertible {
        package let description: String
        /// 3.7.0 to 3.51.2: a checkpoint beside another connection's commit can lose that commit.
        package let hasWALResetRace: Bool
    }

    package static var libraryVersion: LibraryVersion {
        let text = (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "unknown"
        let parts = text.split(separator: ".").compactMap { Int($0) }
        let hasRace =
            parts.count == 3 && !parts.lexicographicallyPrecedes([3, 7]) && parts.lexicographicallyPrecedes([3, 51, 3])
        return LibraryVersion(description: text, hasWALResetRace: hasRace)
    }

    /// The version of the store format that this build writes: the number of migrations it knows.
    package static var formatVersion: Int { Migrations.all.count }
}
