package import AkinCore
import Foundation
import GRDB

extension StoreReader {
    package func vector(space: Int64, passage: Int64) throws -> [Float]? {
        try vectorData(space: space, passage: passage).map {
            try vector($0, layout(ofSpace: space), space: space, passage: passage)
        }
    }

    /// The vector of a passage from its stored bytes.
    private func vector(_ data: Data, _ layout: VectorLayout, space: Int64, passage: Int64) throws -> [Float] {
        guard data.count == layout.byteCount else {
            throw wrongSize(data.count, layout, space: space, passage: passage)
        }
        let vector = VectorBytes.vector(data, as: layout.element)
        guard vector.allSatisfy(\.isFinite) else { throw StoreReader.notFinite(space: space, passage: passage) }
        return vector
    }

    func wrongSize(_ size: Int, _ layout: VectorLayout, space: Int64, passage: Int64) -> AkinError {
        .impossible("The vector of passage \(passage) in space \(space) has \(size) bytes, not \(layout.byteCount)")
    }

    /// The error for a vector that holds impossible components.
    package static func notFinite(space: Int64, passage: Int64) -> AkinError {
        .impossible("The vector of passage \(passage) in space \(space) holds a component that is not a finite number")
    }

    /// Whether the vectors of a space are as long as it says, judged by the first. To be checked before memory is
    /// reserved for all.
    package func requireVectors(ofSpace space: Int64) throws {
        let (layout, keys) = (try layout(ofSpace: space), VectorKey.all(of: space))
        let sql = "SELECT id, length(data) FROM vector WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"
        guard let row = try firstRow(sql, [keys.lowerBound, keys.upperBound]) else { return }
        let size: Int = try row.decode(atIndex: 1)
        guard size == layout.byteCount else {
            throw wrongSize(size, layout, space: space, passage: VectorKey.passage(try row.decode(atIndex: 0)))
        }
    }

    /// A vector's stored bytes.
    func vectorData(space: Int64, passage: Int64) throws -> Data? {
        try Data.fetchOne(
            database.cachedStatement(sql: "SELECT data FROM vector WHERE id = ?"),
            arguments: [VectorKey.key(space: space, passage: passage)])
    }

    /// The vectors of passages, in the order of `passages`; nil for those that have none in the space.
    package func vectors(space: Int64, passages: [Int64]) throws -> [[Float]?] {
        let layout = try layout(ofSpace: space)
        var vectors: [Int64: [Float]] = [:]
        vectors.reserveCapacity(passages.count)
        let keys = passages.map { VectorKey.key(space: space, passage: $0) }
        try forEachRow("SELECT id, data FROM vector WHERE id IN", keys: keys) { row in
            let passage = VectorKey.passage(try row.decode(atIndex: 0))
            try row.withUnsafeData(atIndex: 1) { data in
                vectors[passage] = try vector(data ?? Data(), layout, space: space, passage: passage)
            }
        }
        return passages.map { vectors[$0] }
    }

    /// Calls `body` with each vector of a space whose passage is greater than `afterPassage`, in ascending order of
    /// passages.
    ///
    /// - Parameter body: Gets the passage and the vector's bytes: little-endian components of the space's element type,
    ///   at any alignment, valid only during the call. It may use the reader.
    /// - Throws: `AkinError(.invalidData)` at a vector whose size is not its space's; whatever `body` throws.
    package func forEachVector(
        space: Int64, afterPassage: Int64 = 0,
        _ body: (_ passage: Int64, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let layout = try layout(ofSpace: space)
        let statement = try database.makeStatement(
            sql: "SELECT id, data FROM vector WHERE id > ? AND id <= ? ORDER BY id")
        let keys = VectorKey.all(of: space)
        let cursor = try Row.fetchCursor(
            statement, arguments: [VectorKey.key(space: space, passage: afterPassage), keys.upperBound])
        while let row = try cursor.next() {
            let passage = VectorKey.passage(try row.decode(atIndex: 0))
            try row.withUnsafeData(atIndex: 1) { data in
                guard let data, data.count == layout.byteCount else {
                    throw wrongSize(data?.count ?? 0, layout, space: space, passage: passage)
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
            "SELECT id FROM vector WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
            [keys.lowerBound, keys.upperBound, limit])
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
