import AkinCore
import GRDB

extension StoreSalvage {
    /// What is done with a row whose numbers are impossible.
    enum Admission {
        /// To be copied, with these values.
        case now([DatabaseValue])
        /// To be copied under a new id when all others have theirs.
        case later([DatabaseValue])
    }

    /// Replaces impossible numbers of a document or passage by possible ones, so that its text is kept. Changed
    /// passages no longer match their checksums and are reported for that; those without a checksum are recorded here.
    ///
    /// - Parameter values: a row's, in the order of the columns.
    mutating func admitted(_ values: [DatabaseValue], of table: String, columns: [String]) throws -> Admission {
        guard table == "document" || table == "passage" else { return .now(values) }
        var row = Dictionary(uniqueKeysWithValues: zip(columns, values))
        func number(_ column: String) -> Int64? { row[column].flatMap(Int64.fromDatabaseValue) }
        func fits(_ column: String, _ range: ClosedRange<Int64>) -> Bool { number(column).map(range.contains) ?? false }
        let original = row
        if table == "passage" {
            if !fits("document", RowLimits.row), let document = number("document") {
                row["document"] = try newID(ofDocument: document).databaseValue
            }
            // It is placed after the others of its document, which are numbered again where one is missing.
            if !fits("ordinal", RowLimits.extent) {
                row["ordinal"] = (RowLimits.extent.upperBound - (number("id") ?? 0) % 1_000_000).databaseValue
            }
            if !fits("range_start", RowLimits.extent) || !fits("range_end", RowLimits.extent)
                || (number("range_start") ?? 0) > (number("range_end") ?? 0)
            {
                let length = row["text"].flatMap(String.fromDatabaseValue)?.unicodeScalars.count ?? 0
                (row["range_start"], row["range_end"]) = (0.databaseValue, length.databaseValue)
            }
            if !fits("token_count", RowLimits.extent) { row["token_count"] = 0.databaseValue }
            if row != original, let id = number("id") { contradicted.insert(id) }
        }
        let isPossible = fits("id", RowLimits.sequences[table] ?? RowLimits.row)
        return isPossible ? .now(columns.map { row[$0] ?? .null }) : .later(columns.map { row[$0] ?? .null })
    }

    /// Copies the rows that need new ids.
    mutating func copyUnderNewIDs(
        _ rows: [[DatabaseValue]], columns: [String], of table: String, _ insert: ([DatabaseValue]) -> Bool
    ) throws {
        guard let place = columns.firstIndex(of: "id") else { return }
        for values in rows {
            var values = values
            let id = Int64.fromDatabaseValue(values[place])
            values[place] = .null
            guard insert(values) else { continue }
            let new = target.lastInsertedRowID
            if table == "document", let id { documentIDs[id] = new }
            if table == "passage" { contradicted.insert(new) }
        }
    }

    /// The id of a document that had an impossible one.
    private mutating func newID(ofDocument id: Int64) throws -> Int64 {
        if let known = documentIDs[id] { return known }
        let last = try Int64.fetchOne(target, sql: "SELECT max(id) FROM document") ?? 0
        let new = max(last, documentIDs.values.max() ?? 0) + 1
        documentIDs[id] = new
        return new
    }

    /// Leaves out the other rows with impossible numbers, so that nothing computes with them.
    mutating func dropImpossibleRows() throws {
        for limit in RowLimits.conditions {
            try target.execute(sql: "DELETE FROM \(limit.table) WHERE NOT (\(limit.sql))")
            guard target.changesCount > 0 else { continue }
            losses.append(
                "Table \(limit.table): \(target.changesCount) rows hold impossible numbers and were left out.")
        }
        for (table, range) in RowLimits.sequences {
            try target.execute(
                sql: """
                    UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(\(table == "change" ? "sequence" : "id")), 0) FROM \(table))
                    WHERE name = ? AND seq NOT BETWEEN 0 AND ?
                    """, arguments: [table, range.upperBound - 1])
        }
    }

    /// Whether the damaged store has a table of this name that holds its own rows. A view or a virtual table computes
    /// them, and may never end.
    func isTable(_ name: String) throws -> Bool {
        try Bool.fetchOne(
            source,
            sql:
                "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql NOT LIKE 'CREATE VIRTUAL%')",
            arguments: [name]) ?? false
    }
}
