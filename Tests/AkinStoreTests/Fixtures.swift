import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// A unit vector that depends on the seed alone.
func unitVector(_ dimension: Int, seed: UInt64) -> [Float] {
    // Knuth's linear congruential generator (MMIX); its high bits are random enough here.
    var state = seed &+ 1
    let vector = (0..<dimension).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 24) - 0.5
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
}

extension VectorSpace {
    static func test(dimension: Int = 8, metric: String = "cosine", kind: String = "bert") -> VectorSpace {
        VectorSpace(
            kind: kind, encoderName: "test", fingerprint: "f00d", precision: "fp32", dimension: dimension,
            metric: metric)
    }
}

extension NewDocument {
    /// A document with one passage a text; the content hash depends on the texts alone.
    static func test(
        _ id: String, _ texts: [String], searchText: String? = nil, space: Int64? = nil, dimension: Int = 8,
        seed: UInt64 = 1,
        metadataJSON: String = "{}", metadata: [MetadataEntry] = []
    ) -> NewDocument {
        let passages = texts.enumerated().map { ordinal, text in
            NewPassage(
                text: text, searchText: searchText, rangeStart: ordinal * 100,
                rangeEnd: ordinal * 100 + text.unicodeScalars.count,
                tokenCount: 3,
                vectors: space.map { [($0, unitVector(dimension, seed: seed &+ UInt64(ordinal)))] } ?? [])
        }
        return NewDocument(
            id: id, source: "folder/\(id)", title: "Title of \(id)", metadataJSON: metadataJSON, metadata: metadata,
            contentHash: Data(texts.joined(separator: "\n").utf8), passages: passages)
    }
}

extension NewDocument {
    /// The document that definitions are followed by hand with: `a` with one passage, `hé`.
    static func accented(space: Int64) -> NewDocument {
        let passage = NewPassage(
            text: "hé", rangeStart: 0, rangeEnd: 2, tokenCount: 1, vectors: [(space, [0, 1, 0, 0, 0, 0, 0, 0])])
        return NewDocument(id: "a", source: "a", contentHash: Data(), passages: [passage])
    }
}

/// A store in a folder of its own.
struct StoreFixture {
    let folder: TemporaryFolder
    let store: Store
    let space: Int64

    init(dimension: Int = 8, metric: String = "cosine") throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.path("a.db"), mode: .readWrite(createIfMissing: true), durability: .normal)
        space = try store.write { try $0.createSpace(.test(dimension: dimension, metric: metric)) }
    }

    var path: String { folder.path("a.db") }

    @discardableResult
    func put(_ id: String, _ texts: String..., seed: UInt64 = 1) throws -> PutOutcome {
        try store.write { try $0.put(.test(id, texts, space: space, seed: seed)) }
    }

    func passageIDs(_ id: String) throws -> [Int64] {
        try store.read { reader in
            guard let document = try reader.document(id: id) else { return [] }
            return try reader.passages(documentRowID: document.rowID).map(\.id)
        }
    }

    /// Changes the file behind the store's back, as another program would; what keeps passages from being changed is
    /// put aside meanwhile.
    func tamper(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction { database in
            let guardian = try String.fetchOne(
                database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'passage_is_immutable'")
            try database.execute(sql: "DROP TRIGGER IF EXISTS passage_is_immutable; \(sql)")
            if let guardian { try database.execute(sql: guardian) }
        }
    }
}

/// The code of the `AkinError` that `body` throws; nil when it throws none.
func errorCode<T>(_ body: () throws -> T) -> AkinError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? AkinError)?.code
    }
}

/// The message of the `AkinError` that `body` throws; empty when it throws none.
func errorMessage<T>(_ body: () throws -> T) -> String {
    do {
        _ = try body()
        return ""
    } catch {
        return (error as? AkinError)?.description ?? ""
    }
}
