import AkinCore
package import Foundation
import GRDB

extension StoreReader {
    /// Every collection, oldest first.
    ///
    /// - Throws: `AkinError(.invalidData)` for one that does not match its checksum.
    package func collections() throws -> [StoredCollection] {
        var collections: [StoredCollection] = []
        let cursor = try rows(
            """
            SELECT id, name, root, relative_root, settings, created, \(RowChecksum.collection.isAltered)
            FROM collection ORDER BY id
            """)
        while let row = try cursor.next() {
            let id: Int64 = try row.number(0, in: RowLimits.row, "id", of: "a collection")
            let name: String = try row.decode(atIndex: 1)
            guard try row.decode(Bool?.self, atIndex: 6) != true else {
                throw AkinError.impossible("Collection \(name) does not match its checksum: it was altered")
            }
            collections.append(
                try StoredCollection(
                    id: id, name: name, root: row.decode(atIndex: 2), relativeRoot: row.decode(atIndex: 3),
                    settings: row.decode(atIndex: 4), created: row.decode(atIndex: 5)))
        }
        return collections
    }

    /// The files of a collection as they were last read. Cost: one scan of their rows.
    package func forEachFile(ofCollection id: Int64, _ body: (CollectionFile) -> Void) throws {
        let statement = try database.makeStatement(
            sql: "SELECT path, size, modified, hash, reader, records FROM collection_file WHERE collection = ?")
        let cursor = try Row.fetchCursor(statement, arguments: [id])
        while let row = try cursor.next() {
            body(
                try CollectionFile(
                    path: row.decode(atIndex: 0), size: row.decode(atIndex: 1), modified: row.decode(atIndex: 2),
                    hash: row.decode(atIndex: 3), reader: row.decode(atIndex: 4), records: row.decode(atIndex: 5)))
        }
    }

    /// How many files of a collection are known.
    package func fileCount(ofCollection id: Int64) throws -> Int {
        Int(try number("SELECT count(*) FROM collection_file WHERE collection = ?", [id]) ?? 0)
    }

    /// How many documents have their sources below a folder.
    package func documentCount(below folder: String) throws -> Int {
        let range = SourceRange(below: folder)
        return Int(
            try number("SELECT count(*) FROM document WHERE \(SourceRange.sql())", [range.lower, range.upper]) ?? 0)
    }

    /// Ids and sources of the documents with sources below a folder.
    package func documentIDs(below folder: String) throws -> [(id: String, source: String)] {
        let range = SourceRange(below: folder)
        return try pairs(
            "SELECT external_id, source FROM document WHERE \(SourceRange.sql())", [range.lower, range.upper])
    }

    /// Whether documents from elsewhere than below a folder have ids that begin with a name and a slash.
    package func hasDocuments(named name: String, notBelow folder: String) throws -> Bool {
        try hasDocuments(named: name, below: folder, is: false)
    }

    /// Whether documents from below a folder have ids that begin with a name and a slash.
    package func hasDocuments(named name: String, below folder: String) throws -> Bool {
        try hasDocuments(named: name, below: folder, is: true)
    }

    private func hasDocuments(named name: String, below folder: String, is isBelow: Bool) throws -> Bool {
        let range = SourceRange(below: folder)
        return try number(
            """
            SELECT EXISTS (SELECT 1 FROM document WHERE \(SourceRange.sql("external_id"))
                AND (\(SourceRange.sql(first: 3))) = ?5)
            """, [name + "/", name + "0", range.lower, range.upper, isBelow]) == 1
    }

    /// Ids and sources of all documents, with the ends of their content hashes.
    ///
    /// - Parameter digestLength: the bytes at the beginning of a hash that are left out.
    package func documentOrigins(digestLength: Int) throws -> [(id: String, source: String, ending: Data)] {
        var found: [(id: String, source: String, ending: Data)] = []
        let cursor = try rows(
            "SELECT external_id, source, coalesce(substr(content_hash, ?), x'') FROM document ORDER BY id",
            [digestLength + 1])
        while let row = try cursor.next() {
            found.append(try (row.decode(atIndex: 0), row.decode(atIndex: 1), row.decode(atIndex: 2)))
        }
        return found
    }

    /// Ids, sources and content hashes of the documents whose sources are no absolute paths.
    package func documentsWithRelativeSources() throws -> [(id: String, source: String, hash: Data)] {
        var found: [(id: String, source: String, hash: Data)] = []
        let cursor = try rows(
            "SELECT external_id, source, content_hash FROM document WHERE source > '' AND (source < '/' OR source >= '0')"
        )
        while let row = try cursor.next() {
            found.append(try (row.decode(atIndex: 0), row.decode(atIndex: 1), row.decode(atIndex: 2)))
        }
        return found
    }

    /// How many documents have content hashes that end alike, how many of those have the path of a file as source, and
    /// one source of them.
    ///
    /// - Parameter digestLength: the bytes at the beginning that are left out of account.
    package func contentHashEndings(digestLength: Int) throws -> [(
        ending: Data, documents: Int, ofFiles: Int, source: String
    )] {
        var found: [(ending: Data, documents: Int, ofFiles: Int, source: String)] = []
        let cursor = try rows(
            """
            SELECT coalesce(substr(content_hash, ?), x''), count(*), sum(instr(source, '/') > 0), min(source)
            FROM document GROUP BY 1
            """,
            [digestLength + 1])
        while let row = try cursor.next() {
            found.append(
                try (row.decode(atIndex: 0), row.decode(atIndex: 1), row.decode(atIndex: 2), row.decode(atIndex: 3)))
        }
        return found
    }

    private func pairs(_ sql: String, _ arguments: StatementArguments) throws -> [(id: String, source: String)] {
        var found: [(id: String, source: String)] = []
        let cursor = try rows(sql, arguments)
        while let row = try cursor.next() { found.append(try (row.decode(atIndex: 0), row.decode(atIndex: 1))) }
        return found
    }
}
