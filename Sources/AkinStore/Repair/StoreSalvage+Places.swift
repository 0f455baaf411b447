import AkinCore
import GRDB

extension StoreSalvage {
    /// Drops places that were altered or cannot be read. Their documents are stored again, with their places, by the
    /// next run that meets them.
    mutating func dropDoubtfulPlaces() throws {
        let doubtful = """
            \(RowChecksum.passagePlace.isAltered) OR CASE WHEN headings IS NULL THEN 0 WHEN NOT json_valid(headings) THEN 1
            ELSE json_type(headings) <> 'array' OR EXISTS (SELECT 1 FROM json_each(headings) WHERE type <> 'text') END
            """
        let rows = try Row.fetchAll(
            target,
            sql: """
                SELECT DISTINCT d.id, d.external_id FROM passage_place AS l JOIN passage AS p ON p.id = l.passage
                JOIN document AS d ON d.id = p.document
                WHERE l.passage IN (SELECT passage FROM passage_place WHERE \(doubtful)) ORDER BY d.id
                """)
        try target.execute(sql: "DELETE FROM passage_place WHERE \(doubtful)")
        for row in rows {
            losses.append(
                "Lines, pages or headings of document \(row[1] as String) were altered and are gone: index it again.")
            try forgetContent(of: row[0])
        }
    }
}
