import AkinVectors
import AkinCore
import AkinStore
import Foundation
import Logging

/// A store of documents that can be searched by meaning: one SQLite file, its derived index files, and the encoder that
/// made its vectors.
///
/// ```swift
/// let database = try await Database.open(at: "notes.db", mode: .create)
/// try await database.put(Document(id: "1", text: "The ferry leaves at nine.", metadata: ["year": 2024]))
/// for hit in try await database.search("when does the boat go?").results { print(hit.id, hit.score) }
/// ```
///
/// Many readers and one writer may use a store at once, in any number of processes. Calls may be made from any task;
/// blocking work is done away from Swift's cooperative threads.
public final class Database: Sendable {
    /// How a database is opened: for reading alone, or for writing too.
    public enum OpenMode: Sendable {
        /// Reads a store that exists; calls that would write throw.
        case readOnly
        /// Reads and writes a store that exists.
        case readWrite
        /// Reads and writes a store, and makes it when it does not exist.
        case create
    }

    let store: Store
    let mode: OpenMode
    let configuration: Configuration
    let encoders = EncoderCache()
    let exactIndexes = ExactIndexCache()
    let snapshots = SnapshotCache()
    let postings = PostingsCache()
    let passageCounts = PassageCountCache()
    let filters = FilterCache()
    let vectorSamples = VectorSampleCache()
    let labellers = LabellerCache()
    let adapters = QueryAdapterCache()
    let rerankers = RerankerCache()
    let logger = Logger(label: "akin")

    /// The store's absolute path, symbolic links resolved.
    public var path: String { store.path }

    private init(store: Store, mode: OpenMode, configuration: Configuration) {
        self.store = store
        self.mode = mode
        self.configuration = configuration
    }

    /// Opens a store.
    ///
    /// Throws `.noInput` when it does not exist (unless `mode` is `.create`), `.invalidData` when the file is not an
    /// Akin store, `.incompatible` when a newer Akin wrote it, `.locked` when another process writes for longer than
    /// `configuration.lockTimeout`.
    public static func open(
        at path: String, mode: OpenMode = .readOnly, configuration: Configuration = Configuration()
    ) async throws -> Database {
        try await offload { try openNow(at: path, mode: mode, configuration: configuration) }
    }

    static func openNow(at path: String, mode: OpenMode, configuration: Configuration) throws -> Database {
        let storeMode: StoreMode =
            switch mode {
            case .readOnly: .readOnly
            case .readWrite: .readWrite(createIfMissing: false)
            case .create: .readWrite(createIfMissing: true)
            }
        guard configuration.encoder != .imported else {
            throw AkinError(
                .invalidArgument,
                "Imported vectors have no encoder to choose: leave it out of the configuration, and import them.")
        }
        if let encoder = configuration.encoder, encoder != .bert, configuration.dimensions != nil {
            throw EncoderResolver.notCut(encoder == .words ? "word vectors" : "static models")
        }
        let store = try Store(
            path: path, mode: storeMode, durability: configuration.durability, lockTimeout: configuration.lockTimeout)
        let database = Database(store: store, mode: mode, configuration: configuration)
        store.whenReopened {
            [exactIndexes = database.exactIndexes, filters = database.filters, postings = database.postings] in
            exactIndexes.forget()
            filters.forget()
            postings.forget()
        }
        return database
    }

    /// Moves the write-ahead log's contents into the store's file and closes the store. A store that is not closed
    /// loses nothing.
    public func close() async throws {
        let store = store
        try await offload { try store.close() }
    }

    // MARK: Spaces and encoders

    var resolver: EncoderResolver { EncoderResolver(configuration: configuration, store: path) }

    /// The setting that holds the id of the space that serves semantic search.
    static let activeSpaceKey = "active_space"

    /// The space that serves semantic search, or nil in a store that has no vectors yet.
    ///
    /// - Throws: `AkinError(.invalidData)` where the store has spaces but does not say which one serves. To search by
    ///   words alone would answer another question.
    func activeSpace(_ reader: any StoreReading) throws -> VectorSpace? {
        guard let text = try reader.setting(Self.activeSpaceKey) else {
            guard try reader.spaces().contains(where: { $0.status == .active }) else { return nil }
            throw Self.noActiveSpace("does not say")
        }
        guard let space = try Int64(text).flatMap({ try reader.space(id: $0) }) else {
            throw Self.noActiveSpace("says \(text.prefix(40).debugDescription), which is none,")
        }
        return space
    }

    private static func noActiveSpace(_ what: String) -> AkinError {
        AkinError(
            .invalidData,
            "The store is damaged: its setting \(activeSpaceKey) \(what) where there should be the vector space that serves semantic search.",
            remedy: .anyOf([.repair, .give(.searchMode, "keyword")]))
    }

    /// The space that serves `--mode words`: the newest of word vectors or of a static model that is filled.
    func wordSpace(_ reader: any StoreReading) throws -> VectorSpace? {
        try reader.spaces().last { $0.isOfWords && $0.status == .active }
    }

    /// The space of the imported vectors, which answers queries with a vector.
    func importedSpace(_ reader: any StoreReading) throws -> VectorSpace? {
        try reader.spaces().last { $0.isImported && $0.status == .active }
    }

    /// The encoder of a space, loaded at first use. Within a read of the store, pass that read's reader.
    func encoder(of space: VectorSpace) throws -> any TextEncoder {
        try store.read { try encoder(of: space, reader: $0) }
    }

    func encoder(of space: VectorSpace, reader: any StoreReading) throws -> any TextEncoder {
        guard !space.isImported else {
            throw AkinError(
                .incompatible,
                "The vectors of \(path) were imported, so a text cannot be compared with them. "
                    + "Where texts came with the vectors, they can be encoded.",
                remedy: .anyOf([.give(.vector), .reencode(with: Remedy.recommendedModel)]))
        }
        let encoder = try encoders.encoder(of: space) { try resolver.encoder(of: space, reader: reader) }
        guard encoder.identity.dimension == space.dimension else {
            throw AkinError(
                .invalidData,
                "The store is damaged: \(encoder.identity.name) makes vectors of \(encoder.identity.dimension) components, but those of space "
                    + "\(space.id) have \(space.dimension).",
                remedy: .steps([.verify, .repair]))
        }
        return encoder
    }

    func activeEncoder() throws -> any TextEncoder {
        guard let space = try store.read({ try activeSpace($0) }) else {
            throw AkinError(
                .noModel, "\(path) holds no vectors yet.", remedy: .anyOf([.indexDocuments, .give(.model)]))
        }
        return try encoder(of: space)
    }
}
