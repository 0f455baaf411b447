public import AkinCore
import AkinStore

/// How a family of stored vectors is kept.
public struct VectorLayout: Sendable, Codable {
    /// The name of what made them, as `akin info` shows it; `external` for imported vectors.
    public var encoder: String
    /// The number of components of a vector.
    public var dimension: Int
    /// How components are handed out: those of imported vectors in their own type, those of encoders, which are stored in
    /// half precision, as floats, which every program reads.
    public var elementType: VectorElement
    /// How the vectors are compared.
    public var metric: DistanceMetric
    /// The number of vectors that follow.
    public var count: Int
}

/// A passage's vector as the store keeps it.
public struct StoredVector: Sendable {
    /// The id of the document.
    public var id: String
    /// The passage's number in the store.
    public var passage: Int64
    /// The components as they are stored: those of imported vectors are exactly those that were imported.
    public var vector: [Float]
}

extension Database {
    /// How the vectors of an encoder are kept; nil takes those that serve semantic search.
    ///
    /// - Throws: `AkinError(.notFound)` where there are none of that name, `.incompatible` where there are none at all.
    public func vectorLayout(of encoder: String? = nil) async throws -> VectorLayout {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                let space = try space(of: encoder, reader)
                return VectorLayout(
                    encoder: space.encoderName, dimension: space.dimension,
                    elementType: space.isImported ? try space.knownElement() : .f32,
                    metric: try space.distanceMetric(), count: try reader.vectorCount(space: space.id))
            }
        }
    }

    /// Calls `body` with every vector of an encoder, in ascending order of passages, one at a time in memory.
    ///
    /// - Parameter encoder: the name of the encoder; nil takes the vectors that serve semantic search.
    public func exportVectors(
        of encoder: String? = nil, where filter: Filter? = nil,
        _ body: @escaping @Sendable (StoredVector) throws -> Void
    ) async throws {
        try await offload { [self] in
            try store.readOnce { reader in
                let space = try space(of: encoder, reader)
                try forEachVector(of: space, where: filter, reader) { passage, document, vector in
                    try body(StoredVector(id: document.id, passage: passage.id, vector: vector))
                }
            }
        }
    }

    /// Calls `body` with every document that has an imported vector, with text and metadata, in the form that
    /// `importVectors` reads.
    public func exportRecords(
        where filter: Filter? = nil, _ body: @escaping @Sendable (VectorRecord) throws -> Void
    ) async throws {
        try await offload { [self] in
            try store.readOnce { reader in
                guard let space = try importedSpace(reader) else {
                    throw AkinError(.incompatible, "\(path) holds no imported vectors.", remedy: .importVectors)
                }
                try forEachVector(of: space, where: filter, reader) { passage, document, vector in
                    try body(
                        VectorRecord(
                            id: document.id, vector: vector, title: document.title, text: passage.text,
                            source: document.source, metadata: try MetadataCoding.decode(of: document)))
                }
            }
        }
    }

    /// The vectors of a space with their passages and documents, in the order in which they were stored.
    private func forEachVector(
        of space: VectorSpace, where filter: Filter?, _ reader: StoreReader,
        _ body: (_ passage: StoredPassage, _ document: StoredDocument, _ vector: [Float]) throws -> Void
    ) throws {
        let element = try space.knownElement()
        let allowed = try filter.map { try reader.passages(ofDocuments: reader.documents(matching: $0.condition)) }
        try unsafe reader.forEachVector(space: space.id) { passage, bytes in
            guard allowed?.contains(passage) ?? true,
                let row = try reader.passagesWithDocuments(ids: [passage]).first
            else { return }
            try body(row.passage, row.document, unsafe element.floats(bytes))
        }
    }

    private func space(of encoder: String?, _ reader: StoreReader) throws -> VectorSpace {
        guard let encoder else {
            guard let active = try activeSpace(reader) else {
                throw AkinError(
                    .incompatible, "\(path) holds no vectors yet.", remedy: .anyOf([.indexDocuments, .importVectors]))
            }
            return active
        }
        guard let space = try reader.spaces().last(where: { $0.encoderName == encoder && $0.status == .active }) else {
            throw AkinError(
                .notFound, "\(path) holds no vectors of \(encoder.debugDescription).", remedy: .list(.encoders))
        }
        return space
    }
}
