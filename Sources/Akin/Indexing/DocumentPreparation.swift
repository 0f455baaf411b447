import AkinVectors
import AkinWords
import AkinCore
import AkinStore
import AkinText
import Foundation

/// How documents are cut into passages; a store remembers it.
struct ChunkSettings: Sendable, Equatable, CustomStringConvertible {
    /// 0 keeps documents whole.
    var tokens: Int
    var overlap: Int

    /// As content hashes and the rows of files have it.
    var description: String { "\(tokens)/\(overlap)" }

    static let tokensKey = "chunk_tokens"
    static let overlapKey = "chunk_overlap"

    /// What the caller asks for, else what the store remembers, else `fallback`.
    init(options: IndexingOptions, reader: StoreReader, fallback: Int) throws {
        let stored = try Self.stored(Self.tokensKey, reader)
        let tokens = options.chunkTokens ?? stored ?? fallback
        guard tokens == 0 || tokens >= 8 else {
            throw AkinError(
                .invalidArgument,
                "A passage of \(tokens) tokens is too short. It must have at least 8, or 0 for whole documents.",
                remedy: .giveAnother(.chunkTokens))
        }
        let storedOverlap = options.chunkTokens == nil ? try Self.stored(Self.overlapKey, reader) : nil
        let overlap = options.chunkOverlap ?? storedOverlap ?? tokens / 8
        guard overlap >= 0, tokens == 0 || overlap < tokens else {
            throw AkinError(
                .invalidArgument,
                "The overlap of passages must be at least 0 and less than their \(tokens) tokens, not \(overlap).",
                remedy: .giveAnother(.chunkOverlap))
        }
        self.tokens = tokens
        self.overlap = tokens == 0 ? 0 : overlap
    }

    /// What the store remembers under a key; nil before it holds documents.
    static func stored(_ key: String, _ reader: StoreReader) throws -> Int? {
        try reader.number(ofSetting: key, in: 0...(1 << 40))
    }

    func save(_ writer: StoreWriter) throws {
        try writer.setSetting(Self.tokensKey, String(tokens))
        try writer.setSetting(Self.overlapKey, String(overlap))
    }
}

/// A document cut into passages, before it is encoded.
struct PreparedDocument: Sendable {
    var placed: PlacedDocument
    var contentHash: Data
    var chunks: [Chunk]
    /// Those of the title, which the encoder reads before each passage.
    var titleTokens: Int
    /// (chunks) where each stands in the document's file.
    var places: [PassagePlace?]

    var document: Document { placed.document }

    /// The most Unicode scalars of a title that stand before each passage. A page can make a title of all its text, and
    /// with it repeated in each passage memory would grow with the square of the text.
    private static let longestTitle = 1000

    /// As much of a title as stands before each passage; nil for none.
    static func shownTitle(_ title: String?) -> String? {
        guard let title, !title.isEmpty else { return nil }
        return title.utf8.count > longestTitle ? String(title.unicodeScalars.prefix(longestTitle)) : title
    }

    /// What the encoder reads for a passage. The title tells it the subject of a passage from the middle.
    static func encodedText(title: String?, passage: String) -> String {
        shownTitle(title).map { $0 + " " + passage } ?? passage
    }

    var encodedTexts: [String] { chunks.map { Self.encodedText(title: document.title, passage: $0.text) } }
}

/// Cuts documents into passages and finds whether they changed.
struct DocumentPreparation: Sendable {
    let settings: ChunkSettings
    /// Counts tokens, or a segmenter's words when there is no model yet.
    let tokenStarts: @Sendable (String) -> TokenStarts
    /// Tokens the encoder reads of one text without its special ones.
    let readableTokens: Int

    init(settings: ChunkSettings, target: EncodingTarget) {
        let segmenter = WordSegmenter()
        self.settings = settings
        tokenStarts = { text in target.measure?.tokenStarts(in: text) ?? segmenter.tokenStarts(in: text) }
        readableTokens =
            target.measure.map { $0.maximumTokens == .max ? .max : $0.maximumTokens - $0.overheadTokens } ?? .max
    }

    /// Shows everything that decides what is stored for a document, but for its source: unchanged documents are
    /// skipped by it.
    func contentHash(_ document: Document, version: ReadingVersion) throws -> Data {
        let digest = try ContentHash.of([
            document.title ?? "", document.text, metadataJSON(document), settings.description,
        ])
        return digest + Data(version.text.utf8)
    }

    /// Whether a stored hash is of the same title, text, metadata and passages as a document's, whatever the version of
    /// its reader and its source.
    ///
    /// - Parameter source: the stored document's.
    func isEqual(_ stored: Data, source: String, to hash: Data, of placed: PlacedDocument) throws -> Bool {
        try holdsSameText(stored, source: source, as: hash, of: placed.document)
            && (ReadingVersion(ofHash: hash)?.cutsLike(ofHash: stored) ?? false || isCutAlikeByAllVersions(placed))
    }

    /// Whole documents, texts without blocks, and those that are one passage under no heading.
    private func isCutAlikeByAllVersions(_ placed: PlacedDocument) -> Bool {
        guard settings.tokens > 0, !placed.blocks.isEmpty else { return true }
        let document = placed.document
        return placed.blocks.allSatisfy { $0.headings.isEmpty }
            && tokenStarts(document.text).count <= mostTokens(titleTokens: titleTokens(document))
    }

    private func titleTokens(_ document: Document) -> Int { document.title.map { tokenStarts($0).count } ?? 0 }

    /// Those of a passage, which leave room for the title before it.
    private func mostTokens(titleTokens: Int) -> Int {
        let limit = min(settings.tokens, readableTokens)
        return max(limit - titleTokens, limit / 2)
    }

    /// Whether a stored hash is of the same title, text and metadata as a document's, whatever cut it into passages.
    func holdsSameText(_ stored: Data, source: String, as hash: Data, of document: Document) throws -> Bool {
        guard stored.count > ContentHash.digestLength else {
            // Stores before format 5.
            return try stored
                == ContentHash.of([
                    document.title ?? "", document.text, source, metadataJSON(document), settings.description,
                ])
        }
        return stored.prefix(ContentHash.digestLength) == hash.prefix(ContentHash.digestLength)
    }

    private func metadataJSON(_ document: Document) throws -> String {
        do {
            return try MetadataCoding.encode(document.metadata)
        } catch {
            throw AkinError(
                .invalidData,
                "The metadata of document \(document.id.debugDescription) holds a number that is infinite or not a number: leave it out.",
                cause: error)
        }
    }

    func prepare(_ placed: PlacedDocument, contentHash: Data) -> PreparedDocument {
        let document = placed.document
        var chunks: [Chunk]
        let titleTokens = titleTokens(document)
        if settings.tokens == 0 {
            chunks = Chunker(maximumTokens: 0, overlapTokens: 0).chunks(of: document.text, tokenStarts: TokenStarts())
        } else {
            let maximum = mostTokens(titleTokens: titleTokens)
            chunks = Chunker(maximumTokens: maximum, overlapTokens: min(settings.overlap, maximum / 2))
                .chunks(of: document.text, tokenStarts: tokenStarts(document.text), blocks: placed.blocks)
        }
        if chunks.isEmpty, let title = document.title, !title.isEmpty {
            chunks = [Chunk(range: 0..<0, text: "", tokenCount: 0)]
        }
        let places = placed.places
        return PreparedDocument(
            placed: placed, contentHash: contentHash, chunks: chunks, titleTokens: titleTokens,
            places: chunks.map { places.place(of: $0.text, range: $0.range) })
    }
}
