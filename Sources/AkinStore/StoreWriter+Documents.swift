import AkinCore
package import Foundation
import GRDB

extension StoreWriter {
    /// Stores a document under its id: a new one is added, a changed one replaced (its passages get new ids), an equal
    /// one left alone.
    ///
    /// Equal means: content hash, source, title and metadata are those stored. Everything is checked before anything is
    /// written.
    ///
    /// - Throws: `AkinError`: `.invalidData` for vectors with NaN or infinity, of zeros or not of unit length under
    ///   cosine, and for text that holds a NUL character; `.incompatible` for vectors of another dimension; `.notFound`
    ///   for unknown spaces.
    package func put(_ document: NewDocument) throws -> PutOutcome {
        let vectors = try checkedVectors(of: document)
        let stored = try self.document(id: document.id)
        if let stored, stored.contentHash == document.contentHash, stored.source == document.source,
            stored.title == document.title,
            stored.metadataJSON == document.metadataJSON
        {
            return .unchanged
        }
        try change {
            let now = Int64(Date().timeIntervalSince1970)
            let rowID: Int64
            if let stored {
                rowID = stored.rowID
                try deletePassages(documentRowID: rowID)
                try execute("DELETE FROM metadata WHERE document = ?", [rowID])
                try deleteAnnotations(document: rowID)
                try execute(
                    "UPDATE document SET source = ?, title = ?, metadata = ?, content_hash = ?, updated = ? WHERE id = ?",
                    [document.source, document.title, document.metadataJSON, document.contentHash, now, rowID])
                try execute(RowChecksum.document.sealing(where: "id = ?"), [rowID])
            } else {
                try execute(
                    RowChecksum.document.insertion,
                    [
                        document.id, document.source, document.title, document.metadataJSON, document.contentHash, now,
                        now,
                    ])
                rowID = database.lastInsertedRowID
            }
            for entry in document.metadata {
                try execute(
                    "INSERT INTO metadata (document, key, text, number) VALUES (?, ?, ?, ?)",
                    [rowID, entry.key, entry.text, entry.number])
            }
            for (ordinal, passage) in document.passages.enumerated() {
                try insert(passage, ordinal: ordinal, documentRowID: rowID, vectors: vectors[ordinal])
            }
        }
        changedDocuments += 1
        return stored == nil ? .inserted : .updated
    }

    /// Gives a document another source, and the content hash that goes with it; its passages stay, and so does its
    /// cluster.
    ///
    /// - Returns: false, with nothing changed, when its content hash is no longer `previousHash` because another writer
    ///   has changed it.
    package func setSource(id: String, source: String, previousHash: Data, contentHash: Data) throws -> Bool {
        guard let stored = try document(id: id), stored.contentHash == previousHash else { return false }
        if source.holdsNUL {
            throw AkinError(.invalidData, "The source of document \(id) holds a NUL character; remove it.")
        }
        try change {
            // A trigger takes documents with another content hash out of their cluster, but the text is the same.
            let places = try Row.fetchAll(
                database.cachedStatement(sql: "SELECT run, cluster FROM cluster_assignment WHERE document = ?"),
                arguments: [stored.rowID])
            try execute(
                "UPDATE document SET source = ?, content_hash = ?, updated = ? WHERE id = ?",
                [source, contentHash, Int64(Date().timeIntervalSince1970), stored.rowID])
            try execute(RowChecksum.document.sealing(where: "id = ?"), [stored.rowID])
            for place in places {
                try execute(
                    "INSERT OR IGNORE INTO cluster_assignment (run, document, cluster) VALUES (?, ?, ?)",
                    [Int64.fromDatabaseValue(place[0]), stored.rowID, Int64.fromDatabaseValue(place[1])])
            }
        }
        return true
    }

    /// Deletes the document with an owner's id.
    ///
    /// - Parameter readingFileAgain: whether the document's file counts as changed, so that the next run stores it again.
    /// - Returns: whether there was one.
    package func delete(id: String, readingFileAgain: Bool = true) throws -> Bool {
        guard let document = try document(id: id) else { return false }
        try change {
            try deletePassages(documentRowID: document.rowID)
            try execute("DELETE FROM document WHERE id = ?", [document.rowID])
            if readingFileAgain { try forgetFile(ofSource: document.source) }
        }
        changedDocuments += 1
        return true
    }

    /// Gives a passage a vector, in place of the one it has in the space, if any.
    ///
    /// - Throws: as `put`; `AkinError(.notFound)` when there is no such passage.
    package func setVector(space: Int64, passage: Int64, vector: [Float]) throws {
        let data = try checked(vector, space: space, name: "The vector of passage \(passage)")
        guard let stored = try self.passage(id: passage) else {
            throw AkinError(.notFound, "There is no passage \(passage) in the store.")
        }
        try change {
            try execute(
                "\(RowChecksum.vector.insertion) ON CONFLICT (id) DO UPDATE SET data = excluded.data, checksum = excluded.checksum",
                [VectorKey.key(space: space, passage: passage), data])
            try log(.vector, passage: passage, space: space, vector: data, textHash: ChangeChain.textHash(stored.text))
        }
    }

    private func insert(
        _ passage: NewPassage, ordinal: Int, documentRowID: Int64, vectors: [(space: Int64, data: Data)]
    ) throws {
        try execute(
            RowChecksum.passage.insertion,
            [
                documentRowID, ordinal, passage.text,
                passage.searchText.map { CompactSearchText.stored($0, ofPassage: passage.text) }, passage.rangeStart,
                passage.rangeEnd,
                passage.tokenCount,
            ])
        let id = database.lastInsertedRowID
        try insert(passage.place, ofPassage: id)
        let textHash = ChangeChain.textHash(passage.text)
        if vectors.isEmpty { try log(.add, passage: id, space: nil, vector: Data(), textHash: textHash) }
        for (place, vector) in vectors.enumerated() {
            try execute(RowChecksum.vector.insertion, [VectorKey.key(space: vector.space, passage: id), vector.data])
            try log(
                place == 0 ? .add : .vector, passage: id, space: vector.space, vector: vector.data, textHash: textHash)
        }
    }

    private func deletePassages(documentRowID: Int64) throws {
        let cursor = try rows("SELECT id FROM passage WHERE document = ? ORDER BY ordinal", [documentRowID])
        var ids: [Int64] = []
        while let row = try cursor.next() { ids.append(try row.decode(atIndex: 0)) }
        let spaces = try spacesByID().keys
        for id in ids {
            for space in spaces {
                try execute("DELETE FROM vector WHERE id = ?", [VectorKey.key(space: space, passage: id)])
            }
            try execute("DELETE FROM passage WHERE id = ?", [id])
            try log(.delete, passage: id, space: nil, vector: Data(), textHash: Data())
        }
    }

    /// The stored form of each passage's vectors, in the passages' order.
    private func checkedVectors(of document: NewDocument) throws -> [[(space: Int64, data: Data)]] {
        func refuse(_ what: String) -> AkinError {
            AkinError(
                .invalidData,
                "The \(what) of document \(document.id) holds a NUL character, which no text has; remove it.")
        }
        let texts = [
            ("id", document.id), ("source", document.source), ("title", document.title ?? ""),
            ("metadata", document.metadataJSON),
        ]
        if let name = texts.nameOfTextWithNUL { throw refuse(name) }
        return try document.passages.enumerated().map { ordinal, passage in
            if passage.text.holdsNUL || passage.searchText?.holdsNUL == true {
                throw refuse("passage \(ordinal)")
            }
            return try passage.vectors.map { space, vector in
                (
                    space,
                    try checked(
                        vector, space: space, name: "The vector of passage \(ordinal) of document \(document.id)")
                )
            }
        }
    }

    private func checked(_ vector: [Float], space id: Int64, name: String) throws -> Data {
        guard let space = try spacesByID()[id] else { throw noSpace(id) }
        let element = try layout(ofSpace: id).element
        let kept = space.isImported ? vector : element.rounded(vector)
        if let fault = VectorBytes.fault(kept, in: space) { throw AkinError(fault.code, "\(name) \(fault.reason).") }
        return VectorBytes.data(kept, as: element)
    }
}
