import AkinCore
import GRDB

/// Some documents, or all documents except some.
private struct DocumentSelection {
    var rows: RowSet
    var isInverted = false

    var inverted: DocumentSelection { DocumentSelection(rows: rows, isInverted: !isInverted) }

    func and(_ other: DocumentSelection) -> DocumentSelection {
        switch (isInverted, other.isInverted) {
        case (false, false): DocumentSelection(rows: rows.intersection(other.rows))
        case (false, true): DocumentSelection(rows: rows.subtracting(other.rows))
        case (true, false): DocumentSelection(rows: other.rows.subtracting(rows))
        case (true, true): DocumentSelection(rows: rows.union(other.rows), isInverted: true)
        }
    }
}

extension StoreReader {
    /// Row ids of the documents that meet a filter.
    ///
    /// Each condition scans the part of an index that meets it; the rest is done on sets of row ids.
    package func documents(matching filter: DocumentFilter) throws -> RowSet {
        let selection = try selection(filter)
        guard selection.isInverted else { return try selection.rows.checkedDocuments() }
        return try RowSet(try numbers("SELECT id FROM document")).subtracting(selection.rows).checkedDocuments()
    }

    /// Ids of the passages of some documents.
    package func passages(ofDocuments documents: RowSet) throws -> RowSet {
        guard documents.count * Self.lookUpCost < (try passageCount()) else {
            return RowSet(try scanPassages(ofDocuments: documents))
        }
        return RowSet(
            try documents.ids.flatMap {
                try numbers("SELECT id FROM passage INDEXED BY passage_document WHERE document = ?", [$0])
            })
    }

    /// The passages of many documents, by a scan of the index over all.
    private func scanPassages(ofDocuments documents: RowSet) throws -> [Int64] {
        guard let last = documents.ids.last else { return [] }
        var passages: [Int64] = []
        // Both columns in one number, which is read several times as fast as a row. A passage's id has 40 bits, a
        // document's id the rest.
        let sql = """
            SELECT (document - ?1) << 40 | id FROM passage INDEXED BY passage_document WHERE document BETWEEN ?1 AND ?2 ORDER BY document
            """
        var place = 0
        while place < documents.count {
            let base = documents.ids[place]
            let end = last - base < Self.documentsAtOnce ? last : base + Self.documentsAtOnce - 1
            try forEachNumber(sql, [base, end]) { packed in
                if documents.contains(base + packed >> 40) { passages.append(packed & (1 << 40 - 1)) }
            }
            // Past what was scanned: row ids may lie far apart.
            while place < documents.count, documents.ids[place] <= end { place += 1 }
        }
        return passages
    }

    /// Whether one document meets a filter. A few look-ups: for a document or a hundred, not for all.
    package func document(_ rowID: Int64, meets filter: DocumentFilter) throws -> Bool {
        switch filter {
        case .condition(let field, let test):
            let check = FilterSQL(field, test).check(document: rowID)
            return try number(check.sql, check.arguments) == 1
        case .and(let filters): return try filters.allSatisfy { try document(rowID, meets: $0) }
        case .or(let filters): return try filters.contains { try document(rowID, meets: $0) }
        case .not(let filter): return try !document(rowID, meets: filter)
        }
    }

    /// The document of a passage; nil when there is no such passage.
    package func documentRowID(passage: Int64) throws -> Int64? {
        try number("SELECT document FROM passage WHERE id = ?", [passage])
    }

    /// How many of the documents meet a filter, estimated from a sample spread evenly over their row ids.
    ///
    /// - Returns: the sample's size, at most `sampleSize`, and how many of it meet the filter.
    package func estimate(_ filter: DocumentFilter, sampleSize: Int) throws -> (sampled: Int, matching: Int) {
        guard let least = try number("SELECT min(id) FROM document"),
            let greatest = try number("SELECT max(id) FROM document")
        else {
            return (0, 0)
        }
        _ = try RowSet([least, greatest]).checkedDocuments()
        let step = max(1, Double(greatest - least + 1) / Double(sampleSize))
        var (sampled, matching, last) = (0, 0, least - 1)
        for place in 0..<sampleSize {
            let from = max(last + 1, least + Int64(Double(place) * step))
            guard let id = try number("SELECT id FROM document WHERE id >= ? ORDER BY id LIMIT 1", [from]) else {
                break
            }
            sampled += 1
            if try document(id, meets: filter) { matching += 1 }
            last = id
        }
        return (sampled, matching)
    }

    /// Whether any document has a text, and whether any has a number, under a key of the metadata.
    package func valueKinds(ofKey key: String) throws -> (texts: Bool, numbers: Bool) {
        func isThere(_ column: String) throws -> Bool {
            let forms = StatementArguments([key, key.composed, key.decomposed])
            return try number(
                "SELECT EXISTS (SELECT 1 FROM metadata WHERE key IN (?, ?, ?) AND \(column) IS NOT NULL)", forms) == 1
        }
        return (try isThere("text"), try isThere("number"))
    }

    /// Whether any document has a field, or one within it, in metadata of its own, which no labelling gave it.
    package func holdsOwnField(_ name: String) throws -> Bool {
        let (test, arguments) = Self.ownField(name)
        return try number("SELECT EXISTS (SELECT 1 FROM metadata WHERE \(test))", arguments) == 1
    }

    /// The values of a field that documents have in metadata of their own, by the documents' row ids, ascending.
    package func ownValues(ofField name: String) throws -> [(document: Int64, values: [MetadataEntry])] {
        var found: [(document: Int64, values: [MetadataEntry])] = []
        let cursor = try rows(
            """
            SELECT document, key, text, number FROM metadata
            WHERE labelling IS NULL AND key IN (?, ?, ?) ORDER BY document, rowid
            """, [name, name.composed, name.decomposed])
        while let row = try cursor.next() {
            let document: Int64 = try row.decode(atIndex: 0)
            if found.last?.document != document { found.append((document, [])) }
            found[found.count - 1].values.append(
                try MetadataEntry(
                    key: row.decode(atIndex: 1), text: row.decode(atIndex: 2), number: row.decode(atIndex: 3)))
        }
        return found
    }

    /// Whether one document has such a field.
    func holdsOwnField(_ name: String, document: Int64) throws -> Bool {
        let (test, arguments) = Self.ownField(name)
        return try number(
            "SELECT EXISTS (SELECT 1 FROM metadata INDEXED BY metadata_document WHERE document = ? AND (\(test)))",
            [document] + arguments) == 1
    }

    /// SQL that holds for entries of a field, or of one within it, that no labelling made.
    private static func ownField(_ name: String) -> (String, StatementArguments) {
        // Fields within one are those from "name." up to "name/", the next character after the dot.
        (
            "labelling IS NULL AND (key IN (?, ?) OR key >= ? AND key < ?)",
            [name.composed, name.decomposed, name.composed + ".", name.composed + "/"]
        )
    }

    /// The keys of the metadata in ascending order, at most `limit` of them. One look-up a key.
    package func metadataKeys(limit: Int) throws -> [String] {
        var keys: [String] = []
        var key = try String.fetchOne(database.cachedStatement(sql: "SELECT min(key) FROM metadata"))
        while let found = key, keys.count < limit {
            keys.append(found)
            key = try String.fetchOne(
                database.cachedStatement(sql: "SELECT min(key) FROM metadata WHERE key > ?"), arguments: [found])
        }
        return keys
    }

    /// Passages read one by one cost as much as this many read in a scan.
    private static let lookUpCost = 20
    private static let documentsAtOnce: Int64 = 1 << 22
    /// When only this many documents are left, they are checked one by one against the rest of a conjunction.
    private static let fewDocuments = 100

    private func selection(_ filter: DocumentFilter) throws -> DocumentSelection {
        switch filter {
        case .condition(let field, let test):
            let selection = FilterSQL(field, test).selection
            return DocumentSelection(rows: RowSet(try numbers(selection.sql, selection.arguments)))
        case .not(let filter): return try selection(filter).inverted
        case .or(let filters): return try conjunction(of: filters.map(DocumentFilter.not)).inverted
        case .and(let filters): return try conjunction(of: filters)
        }
    }

    private func conjunction(of filters: [DocumentFilter]) throws -> DocumentSelection {
        var result = DocumentSelection(rows: RowSet([]), isInverted: true)
        for (place, filter) in filters.enumerated() {
            if !result.isInverted, result.rows.count <= Self.fewDocuments {
                let rest = DocumentFilter.and(Array(filters[place...]))
                return DocumentSelection(
                    rows: RowSet(ascending: try result.rows.ids.filter { try document($0, meets: rest) }))
            }
            result = result.and(try selection(filter))
        }
        return result
    }

    /// A statement's first column.
    private func numbers(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Int64] {
        var numbers: [Int64] = []
        try forEachNumber(sql, arguments) { numbers.append($0) }
        return numbers
    }

    /// Calls `body` with each value of a statement's first column.
    private func forEachNumber(_ sql: String, _ arguments: StatementArguments, _ body: (Int64) -> Void) throws {
        // `fetchAll` is not used: it is generic code of another module, and takes three times as long a row.
        let cursor = try Int64.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        try cursor.forEach(body)
    }
}
