import Foundation
import GRDB

extension StoreReader {
    package func holdsPassages() throws -> Bool { try number("SELECT EXISTS (SELECT 1 FROM passage)") == 1 }

    /// Whether some of the first search texts have a copy of their passage's text, as before format 6.
    package func holdsWholeSearchTexts() throws -> Bool {
        let sql = """
            SELECT EXISTS (
                SELECT 1 FROM (SELECT text, search_text FROM passage ORDER BY id LIMIT 1000)
                WHERE instr(search_text, text) > 0 AND instr(search_text, \(CompactSearchText.markSQL)) = 0
                    AND length(CAST(text AS BLOB)) > \(CompactSearchText.overhead))
            """
        return try number(sql) == 1
    }
}

extension StoreWriter {
    /// Passages read at once.
    private static let batch = 1000

    /// Replaces what keyword search reads of the passages where that is no longer what `searchText` makes of them. Ids,
    /// texts, vectors and the change log stay as they are.
    ///
    /// Rows that do not match their checksums are left alone, since a new checksum would hide the damage.
    ///
    /// - Parameter searchText: What to index for a passage, from the title of its document, the headings it stands
    ///   under and its text; nil for the text itself.
    /// - Returns: how many passages were changed, and how many left alone.
    package func updateSearchTexts(
        _ searchText: (_ title: String?, _ headings: [String], _ text: String) -> String?
    ) throws -> (changed: Int, damaged: Int) {
        var (changed, damaged, last) = (0, 0, Int64.min)
        while true {
            let batch = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT id, text, search_text, (SELECT title FROM document WHERE id = passage.document), \(RowChecksum.passage.isAltered),
                            (SELECT headings FROM passage_place WHERE passage = passage.id)
                        FROM passage WHERE id > ? ORDER BY id LIMIT \(Self.batch)
                        """), arguments: [last])
            guard let end = batch.last else { return (changed, damaged) }
            last = try end.decode(atIndex: 0)
            for row in batch {
                let (id, stored): (Int64, String?) = (try row.decode(atIndex: 0), try row.decode(atIndex: 2))
                let headings = try row.decode(String?.self, atIndex: 5).map(StoreReader.headings) ?? []
                guard try row.decode(Bool?.self, atIndex: 4) != true, let headings else {
                    damaged += 1
                    continue
                }
                let text: String = try row.decode(atIndex: 1)
                let new = searchText(try row.decode(atIndex: 3), headings, text).map {
                    CompactSearchText.stored($0, ofPassage: text)
                }
                // To Swift composed and decomposed letters are equal, to FTS5 they are not.
                guard new.map({ Array($0.utf8) }) != stored.map({ Array($0.utf8) }) else { continue }
                try replaceSearchText(of: id, with: new)
                changed += 1
            }
        }
    }

    /// The same passage again under its id: no row of a passage is updated, and triggers keep the keyword index in
    /// step.
    private func replaceSearchText(of id: Int64, with text: String?) throws {
        try change {
            guard
                let row = try firstRow(
                    "SELECT document, ordinal, text, range_start, range_end, token_count FROM passage WHERE id = ?",
                    [id])
            else { return }
            let values = Array(row.databaseValues)
            // Deleted with the passage, and stored again as it was, with its checksum.
            let place = try firstRow(
                "SELECT passage, line_start, line_end, page, headings, checksum FROM passage_place WHERE passage = ?",
                [id])
            try execute("DELETE FROM passage WHERE id = ?", [id])
            try execute(
                """
                INSERT INTO passage (id, search_text, document, ordinal, text, range_start, range_end, token_count)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, StatementArguments([id.databaseValue, text.databaseValue] + values))
            try execute(RowChecksum.passage.sealing(where: "id = ?"), [id])
            if let place {
                try execute(
                    "INSERT INTO passage_place (passage, line_start, line_end, page, headings, checksum) VALUES (?, ?, ?, ?, ?, ?)",
                    StatementArguments(Array(place.databaseValues)))
            }
        }
    }
}
