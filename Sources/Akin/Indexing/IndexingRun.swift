import AkinCore
import AkinEncoder
import AkinStore
import AkinText
import Foundation

/// One pass of documents into a store: skips what is unchanged, cuts, encodes, and writes a transaction a batch.
///
/// While a batch is being written the next one is encoded. Every committed batch stays whatever happens later.
final class IndexingRun {
    /// Documents, and scalars of text, after which a batch is encoded and written.
    private static let batchDocuments = 512
    private static let batchScalars = 1_000_000
    /// Passages encoded between two looks at cancellation.
    private static let encodingSlice = 512

    private let database: Database
    private let progress: ProgressHandler?
    private let settings: ChunkSettings
    private let preparation: DocumentPreparation
    private let target: EncodingTarget
    private let writer: BatchWriter
    private var batch: [Document] = []
    private var batchSize = 0
    private var seen: Set<String> = []
    private let started = ContinuousClock.now
    private(set) var summary = IndexingSummary()

    /// Progress of the input, shown with every batch.
    var inputCompleted = 0.0
    var inputTotal: Double?
    var inputUnit = "documents"

    init(database: Database, options: IndexingOptions, progress: ProgressHandler?) throws {
        self.database = database
        self.progress = progress
        let target = try EncodingTarget(database: database)
        self.target = target
        let defaultTokens = target.encoder.map { min($0.maximumTokens - $0.overheadTokens, 256) } ?? 256
        settings = try database.store.read { try ChunkSettings(options: options, reader: $0, fallback: defaultTokens) }
        let segmenter = WordSegmenter()
        preparation = DocumentPreparation(
            settings: settings,
            tokenRanges: { text in target.encoder?.tokenRanges(in: text) ?? segmenter.words(in: text).map(\.range) },
            readableTokens: target.encoder.map { $0.maximumTokens == .max ? .max : $0.maximumTokens - $0.overheadTokens } ?? .max)
        writer = BatchWriter(store: database.store)
        summary.encoder = target.encoder?.identity.name ?? ""
        summary.encoderKind = target.encoder?.identity.kind.rawValue ?? EncoderKind.words.rawValue
    }

    func add(_ document: Document) throws {
        if !seen.insert(document.id).inserted { summary.repeatedIDs += 1 }
        batch.append(document)
        batchSize += document.text.unicodeScalars.count
        if batch.count >= Self.batchDocuments || batchSize >= Self.batchScalars { try flush() }
    }

    func report(problem: InputProblem) {
        summary.problemCount += 1
        if summary.problems.count < 1000 { summary.problems.append(problem) }
    }

    /// Whether a document of that id came in this run: what `prune` keeps.
    func hasSeen(_ id: String) -> Bool { seen.contains(id) }

    /// Writes what is left and waits for it.
    func finish() throws -> IndexingSummary {
        try flush()
        apply(try writer.wait())
        try database.store.write { try settings.save($0) }
        summary.seconds = started.duration(to: .now) / .seconds(1)
        return summary
    }

    func tell(_ phase: String) {
        progress?(Progress(phase: phase, completed: inputCompleted, total: inputTotal, unit: inputUnit, documents: seen.count))
    }

    private func flush() throws {
        try CancellationFlag.check()
        let documents = lastOfEachID(batch)
        batch.removeAll(keepingCapacity: true)
        batchSize = 0
        guard !documents.isEmpty else { return }

        let changed = try changedDocuments(documents)
        var prepared: [PreparedDocument] = []
        for (document, hash) in changed { prepared.append(preparation.prepare(document, contentHash: hash)) }
        let encoded = try encode(prepared)
        apply(try writer.wait())
        try CancellationFlag.check()
        writer.write(prepared, encoded, space: target, settings: settings)
        tell("indexing")
    }

    /// Within a batch a repeated id keeps its last document.
    private func lastOfEachID(_ documents: [Document]) -> [Document] {
        var position: [String: Int] = [:]
        for (index, document) in documents.enumerated() { position[document.id] = index }
        return position.count == documents.count ? documents : documents.enumerated().filter { position[$1.id] == $0 }.map(\.element)
    }

    private func changedDocuments(_ documents: [Document]) throws -> [(Document, Data)] {
        let hashes = try documents.map { try preparation.contentHash($0) }
        let known = try database.store.read { reader in try documents.map { try reader.contentHash(id: $0.id) } }
        var changed: [(Document, Data)] = []
        for (index, document) in documents.enumerated() {
            if known[index] == hashes[index] { summary.unchanged += 1 } else { changed.append((document, hashes[index])) }
        }
        return changed
    }

    private func encode(_ documents: [PreparedDocument]) throws -> EncodedBatch {
        guard let encoder = target.encoder else { return EncodedBatch() }
        let texts = documents.flatMap(\.encodedTexts)
        var result = EncodedBatch()
        var start = 0
        while start < texts.count {
            try CancellationFlag.check()
            let slice = Array(texts[start..<min(texts.count, start + Self.encodingSlice)])
            result.append(try encoder.encode(slice, role: .passage, threads: database.configuration.threads))
            start += slice.count
            if texts.count > Self.encodingSlice { tell("indexing") }
        }
        summary.truncated += result.truncated
        summary.mostlyUnknown += result.mostlyUnknownDocuments(documents, overhead: encoder.overheadTokens)
        return result
    }

    private func apply(_ outcome: BatchOutcome) {
        summary.added += outcome.added
        summary.updated += outcome.updated
        summary.unchanged += outcome.unchanged
        summary.passages += outcome.passages
        summary.tokens += outcome.tokens
    }
}
