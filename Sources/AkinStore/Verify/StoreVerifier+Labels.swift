import AkinCore

extension StoreVerifier {
    /// Compares labellings and what they say with their checksums, and the entries for filters with both.
    func labels() throws {
        try reportAltered(.labelling, naming: "id, field", of: "altered labellings") { row in
            (
                .row(table: "labelling", id: row[0]),
                "The labelling \(row[1]) does not match its checksum: what it says about its model was altered."
            )
        }
        try report(
            """
            SELECT a.labelling, a.document, a.ordinal, d.external_id
            FROM (SELECT * FROM annotation WHERE \(RowChecksum.annotation.isAltered)) AS a
            LEFT JOIN document AS d ON d.id = a.document
            """, of: "altered labels", .altered
        ) { row in
            (
                .row(table: "annotation", id: "\(row[0])/\(row[1])/\(row[2])"),
                "A label of document \(row[3]) does not match its checksum: it was altered."
            )
        }
        let derived = LabelEntries.selection(where: "1")
        let stored = "SELECT document, key, text, number, labelling FROM metadata WHERE labelling IS NOT NULL"
        try report(
            """
            SELECT DISTINCT d.external_id FROM document AS d JOIN (
                SELECT document FROM (SELECT * FROM (\(derived)) EXCEPT \(stored))
                UNION SELECT document FROM (\(stored) EXCEPT SELECT * FROM (\(derived)))
            ) AS e ON e.document = d.id
            """, of: "entries of labels", .outdated
        ) { row in
            (.document(id: row[0]), "The entries for filters of document \(row[0]) are not those of its labels.")
        }
        try report(
            """
            SELECT DISTINCT a.labelling, a.document FROM annotation AS a LEFT JOIN labelled_document AS l
            ON l.labelling = a.labelling AND l.document = a.document WHERE l.document IS NULL
            """, of: "labels of unread documents", .unexpected
        ) { row in
            (
                .row(table: "annotation", id: "\(row[0])/\(row[1])"),
                "Document row \(row[1]) has labels of labelling \(row[0]), which is not known to have read it."
            )
        }
    }
}
