import AkinCore
import Foundation
import GRDB

extension StoreReader {
    package func vector(space: Int64, passage: Int64) throws -> [Float]? {
        let element = try element(ofSpace: space)
        return try vectorData(space: space, passage: passage).map { VectorBytes.vector($0, as: element) }
    }

    /// A vector's stored bytes.
    func vectorData(space: Int64, passage: Int64) throws -> Data? {
        try Data.fetchOne(
            database.cachedStatement(sql: "SELECT data FROM vector WHERE id = ?"),
            arguments: [VectorKey.key(space: space, passage: passage)])
    }

    /// The vectors of passages, in the order of `passages`; nil for those that have none in the space.
    package func vectors(space: Int64, passages: [Int64]) throws -> [[Float]?] {
        try passages.map { try vector(space: space, passage: $0) }
    }

    /// Calls `body` with each vector of a space whose passage is greater than `afterPassage`, in ascending order of passages.
    ///
    /// - Parameter body: Gets the passage and the vector's bytes: little-endian components of the space's element type, at any alignment,
    ///   valid only during the call. It may ask the reader for other things.
    /// - Throws: `AkinError(.invalidData)` at a vector whose size is not its space's; whatever `body` throws.
    package func forEachVector(
        space: Int64, afterPassage: Int64 = 0, _ body: (_ passage: Int64, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard let known = try self.space(id: space) else {
            throw AkinError(.notFound, "There is no vector space \(space) in the store.")
        }
        let size = try known.dimension * element(ofSpace: space).byteCount
        let statement = try database.makeStatement(sql: "SELECT id, data FROM vector WHERE id > ? AND id <= ? ORDER BY id")
        let keys = VectorKey.all(of: space)
        let cursor = try Row.fetchCursor(statement, arguments: [VectorKey.key(space: space, passage: afterPassage), keys.upperBound])
        while let row = try cursor.next() {
            let passage = VectorKey.passage(try row.decode(atIndex: 0))
            try row.withUnsafeData(atIndex: 1) { data in
                guard let data, data.count == size else {
                    throw AkinError(
                        .invalidData,
                        "The vector of passage \(passage) in space \(space) has \(data?.count ?? 0) bytes, not \(size); run akin verify.")
                }
                try unsafe data.withUnsafeBytes { bytes in try unsafe body(passage, bytes) }
            }
        }
    }

    /// The first passages that have a vector in a space.
    package func passagesWithVector(space: Int64, limit: Int) throws -> [Int64] {
        let keys = VectorKey.all(of: space)
        var passages: [Int64] = []
        let cursor = try rows(
            "SELECT id FROM vector WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?", [keys.lowerBound, keys.upperBound, limit])
        while let row = try cursor.next() { passages.append(VectorKey.passage(try row.decode(atIndex: 0))) }
        return passages
    }

    /// Passages, in ascending order after `afterPassage`, that have no vector in a space: what is left to encode.
    package func passagesWithoutVector(space: Int64, afterPassage: Int64 = 0, limit: Int) throws -> [StoredPassage] {
        let cursor = try rows(
            """
            SELECT p.id FROM passage AS p
            WHERE p.id > ? AND NOT EXISTS (SELECT 1 FROM vector AS v WHERE v.id = (? << 40 | p.id)) ORDER BY p.id LIMIT ?
            """, [afterPassage, space, limit])
        var ids: [Int64] = []
        while let row = try cursor.next() { ids.append(try row.decode(atIndex: 0)) }
        return try ids.compactMap { try passage(id: $0) }
    }
}
