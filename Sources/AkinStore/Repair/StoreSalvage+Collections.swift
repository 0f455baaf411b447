import AkinCore
import GRDB

extension StoreSalvage {
    /// Drops collections that were altered; their documents stay.
    mutating func checkCollections() throws {
        let altered = try Row.fetchAll(
            target, sql: "SELECT id, name FROM collection WHERE \(RowChecksum.collection.isAltered) ORDER BY id")
        for row in altered {
            try target.execute(
                sql: "DELETE FROM collection_file WHERE collection = :id; DELETE FROM collection WHERE id = :id",
                arguments: ["id": row[0] as Int64])
            losses.append(Note("The collection \(row[1] as String) was altered and is gone: index its folder again."))
        }
    }

    /// Where anything was lost, no file counts as read, so that the next run looks at every one.
    func forgetFilesOfLostDocuments() throws {
        if !losses.isEmpty { try target.execute(sql: "DELETE FROM collection_file") }
    }
}
