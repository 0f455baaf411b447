import AkinCore
package import Foundation
import GRDB

/// The questions to a store within one snapshot. A reader lives only as long as the body of `Store.read` or
/// `Store.write` that receives it.
package class StoreReader {
    let database: Database
    /// The layouts of the spaces met so far.
    private var layouts: [Int64: VectorLayout] = [:]
    private var tokenizer: KeywordTokenizer?

    init(_ database: Database) { self.database = database }

    /// The tokenizer of the keyword index, made once.
    func keywordTokenizer() throws -> KeywordTokenizer {
        if let tokenizer { return tokenizer }
        let made = try KeywordTokenizer(database)
        tokenizer = made
        return made
    }

    /// A cursor over a statement that is prepared once for each connection. It is not for loops that call a body,
    /// because a nested use would restart it.
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
    package func spaces() throws -> [VectorSpace] { try spaces(includingAltered: false) }

    /// - Parameter includingAltered: whether spaces that do not match their checksums are wanted too; else they are an
    ///   error.
    func spaces(includingAltered: Bool) throws -> [VectorSpace] {
        var spaces: [VectorSpace] = []
        let cursor = try rows("SELECT \(Self.spaceColumns) FROM vector_space ORDER BY id")
        while let row = try cursor.next() { spaces.append(try Self.space(row, includingAltered: includingAltered)) }
        return spaces
    }

    package func space(id: Int64) throws -> VectorSpace? {
        try firstRow("SELECT \(Self.spaceColumns) FROM vector_space WHERE id = ?", [id]).map { try Self.space($0) }
    }

    /// - Throws: `AkinError(.incompatible)` for a type that this version does not know.
    func layout(ofSpace id: Int64) throws -> VectorLayout {
        if let known = layouts[id] { return known }
        guard let space = try space(id: id) else {
            throw AkinError(.notFound, "There is no vector space \(id) in the store.")
        }
        guard let element = space.element else {
            throw AkinError(
                .incompatible,
                "The vectors of \(space.encoderName) are kept as \(space.elementType), which this Akin does not know: upgrade."
            )
        }
        let layout = VectorLayout(element: element, dimension: space.dimension)
        layouts[id] = layout
        return layout
    }

    /// - Throws: `AkinError(.invalidData)` for a setting that does not match its checksum.
    package func setting(_ key: String) throws -> String? {
        guard let row = try firstRow("SELECT value, \(RowChecksum.store.isAltered) FROM store WHERE key = ?", [key])
        else { return nil }
        guard try row.decode(Bool?.self, atIndex: 1) != true else {
            throw AkinError.impossible("The store's setting \(key) does not match its checksum: it was altered")
        }
        return try row.decode(atIndex: 0)
    }

    /// The number that a setting holds.
    ///
    /// - Throws: `AkinError(.invalidData)` where it is not one, or not within the range.
    package func number(ofSetting key: String, in range: ClosedRange<Int>) throws -> Int? {
        try setting(key).map { text in
            guard let number = Int(text), range.contains(number) else {
                throw AkinError.impossible(
                    "The store is damaged: its setting \(key) is \(text.prefix(40).debugDescription), which is impossible"
                )
            }
            return number
        }
    }

    package func documentCount() throws -> Int { Int(try number("SELECT count(*) FROM document") ?? 0) }

    /// Counted from the index over documents, without reading text.
    package func passageCount() throws -> Int { Int(try number("SELECT count(*) FROM passage") ?? 0) }

    /// Whether any passage has words. Cost: a scan of the passages up to the first that has.
    package func holdsText() throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM passage WHERE text <> '' OR search_text IS NOT NULL)") == 1
    }

    package func vectorCount(space: Int64) throws -> Int {
        let keys = VectorKey.all(of: space)
        return Int(
            try number("SELECT count(*) FROM vector WHERE id BETWEEN ? AND ?", [keys.lowerBound, keys.upperBound]) ?? 0)
    }

    /// To be called where a space's vectors have got another layout.
    func forgetLayout(ofSpace id: Int64) { layouts[id] = nil }

    /// The model, stored in pieces, of a space of word vectors, nil when there is none.
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
        "id, kind, encoder_name, fingerprint, precision, dimension, metric, element_type, details, status, created, "
        + RowChecksum.vectorSpace.isAltered

    private static func space(_ row: Row, includingAltered: Bool = false) throws -> VectorSpace {
        let id: Int64 = try row.number(0, in: RowLimits.space, "id", of: "a vector space")
        guard try includingAltered || row.decode(Bool?.self, atIndex: 11) != true else {
            throw AkinError.impossible(
                "What the store says about vector space \(id) does not match its checksum: it was altered")
        }
        let statusText: String = try row.decode(atIndex: 9)
        guard let status = VectorSpace.Status(rawValue: statusText) else {
            throw AkinError.impossible("Vector space \(id) has the unknown status \(statusText.debugDescription)")
        }
        return try VectorSpace(
            id: id, kind: row.decode(atIndex: 1), encoderName: row.decode(atIndex: 2),
            fingerprint: row.decode(atIndex: 3), precision: row.decode(atIndex: 4),
            dimension: row.number(5, in: RowLimits.dimension, "dimension", of: "vector space \(id)"),
            metric: row.decode(atIndex: 6), elementType: row.decode(atIndex: 7), detailsJSON: row.decode(atIndex: 8),
            status: status,
            created: row.decode(atIndex: 10))
    }
}

/// How a space's vectors are kept.
struct VectorLayout {
    let element: VectorElement
    let dimension: Int

    var byteCount: Int { dimension * element.byteCount }
}
