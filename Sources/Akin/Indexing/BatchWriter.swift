import AkinCore
import AkinStore
import AkinText
import AkinVectors
import Dispatch
import Synchronization

/// The vectors of a batch's passages, document after document.
struct EncodedBatch: Sendable {
    /// Nil where a passage has no vector.
    private(set) var vectors: [[Float]?] = []
    private(set) var tokenCounts: [Int] = []
    private(set) var unknownCounts: [Int] = []
    private(set) var truncated = 0

    mutating func append(_ encoded: EncodedTexts) {
        vectors += (0..<encoded.vectors.rows).map(encoded.unitVector)
        tokenCounts += encoded.tokenCounts
        unknownCounts += encoded.unknownCounts
        truncated += encoded.truncated.count { $0 }
    }

    /// Documents more than half of whose tokens the vocabulary does not know.
    func mostlyUnknownDocuments(_ documents: [PreparedDocument], overhead: Int) -> Int {
        var next = 0
        return documents.count { document in
            let range = next..<next + document.chunks.count
            next = range.upperBound
            let own = range.reduce(0) { $0 + tokenCounts[$1] - overhead }
            return own > 0 && range.reduce(0) { $0 + unknownCounts[$1] } * 2 > own
        }
    }
}

struct BatchOutcome: Sendable {
    var added = 0
    var updated = 0
    var unchanged = 0
    var passages = 0
    var tokens = 0
}

/// Writes one batch at a time on a thread of its own, so that the next batch can be encoded meanwhile.
final class BatchWriter: Sendable {
    private let store: Store
    private let queue = DispatchQueue(label: "akin.batch-writer")
    private let outcome = Mutex<Result<BatchOutcome, any Error>>(.success(BatchOutcome()))

    init(store: Store) { self.store = store }

    /// Starts writing; `wait` gives the result.
    func write(
        _ documents: [PreparedDocument], _ encoded: EncodedBatch, _ files: [NewCollectionFile],
        space target: EncodingTarget, settings: ChunkSettings
    ) {
        guard !(documents.isEmpty && files.isEmpty) else { return }
        queue.async { [self] in
            let result = Result { try writeNow(documents, encoded, files, space: target, settings: settings) }
            outcome.withLock { $0 = result }
        }
    }

    /// Waits for the batch under way and returns what it did, once.
    func wait() throws -> BatchOutcome {
        try queue.sync {
            try outcome.withLock { stored in
                defer { stored = .success(BatchOutcome()) }
                return try stored.get()
            }
        }
    }

    private func writeNow(
        _ documents: [PreparedDocument], _ encoded: EncodedBatch, _ files: [NewCollectionFile],
        space target: EncodingTarget, settings: ChunkSettings
    ) throws -> BatchOutcome {
        try store.write { writer in
            var outcome = BatchOutcome()
            try writer.putFiles(files)
            guard !documents.isEmpty else { return outcome }
            let space = try target.spaceID(writer)
            try settings.save(writer)
            try KeywordTextVersion.begin(writer)
            var next = 0
            for prepared in documents {
                let document = try newDocument(prepared, encoded, firstPassage: next, space: space)
                next += prepared.chunks.count
                switch try writer.put(document) {
                case .inserted: outcome.added += 1
                case .updated: outcome.updated += 1
                case .unchanged:
                    outcome.unchanged += 1
                    continue
                }
                outcome.passages += document.passages.count
                outcome.tokens += document.passages.reduce(0) { $0 + $1.tokenCount }
            }
            return outcome
        }
    }

    private func newDocument(_ prepared: PreparedDocument, _ encoded: EncodedBatch, firstPassage: Int, space: Int64?)
        throws -> NewDocument
    {
        let document = prepared.document
        let passages = prepared.chunks.enumerated().map { offset, chunk in
            let position = firstPassage + offset
            let vector: [Float]? = space == nil ? nil : encoded.vectors[position]
            return NewPassage(
                text: chunk.text,
                searchText: KeywordText.searchText(
                    title: document.title, headings: prepared.places[offset]?.headings ?? [], passage: chunk.text),
                rangeStart: chunk.range.lowerBound, rangeEnd: chunk.range.upperBound,
                tokenCount: space == nil ? prepared.titleTokens + chunk.tokenCount : encoded.tokenCounts[position],
                place: prepared.places[offset],
                vectors: space.flatMap { space in vector.map { [(space: space, vector: $0)] } } ?? [])
        }
        return NewDocument(
            id: document.id, source: document.source, title: document.title,
            metadataJSON: try MetadataCoding.encode(document.metadata),
            metadata: MetadataCoding.entries(document.metadata), contentHash: prepared.contentHash, passages: passages)
    }
}
