import AkinCore
package import Foundation
import GRDB

/// What can be asked of a store within one snapshot. Lives only as long as the body of `Store.read` or `Store.write` it is given to.
package class StoreReader {
    let database: Database
    /// Element types of the spaces met so far; a space never changes its own.
    private var elements: [Int64: VectorElement] = [:]

    init(_ database: Database) { self.database = database }

    /// A cursor over a statement that is prepared once a connection. Not for loops that call back: a nested use would restart it.
    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> RowCursor {
        try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
    }

    func firstRow(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    func number(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Every vector space, oldest first.
    package func spaces() throws -> [VectorSpace] {
        var spaces: [VectorSpace] = []
        let cursor = try rows("SELECT \(Self.spaceColumns) FROM vector_space ORDER BY id")
        while let row = try cursor.next() { spaces.append(try Self.space(row)) }
        return spaces
    }

    package func space(id: Int64) throws -> VectorSpace? {
        try firstRow("SELECT \(Self.spaceColumns) FROM vector_space WHERE id = ?", [id]).map(Self.space)
    }

    /// - Throws: `AkinError(.incompatible)` for a type that this version does not know.
    func element(ofSpace id: Int64) throws -> VectorElement {
        if let known = elements[id] { return known }
        guard let space = try space(id: id) else {
            throw AkinError(.notFound, "There is no vector space \(id) in the store.")
        }
        guard let element = space.element else {
            throw AkinError(
                .incompatible,
                "The vectors of \(space.encoderName) are kept as \(space.elementType), which this Akin does not know: upgrade."
            )
        }
        elements[id] = element
        return element
    }

    package func setting(_ key: String) throws -> String? {
        try String.fetchOne(database.cachedStatement(sql: "SELECT value FROM store WHERE key = ?"), arguments: [key])
    }

    package func documentCount() throws -> Int { Int(try number("SELECT count(*) FROM document") ?? 0) }

    /// Counted from the index over documents, without reading text.
    package func passageCount() throws -> Int { Int(try number("SELECT count(*) FROM passage") ?? 0) }

    /// Whether any passage has words to look for. Cost: a scan of the passages up to the first that has.
    package func holdsText() throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM passage WHERE text <> '' OR search_text IS NOT NULL)") == 1
    }

    package func vectorCount(space: Int64) throws -> Int {
        let keys = VectorKey.all(of: space)
        return Int(try number("SELECT count(*) FROM vector WHERE id BETWEEN ? AND ?", [keys.lowerBound, keys.upperBound]) ?? 0)
    }

    /// The piece-wise stored model of a space of word vectors, nil when there is none.
    package func wordModel(space: Int64) throws -> Data? {
        var model: Data?
        let cursor = try rows("SELECT data FROM word_model WHERE space = ? ORDER BY piece", [space])
        while let row = try cursor.next() {
            try row.withUnsafeData(atIndex: 0) { piece in
                if let piece { model = (model ?? Data()) + piece }
            }
        }
        return model
    }

    private static let spaceColumns =
        "id, kind, encoder_name, fingerprint, precision, dimension, metric, element_type, details, status, created"

    private static func space(_ row: Row) throws -> VectorSpace {
        let statusText: String = try row.decode(atIndex: 9)
        guard let status = VectorSpace.Status(rawValue: statusText) else {
            throw AkinError(.invalidData, "A vector space has the unknown status \"\(statusText)\"; run akin verify.")
        }
        return try VectorSpace(
            id: row.decode(atIndex: 0), kind: row.decode(atIndex: 1), encoderName: row.decode(atIndex: 2),
            fingerprint: row.decode(atIndex: 3), precision: row.decode(atIndex: 4), dimension: row.decode(atIndex: 5),
            metric: row.decode(atIndex: 6), elementType: row.decode(atIndex: 7), detailsJSON: row.decode(atIndex: 8), status: status,
            created: row.decode(atIndex: 10))
    }
}
