import AkinCore
import AkinMigrations
import GRDB

/// Keeps SQLite from running what others have defined in a store.
///
/// A trigger, a view or a virtual table in a store that came from elsewhere is a program that SQLite runs whenever Akin
/// reads or writes.
package enum SchemaCheck {
    /// `Schema.digest` of each format, from format 1 on. A store that has it needs no closer check, which takes some
    /// milliseconds.
    package static let digests = [
        "e36499ac8944330e", "d3419a71df4295c1", "5b64dca9916137a5", "120e33b9f12df674", "6707b21211d00eed",
        "f37f511b5c44ccc5",
    ]

    /// - Throws: `AkinError(.invalidData)` where the definitions of a store's own tables, indexes, views or triggers
    ///   are not those of its format, or there are others that SQLite would run. Plain tables and indexes of others do
    ///   no harm.
    static func requireKnown(_ database: Database, format: Int, path: String) throws {
        let schema = try Schema(of: database)
        if (1...digests.count).contains(format), schema.digest == digests[format - 1] { return }
        let expected = try Schema(format: format)
        let (changed, added) = (
            schema.differences(from: expected), schema.additions(to: expected).filter(\.isActive).map(\.title)
        )
        guard !(changed.isEmpty && added.isEmpty) else { return }
        if let actual = try Schema.format(of: schema), actual != format, try schema == Schema(format: actual) {
            throw AkinError(
                .invalidData,
                "\(path) says that it is of format \(format), but its tables are of format \(actual).",
                remedy: .mendStore,
                cause: DatabaseError(resultCode: .SQLITE_CORRUPT, message: "wrong format"))
        }
        var parts: [String] = []
        if !added.isEmpty { parts.append("holds \(listed(added)), which Akin did not make and SQLite would run") }
        if !changed.isEmpty { parts.append("does not define \(listed(changed)) as stores of format \(format) do") }
        throw AkinError(
            .invalidData,
            "\(path) \(parts.joined(separator: ", and ")). No row was read or written. A repair keeps a copy of the file and restores only "
                + "Akin's own definitions.",
            remedy: .repair,
            cause: DatabaseError(resultCode: .SQLITE_CORRUPT, message: "foreign or altered definitions"))
    }

    /// Some names as a part of a sentence.
    static func listed(_ names: [String]) -> String {
        let told = names.prefix(10).joined(separator: ", ")
        return names.count > 10 ? "\(told) and \(names.count - 10) more" : told
    }
}
