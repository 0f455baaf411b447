import AkinCore
package import Foundation
import GRDB

extension StoreReader {
    /// The document with an owner's id.
    package func document(id: String) throws -> StoredDocument? {
        try firstRow("SELECT \(Self.documentColumns) FROM document WHERE external_id = ?", [id]).map {
            try Self.document($0)
        }
    }

    package func document(rowID: Int64) throws -> StoredDocument? {
        try firstRow("SELECT \(Self.documentColumns) FROM document WHERE id = ?", [rowID]).map { try Self.document($0) }
    }

    /// The hash a document was stored with: enough to find whether it changed.
    package func contentHash(id: String) throws -> Data? {
        try Data.fetchOne(
            database.cachedStatement(sql: "SELECT content_hash FROM document WHERE external_id = ?"), arguments: [id])
    }

    /// The hash and the source a document was stored with.
    package func contentHashAndSource(id: String) throws -> (hash: Data, source: String)? {
        let sql = "SELECT content_hash, source FROM document WHERE external_id = ?"
        guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [id]) else { return nil }
        return try (row.decode(atIndex: 0), row.decode(atIndex: 1))
    }

    /// The ids of the documents with a source, of the two oldest at most.
    package func documentIDs(ofSource source: String) throws -> [String] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT external_id FROM document WHERE source = ? ORDER BY id LIMIT 2"),
            arguments: [source])
    }

    /// Ids and sources of the documents in the order of first insertion.
    package func documentIDs() throws -> [(id: String, source: String)] {
        var documents: [(id: String, source: String)] = []
        let cursor = try rows("SELECT external_id, source FROM document ORDER BY id")
        while let row = try cursor.next() { documents.append(try (row.decode(atIndex: 0), row.decode(atIndex: 1))) }
        return documents
    }

    /// Calls `body` with each document in the order of first insertion, one at a time in memory.
    package func forEachDocument(_ body: (StoredDocument) throws -> Void) throws {
        let statement = try database.makeStatement(sql: "SELECT \(Self.documentColumns) FROM document ORDER BY id")
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() { try body(try Self.document(row)) }
    }

    /// A document's passages in order.
    package func passages(documentRowID: Int64) throws -> [StoredPassage] {
        var passages: [StoredPassage] = []
        let cursor = try rows(
            "SELECT \(Self.passageColumns) FROM \(Self.passageTable) WHERE p.document = ? ORDER BY p.ordinal",
            [documentRowID])
        while let row = try cursor.next() { passages.append(try Self.passage(row)) }
        return passages
    }

    /// Those of a document's passages that stand at some places, in their order.
    package func passages(documentRowID: Int64, ordinals: ClosedRange<Int>) throws -> [StoredPassage] {
        var passages: [StoredPassage] = []
        let cursor = try rows(
            """
            SELECT \(Self.passageColumns) FROM \(Self.passageTable)
            WHERE p.document = ? AND p.ordinal BETWEEN ? AND ? ORDER BY p.ordinal
            """, [documentRowID, ordinals.lowerBound, ordinals.upperBound])
        while let row = try cursor.next() { passages.append(try Self.passage(row)) }
        return passages
    }

    /// Every passage with its number of tokens, in ascending order.
    package func passageSizes() throws -> [(id: Int64, tokens: Int)] {
        var sizes: [(id: Int64, tokens: Int)] = []
        let cursor = try rows("SELECT id, token_count FROM passage ORDER BY id")
        while let row = try cursor.next() {
            let id: Int64 = try row.number(0, in: RowLimits.passage, "id", of: "a passage")
            sizes.append((id, try row.number(1, in: RowLimits.extent, "number of tokens", of: "passage \(id)")))
        }
        return sizes
    }

    package func passage(id: Int64) throws -> StoredPassage? {
        try firstRow("SELECT \(Self.passageColumns) FROM \(Self.passageTable) WHERE p.id = ?", [id]).map(Self.passage)
    }

    /// Passages with their documents, in the order of `ids`; ids without a passage are left out.
    package func passagesWithDocuments(ids: [Int64]) throws -> [(passage: StoredPassage, document: StoredDocument)] {
        let sql =
            "SELECT \(Self.passageColumns), d.* FROM \(Self.passageTable) JOIN document AS d ON d.id = p.document WHERE p.id = ?"
        return try ids.compactMap { id in
            try firstRow(sql, [id]).map { try (Self.passage($0), Self.document($0, from: Self.passageColumnCount)) }
        }
    }

    /// The document of each passage; passages that do not exist are left out.
    package func documentRowIDs(passages: [Int64]) throws -> [Int64: Int64] {
        var documents: [Int64: Int64] = [:]
        documents.reserveCapacity(passages.count)
        try forEachRow("SELECT id, document FROM passage INDEXED BY passage_owner WHERE id IN", keys: passages) { row in
            documents[try row.decode(atIndex: 0)] = try row.decode(Int64.self, atIndex: 1)
        }
        return documents
    }

    private static let documentColumns = "id, external_id, source, title, metadata, content_hash, created, updated"
    private static let passageTable = "passage AS p LEFT JOIN passage_place AS l ON l.passage = p.id"
    private static let passageColumns =
        "p.id, p.document, p.ordinal, p.text, p.range_start, p.range_end, p.token_count, l.passage, l.line_start, l.line_end, "
        + "l.page, l.headings"
    private static let passageColumnCount = 12

    private static func document(_ row: Row, from first: Int = 0) throws -> StoredDocument {
        try StoredDocument(
            rowID: row.number(first, in: RowLimits.row, "row id", of: "a document"), id: row.decode(atIndex: first + 1),
            source: row.decode(atIndex: first + 2),
            title: row.decode(atIndex: first + 3), metadataJSON: row.decode(atIndex: first + 4),
            contentHash: row.decode(atIndex: first + 5), created: row.decode(atIndex: first + 6),
            updated: row.decode(atIndex: first + 7))
    }

    private static func passage(_ row: Row) throws -> StoredPassage {
        let id: Int64 = try row.number(0, in: RowLimits.passage, "id", of: "a passage")
        func extent(_ index: Int, _ name: String) throws -> Int {
            try row.number(index, in: RowLimits.extent, name, of: "passage \(id)")
        }
        let (start, end) = try (extent(4, "beginning"), extent(5, "end"))
        guard start <= end else {
            throw AkinError.impossible("The store is damaged: passage \(id) begins at \(start) and ends at \(end)")
        }
        return try StoredPassage(
            id: id, documentRowID: row.number(1, in: RowLimits.row, "document", of: "passage \(id)"),
            ordinal: extent(2, "place"),
            text: row.decode(atIndex: 3), rangeStart: start, rangeEnd: end, tokenCount: extent(6, "number of tokens"),
            place: row.hasNull(atIndex: 7) ? nil : place(row, from: 8, ofPassage: id))
    }
}
