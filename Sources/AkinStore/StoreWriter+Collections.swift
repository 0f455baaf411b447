import AkinCore
import Foundation
import GRDB

extension StoreWriter {
    /// Stores a collection, whose `id` is ignored. Its name and root must be free.
    ///
    /// - Returns: its id.
    package func createCollection(_ collection: StoredCollection) throws -> Int64 {
        try refuseNUL(in: collection)
        return try change {
            try execute(
                RowChecksum.collection.insertion,
                [
                    collection.name, collection.root, collection.relativeRoot, collection.settings,
                    collection.created,
                ])
            return database.lastInsertedRowID
        }
    }

    /// Stores a collection in place of the one with its id. The documents stay as they are.
    package func updateCollection(_ collection: StoredCollection) throws {
        try refuseNUL(in: collection)
        try change {
            try execute(
                "UPDATE collection SET name = ?, root = ?, relative_root = ?, settings = ? WHERE id = ?",
                [collection.name, collection.root, collection.relativeRoot, collection.settings, collection.id])
            try execute(RowChecksum.collection.sealing(where: "id = ?"), [collection.id])
        }
    }

    /// Deletes a collection with what is known of its files. The documents stay.
    package func deleteCollection(id: Int64) throws {
        try change { try execute("DELETE FROM collection WHERE id = ?", [id]) }
    }

    /// Stores what was found of files, in place of what was known of them.
    package func putFiles(_ files: [NewCollectionFile]) throws {
        try change {
            for (collection, file) in files.map({ ($0.collection, $0.file) }) {
                // A collection that was removed meanwhile has no files.
                try execute(
                    """
                    INSERT OR REPLACE INTO collection_file (collection, path, size, modified, hash, reader, records)
                    SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM collection WHERE id = ?1
                    """,
                    [collection, file.path, file.size, file.modified, file.hash, file.reader, file.records])
            }
        }
    }

    /// Deletes what is known of files, so that they are read again when they are found.
    package func deleteFiles(_ paths: [String], ofCollection id: Int64) throws {
        try change {
            for path in paths {
                try execute("DELETE FROM collection_file WHERE collection = ? AND path = ?", [id, path])
            }
        }
    }

    /// Records that an id was given by two sources.
    package func noteConflict() throws { try setSetting(Self.conflictKey, "1") }

    /// Where an id was ever given by two sources, lets all files of records be read again: a document that was deleted
    /// may be in another file too.
    package func readRecordsAgainAfterConflict() throws {
        guard try setting(Self.conflictKey) != nil else { return }
        try change { try execute("DELETE FROM collection_file WHERE records IS NOT NULL", []) }
    }

    private static let conflictKey = "id_conflicts"

    /// Gives a document another id, which must be free.
    package func rename(id: String, to name: String) throws {
        guard !name.holdsNUL else {
            throw AkinError(.invalidArgument, "The id of a document cannot hold a NUL character.")
        }
        try change {
            try execute("UPDATE document SET external_id = ? WHERE external_id = ?", [name, id])
            try execute(RowChecksum.document.sealing(where: "external_id = ?"), [name])
        }
        changedDocuments += 1
    }

    /// Gives the documents with sources below a folder sources below another. Their passages and content hashes stay.
    package func moveSources(from folder: String, to other: String) throws {
        let (old, new) = (SourceRange(below: folder), SourceRange(below: other))
        let keep = old.lower.unicodeScalars.count + 1
        try change {
            // Found by their rows, since their sources are no longer in the range once they have changed.
            let ids = try Int64.fetchAll(
                database, sql: "SELECT id FROM document WHERE \(SourceRange.sql())",
                arguments: [old.lower, old.upper])
            for id in ids {
                try execute(
                    "UPDATE document SET source = ? || substr(source, ?) WHERE id = ?", [new.lower, keep, id])
                try execute(RowChecksum.document.sealing(where: "id = ?"), [id])
            }
            changedDocuments += ids.count
        }
    }

    /// Lets the file that a source names, with the number of a record or without, be read again.
    func forgetFile(ofSource source: String) throws {
        guard source.isAbsolutePath else { return }
        var paths = [source]
        if let mark = source.utf8.lastIndex(of: UInt8(ascii: "#")) { paths.append(String(source[..<mark])) }
        for path in paths {
            try execute(
                """
                DELETE FROM collection_file WHERE (collection, path) IN (
                    SELECT id, substr(?1, length(root) + CASE root WHEN '/' THEN 1 ELSE 2 END) FROM collection
                    WHERE substr(?1, 1, length(root) + 1) = root || '/' OR root = '/'
                )
                """, [path])
        }
    }

    private func refuseNUL(in collection: StoredCollection) throws {
        guard ![collection.name, collection.root, collection.settings].contains(where: \.holdsNUL) else {
            throw AkinError(.invalidArgument, "The name of a collection cannot hold a NUL character.")
        }
    }
}
