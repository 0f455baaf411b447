import AkinCore
import GRDB

/// Definitions in a damaged store that are not Akin's. A rebuilt store does not have them.
struct ForeignDefinitions {
    /// What was done to them, a sentence each.
    private(set) var sentences: [String] = []
    /// Rows that were left behind with them, a sentence a table.
    private(set) var losses: [Note] = []

    /// - Parameter copy: where the store is kept as it was.
    init(in database: Database, copy: String) throws {
        let (schema, whole) = try (Schema(of: database), Schema(format: Store.formatVersion))
        for definition in schema.additions(to: whole) {
            // Views and virtual tables compute what they hold, for as long as they like.
            guard definition.kind == "table", !definition.isActive else {
                sentences.append("The \(definition.title), which Akin did not make, was removed.")
                continue
            }
            let name = "\"\(definition.name.replacing("\"", with: "\"\""))\""
            let rows = (try? Int.fetchOne(database, sql: "SELECT count(*) FROM \(name)")).map { " of \($0) rows" } ?? ""
            losses.append(
                "The \(definition.title)\(rows), which Akin did not make, was left out: it is kept in \(copy).")
        }
        for title in schema.differences(from: whole) {
            sentences.append("The definition of the \(title) was restored.")
        }
    }
}
