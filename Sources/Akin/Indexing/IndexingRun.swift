import AkinVectors
import AkinCore
import AkinStore
import AkinText
import Foundation
import Logging

/// One pass of documents into a store: skips what is unchanged, cuts, encodes, and writes a transaction a batch.
///
/// While a batch is being written the next one is encoded. Every committed batch stays whatever happens later.
final class IndexingRun {
    /// Documents, and scalars of text, after which a batch is encoded and written.
    private static let batchDocuments = 512
    private static let batchScalars = 250_000
    /// Of 64, 128 and 256 the best on cranfield (hybrid nDCG@10 .393, .406, .398); short passages also encode faster.
    private static let defaultChunkTokens = 128
    /// Passages encoded between two looks at cancellation.
    private static let encodingSlice = 256

    private let database: Database
    private let progress: ProgressHandler?
    private let settings: ChunkSettings
    private var preparation: DocumentPreparation
    private var target: EncodingTarget
    private let writer: BatchWriter
    /// What `writer` is writing, with the numbers of passages that were cut short and of documents with mostly unknown
    /// words.
    private var underway: (documents: [PreparedDocument], truncated: Int, mostlyUnknown: Int) = ([], 0, 0)
    private var batch: [Document] = []
    private var batchSize = 0
    // Ids as bytes: to Swift canonically equivalent strings are equal, to the store they are not.
    private var seen: Set<[UInt8]> = []
    private let started = ContinuousClock.now
    private(set) var summary = IndexingSummary()
    private var problemSorts = ProblemSorts()

    private var meter: InputMeter
    /// Documents that are dealt with: stored, unchanged, or about to be written.
    private var finishedDocuments = 0

    init(database: Database, options: IndexingOptions, inputBytes: Int = 0, progress: ProgressHandler?) throws {
        self.database = database
        self.progress = progress
        meter = InputMeter(total: inputBytes)
        let target = try EncodingTarget(database: database)
        self.target = target
        let defaultTokens = min(
            Self.defaultChunkTokens,
            target.measure.map { $0.maximumTokens == .max ? .max : $0.maximumTokens - $0.overheadTokens } ?? .max)
        settings = try database.store.read { try ChunkSettings(options: options, reader: $0, fallback: defaultTokens) }
        preparation = DocumentPreparation(settings: settings, target: target)
        writer = BatchWriter(store: database.store)
        describeEncoder()
    }

    private func describeEncoder() {
        summary.encoder = target.encoder?.identity.name ?? ""
        summary.encoderKind =
            target.encoder?.identity.kind ?? (target.measure == nil ? .words : .static)
    }

    /// A run that was cancelled or failed ends when the batch under way is written, so that its caller sees what is
    /// kept.
    deinit { _ = try? writer.wait() }

    func add(_ document: Document) throws {
        if !seen.insert(Array(document.id.utf8)).inserted {
            summary.repeatedIDs += 1
            if summary.repeated.count < 5 { summary.repeated.append(document.id) }
        }
        meter.didOffer(document)
        batch.append(document)
        batchSize += document.text.unicodeScalars.count
        if batch.count >= Self.batchDocuments || batchSize >= Self.batchScalars { try flush() }
    }

    func report(problem: InputProblem) {
        summary.problemCount += 1
        problemSorts.add(problem, to: &summary.problemGroups)
        if summary.problems.count < 1000 { summary.problems.append(problem) }
    }

    func report(note: Note) {
        if summary.notes.count < 100 { summary.notes.append(note) }
    }

    /// Whether this run has met a document with that id; `prune` keeps those.
    func hasSeen(_ id: String) -> Bool { seen.contains(Array(id.utf8)) }

    /// Writes what is left and waits for it.
    func finish() throws -> IndexingSummary {
        try flush()
        try settle()
        summary.elapsedMilliseconds = elapsedMilliseconds
        return summary
    }

    /// Since the run began.
    var elapsedMilliseconds: Double { started.duration(to: .now) / .milliseconds(1) }

    /// Records that so many bytes of the input have been read.
    func didRead(bytes: Int) { meter.didRead(bytes: bytes) }

    private func tell() {
        let (completed, unit): (Double, WorkProgress.Unit) =
            meter.total == nil ? (Double(finishedDocuments), .documents) : (meter.completed, .bytes)
        progress?(
            WorkProgress(
                phase: .indexing, completed: completed, total: meter.total, unit: unit, documents: finishedDocuments))
    }

    private func flush() throws {
        try CancellationFlag.check()
        let documents = lastOfEachID(batch)
        batch.removeAll(keepingCapacity: true)
        batchSize = 0
        guard !documents.isEmpty else { return }

        let changed = try changedDocuments(documents)
        finishedDocuments += documents.count - changed.count
        tell()
        let prepared = changed.map { preparation.prepare($0.document, contentHash: $0.hash) }
        // Encoded before `settle`, which may change to another encoder. The transaction then finds that this batch does
        // not fit either.
        let target = target
        let encoded = try encode(prepared, isFirstTime: true)
        try settle()
        write(prepared, encoded, for: target)
    }

    private func write(_ prepared: [PreparedDocument], _ encoded: EncodedBatch, for target: EncodingTarget) {
        let unknown = target.encoder.map { encoded.mostlyUnknownDocuments(prepared, overhead: $0.overheadTokens) }
        underway = (prepared, encoded.truncated, unknown ?? 0)
        writer.write(prepared, encoded, space: target, settings: settings)
    }

    /// How often a batch is encoded again because the store changed to another encoder, as `optimize` with an encoder
    /// does.
    private static let maximumChanges = 20

    /// Waits for the batch that is being written. Where the store has changed to another encoder meanwhile, the batch
    /// is cut and encoded for the new one and written again.
    private func settle() throws {
        for _ in 0..<Self.maximumChanges {
            do {
                apply(try writer.wait())
                summary.truncated += underway.truncated
                summary.mostlyUnknown += underway.mostlyUnknown
                underway = ([], 0, 0)
                return
            } catch is EncodingTarget.Changed {
                database.logger.debug("the store went over to other vectors: a batch is encoded again")
                target = try EncodingTarget(database: database)
                preparation = DocumentPreparation(settings: settings, target: target)
                describeEncoder()
                let prepared = underway.documents.map { preparation.prepare($0.document, contentHash: $0.contentHash) }
                write(prepared, try encode(prepared, isFirstTime: false), for: target)
            }
        }
        throw AkinError(
            .locked,
            "Other processes give \(database.path) one encoder after another.", remedy: .wait)
    }

    /// Within a batch a repeated id keeps its last document.
    private func lastOfEachID(_ documents: [Document]) -> [Document] {
        var position: [[UInt8]: Int] = [:]
        for (index, document) in documents.enumerated() { position[Array(document.id.utf8)] = index }
        guard position.count < documents.count else { return documents }
        return position.values.sorted().map { documents[$0] }
    }

    private func changedDocuments(_ documents: [Document]) throws -> [(document: Document, hash: Data)] {
        let hashes = try documents.map { try preparation.contentHash($0) }
        let known = try database.store.read { reader in try documents.map { try reader.contentHashAndSource(id: $0.id) }
        }
        var changed: [(document: Document, hash: Data)] = []
        var moved: [MovedDocument] = []
        for (place, document) in documents.enumerated() where known[place]?.hash != hashes[place] {
            if let stored = known[place], try preparation.contentHash(document, source: stored.source) == stored.hash {
                moved.append(
                    MovedDocument(
                        id: document.id, from: stored.source, to: document.source, previousHash: stored.hash,
                        contentHash: hashes[place]))
            } else {
                changed.append((document, hashes[place]))
            }
        }
        let changedIDs = Set(changed.map { Array($0.document.id.utf8) })
        meter.didEncode(documents.filter { !changedIDs.contains(Array($0.id.utf8)) })
        summary.unchanged += documents.count - changed.count - moved.count
        if !moved.isEmpty {
            // The batch being written may hold an earlier text of the same id.
            try settle()
            try database.store.write { writer in
                for document in moved {
                    // What another writer has changed meanwhile is left to the next run.
                    _ = try writer.setSource(
                        id: document.id, source: document.to, previousHash: document.previousHash,
                        contentHash: document.contentHash)
                }
            }
            for document in moved {
                if document.isSamePlace { summary.unchanged += 1 } else { summary.updated += 1 }
            }
        }
        return changed
    }

    private func encode(_ documents: [PreparedDocument], isFirstTime: Bool) throws -> EncodedBatch {
        guard let encoder = target.encoder else {
            if isFirstTime { didEncode(documents) }
            return EncodedBatch()
        }
        var result = EncodedBatch()
        var end = 0
        while end < documents.count {
            let start = end
            var texts: [String] = []
            while end < documents.count, texts.count < Self.encodingSlice {
                texts += documents[end].encodedTexts
                end += 1
            }
            for slice in stride(from: 0, to: texts.count, by: Self.encodingSlice) {
                try CancellationFlag.check()
                let part = Array(texts[slice..<min(texts.count, slice + Self.encodingSlice)])
                result.append(try encoder.encode(part, role: .passage, threads: database.configuration.threads))
            }
            if isFirstTime { didEncode(documents[start..<end]) }
        }
        return result
    }

    private func didEncode(_ documents: some Collection<PreparedDocument>) {
        meter.didEncode(documents.map(\.document))
        finishedDocuments += documents.count
        tell()
    }

    private func apply(_ outcome: BatchOutcome) {
        summary.added += outcome.added
        summary.updated += outcome.updated
        summary.unchanged += outcome.unchanged
        summary.passages += outcome.passages
        summary.tokens += outcome.tokens
    }
}
