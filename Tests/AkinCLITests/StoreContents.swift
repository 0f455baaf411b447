import AkinCore
import Foundation
import GRDB

/// Everything that a store says of documents, files and collections, in an order of its own: two stores that hold the
/// same are equal, whatever the order in which they were filled. Vectors are left out, since word vectors depend on it.
struct StoreContents: Equatable {
    /// A line a row, by table.
    let rows: [String: [String]]

    init(of path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queries = [
            "document": """
            SELECT external_id, title, source, metadata, hex(content_hash) FROM document ORDER BY external_id
            """,
            "passage": """
            SELECT external_id, ordinal, text, search_text, range_start, range_end, token_count, line_start, line_end, page,
                headings
            FROM passage JOIN document ON document.id = document LEFT JOIN passage_place ON passage = passage.id
            ORDER BY external_id, ordinal
            """,
            "metadata": """
            SELECT external_id, key, text, number FROM metadata JOIN document ON document.id = document
            ORDER BY external_id, key, text, number
            """,
            "collection": "SELECT name, root, relative_root, settings FROM collection ORDER BY name",
            "collection_file": """
            SELECT name, path, size, modified, hex(hash), reader, records FROM collection_file
            JOIN collection ON collection.id = collection ORDER BY name, path
            """,
        ]
        rows = try DatabaseQueue(path: path, configuration: configuration).read { database in
            try queries.mapValues { query in
                try Row.fetchAll(database, sql: query).map { row in
                    row.databaseValues.map(\.description).joined(separator: " | ")
                }
            }
        }
    }

    /// The rows that are in one of two stores only, a few of them.
    func differences(from other: StoreContents) -> [String] {
        rows.keys.sorted().flatMap { table -> [String] in
            let (mine, theirs) = (Set(rows[table] ?? []), Set(other.rows[table] ?? []))
            return (mine.subtracting(theirs).sorted().prefix(3).map { "\(table) +\($0)" })
                + (theirs.subtracting(mine).sorted().prefix(3).map { "\(table) -\($0)" })
        }
    }
}
