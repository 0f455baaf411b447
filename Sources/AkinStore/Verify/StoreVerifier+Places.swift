import AkinCore

extension StoreVerifier {
    /// Compares the places of passages with their checksums, and looks for headings that cannot be read.
    func places() throws {
        try reportAltered(.passagePlace, naming: "passage", of: "altered places") { row in
            (
                .row(table: "passage_place", id: row[0]),
                "The place of passage \(row[0]) does not match its checksum: its lines, page or headings were altered."
            )
        }
        try report(
            """
            SELECT passage FROM passage_place WHERE CASE WHEN headings IS NULL THEN 0 WHEN NOT json_valid(headings) THEN 1
            ELSE json_type(headings) <> 'array' OR EXISTS (SELECT 1 FROM json_each(headings) WHERE type <> 'text') END
            """, of: "headings", .invalid
        ) { row in
            (
                .row(table: "passage_place", id: row[0]),
                "The headings of passage \(row[0]) are not a list of texts."
            )
        }
    }
}
