import AkinCore
import GRDB

extension StoreSalvage {
    /// Drops labellings that were altered, and the labels of documents of which one was altered; these are then
    /// labelled again like new documents.
    mutating func checkLabels() throws {
        let altered = try Row.fetchAll(
            target, sql: "SELECT id, field FROM labelling WHERE \(RowChecksum.labelling.isAltered) ORDER BY id")
        for row in altered {
            try target.execute(
                sql: """
                    DELETE FROM annotation WHERE labelling = :id; DELETE FROM labelled_document WHERE labelling = :id;
                    DELETE FROM labelling WHERE id = :id
                    """, arguments: ["id": row[0] as Int64])
            losses.append(Note("The labels \(row[1] as String) were altered and are gone: label the documents again."))
        }
        let doubtful = try Row.fetchAll(
            target,
            sql: """
                SELECT DISTINCT a.labelling, a.document, d.external_id
                FROM (SELECT * FROM annotation WHERE \(RowChecksum.annotation.isAltered)) AS a
                LEFT JOIN document AS d ON d.id = a.document ORDER BY a.labelling, a.document
                """)
        for row in doubtful {
            try target.execute(
                sql: """
                    DELETE FROM annotation WHERE labelling = :labelling AND document = :document;
                    DELETE FROM labelled_document WHERE labelling = :labelling AND document = :document
                    """, arguments: ["labelling": row[0] as Int64, "document": row[1] as Int64])
            guard let id = String.fromDatabaseValue(row[2]) else { continue }
            losses.append(Note("The labels of document \(id) were altered and are gone: label the documents again."))
        }
        // The setting is there as long as there are labellings.
        let hadLabels = try Bool.fetchOne(
            target, sql: "SELECT EXISTS (SELECT 1 FROM store WHERE key = ?)", arguments: [StoreReader.labelsKey])
        let hasLabels = try Bool.fetchOne(target, sql: "SELECT EXISTS (SELECT 1 FROM labelling)")
        guard hadLabels == true, hasLabels == false else { return }
        try target.execute(sql: "DELETE FROM store WHERE key = ?", arguments: [StoreReader.labelsKey])
        if altered.isEmpty { losses.append(Note("The labels of the documents are gone: label the documents again.")) }
    }
}
