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
    /// Files without changed documents after which their rows are written.
    private static let batchFiles = 20_000
    /// Of 64, 128 and 256 the best on cranfield (hybrid nDCG@10 .393, .406, .398); short passages also encode faster.
    private static let defaultChunkTokens = 128
    /// Passages encoded between two looks at cancellation.
    private static let encodingSlice = 256

    private let database: Database
    private let progress: ProgressHandler?
    let settings: ChunkSettings
    private var preparation: DocumentPreparation
    private var target: EncodingTarget
    private let writer: BatchWriter
    /// What `writer` is writing, with the numbers of passages that were cut short and of documents with mostly unknown
    /// words.
    private var underway:
        (documents: [PreparedDocument], files: [NewCollectionFile], truncated: Int, mostlyUnknown: Int) = ([], [], 0, 0)
    private var batch: [OfferedDocument] = []
    private var batchSize = 0
    /// Files all of whose documents are in this batch or an earlier one.
    private var endedFiles: [NewCollectionFile] = []
    private let identities = DocumentIdentities()
    // Ids as bytes: to Swift canonically equivalent strings are equal, to the store they are not. With their sources.
    private var seen: [[UInt8]: String] = [:]
    /// Conflicts with documents of files that this run may still read.
    private var doubtfulConflicts: [IDConflict] = []
    private let started = ContinuousClock.now
    private(set) var summary = IndexingSummary()
    private var notRead = NotReadTally()
    private var problemSorts = ProblemSorts()

    private var meter = InputMeter(total: 0)
    /// Documents that are dealt with: stored, unchanged, or about to be written.
    private var finishedDocuments = 0

    init(database: Database, options: IndexingOptions, progress: ProgressHandler?) throws {
        self.database = database
        self.progress = progress
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

    func add(_ offered: OfferedDocument) throws {
        meter.didOffer(offered.document)
        batch.append(offered)
        batchSize += offered.document.text.unicodeScalars.count
        if batch.count >= Self.batchDocuments || batchSize >= Self.batchScalars { try flush() }
    }

    /// Records that all documents of a file have been added.
    func didEnd(_ file: NewCollectionFile) throws {
        endedFiles.append(file)
        if endedFiles.count >= Self.batchFiles { try flush() }
    }

    /// Records documents of a file that has not changed.
    func didSkip(documents: Int) {
        summary.unchanged += documents
        finishedDocuments += documents
    }

    func report(problem: InputProblem) {
        summary.problemCount += 1
        problemSorts.add(problem, to: &summary.problemGroups)
        if summary.problems.count < 1000 { summary.problems.append(problem) }
    }

    func report(note: Note) {
        if summary.notes.count < 100 { summary.notes.append(note) }
    }

    func report(guess characterSet: String, of path: String) { summary.guessed.add(path, characterSet: characterSet) }

    func report(notRead files: NotReadTally) { notRead.add(files) }

    /// Whether this run has met a document with that id; `prune` keeps those.
    func hasSeen(_ id: String) -> Bool { seen[Array(id.utf8)] != nil }

    /// Writes what is left and waits for it.
    ///
    /// - Parameter hasRead: whether the run has read a file, by its absolute path.
    func finish(hasRead: (String) -> Bool = { _ in false }) throws -> IndexingSummary {
        try flush()
        try settle()
        // A file that was read and did not give the id has lost it to the other.
        for conflict in doubtfulConflicts where !hasRead(SourcePath.file(conflict.replaced)) { report(conflict) }
        doubtfulConflicts.removeAll()
        summary.notRead = notRead.sorted
        if summary.conflictCount > 0 { try database.store.write { try $0.noteConflict() } }
        summary.elapsedMilliseconds = elapsedMilliseconds
        return summary
    }

    /// Since the run began.
    var elapsedMilliseconds: Double { started.duration(to: .now) / .milliseconds(1) }

    /// Says how many bytes of input there are to read, before any is.
    func expect(bytes: Int) { meter = InputMeter(total: bytes) }

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
        let identified = try database.store.read {
            try identities.identify(batch, reader: $0, preparation: preparation)
        }
        noteRepetitions(identified)
        let documents = lastOfEachID(identified)
        let files = endedFiles
        batch.removeAll(keepingCapacity: true)
        endedFiles.removeAll(keepingCapacity: true)
        batchSize = 0
        guard !(documents.isEmpty && files.isEmpty) else { return }

        let changed = try changedDocuments(documents)
        finishedDocuments += documents.count - changed.count
        tell()
        let prepared = changed.map { preparation.prepare($0.placed, contentHash: $0.hash) }
        // Encoded before `settle`, which may change to another encoder. The transaction then finds that this batch does
        // not fit either.
        let target = target
        let encoded = try encode(prepared, isFirstTime: true)
        try settle()
        write(prepared, encoded, files, for: target)
    }

    private func write(
        _ prepared: [PreparedDocument], _ encoded: EncodedBatch, _ files: [NewCollectionFile],
        for target: EncodingTarget
    ) {
        let unknown = target.encoder.map { encoded.mostlyUnknownDocuments(prepared, overhead: $0.overheadTokens) }
        underway = (prepared, files, encoded.truncated, unknown ?? 0)
        writer.write(prepared, encoded, files, space: target, settings: settings)
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
                underway = ([], [], 0, 0)
                return
            } catch is EncodingTarget.Changed {
                database.logger.debug("the store went over to other vectors: a batch is encoded again")
                target = try EncodingTarget(database: database)
                preparation = DocumentPreparation(settings: settings, target: target)
                describeEncoder()
                let prepared = underway.documents.map { preparation.prepare($0.placed, contentHash: $0.contentHash) }
                write(prepared, try encode(prepared, isFirstTime: false), underway.files, for: target)
            }
        }
        throw AkinError(
            .locked,
            "Other processes give \(database.path) one encoder after another.", remedy: .wait)
    }

    private func noteRepetitions(_ documents: [OfferedDocument]) {
        for offered in documents {
            let (id, source) = (offered.document.id, offered.document.source)
            if let earlier = seen.updateValue(source, forKey: Array(id.utf8)) {
                summary.repeatedIDs += 1
                if summary.repeated.count < 5 { summary.repeated.append(id) }
                if !SourcePath.areOfOneFile(earlier, source) {
                    report(IDConflict(id: id, replaced: earlier, kept: source))
                }
            } else if let conflict = offered.conflictWithStored {
                doubtfulConflicts.append(conflict)
            }
        }
    }

    private func report(_ conflict: IDConflict) {
        summary.conflictCount += 1
        if summary.conflicts.count < 100 { summary.conflicts.append(conflict) }
    }

    /// Within a batch a repeated id keeps its last document.
    private func lastOfEachID(_ documents: [OfferedDocument]) -> [OfferedDocument] {
        var position: [[UInt8]: Int] = [:]
        for (index, offered) in documents.enumerated() { position[Array(offered.document.id.utf8)] = index }
        guard position.count < documents.count else { return documents }
        return position.values.sorted().map { documents[$0] }
    }

    /// The documents to be encoded and written. What differs in its source or its versions alone is dealt with here.
    private func changedDocuments(_ documents: [OfferedDocument]) throws -> [(placed: PlacedDocument, hash: Data)] {
        var changed: [(placed: PlacedDocument, hash: Data)] = []
        var renewed: [(offered: OfferedDocument, hash: Data)] = []
        for offered in documents {
            let hash = try preparation.contentHash(offered.document, version: offered.version)
            guard let stored = offered.stored,
                try preparation.isEqual(stored.hash, source: stored.source, to: hash, of: offered.placed)
            else {
                changed.append((offered.placed, hash))
                continue
            }
            if stored.hash != hash || stored.source != offered.document.source { renewed.append((offered, hash)) }
        }
        let changedIDs = Set(changed.map { Array($0.placed.document.id.utf8) })
        let equal = documents.filter { !changedIDs.contains(Array($0.document.id.utf8)) }
        try refreshPlaces(of: equal.map(\.placed))
        meter.didEncode(equal.map(\.document))
        summary.unchanged += documents.count - changed.count - renewed.count
        try renew(renewed)
        return changed
    }

    /// Gives documents their new sources and content hashes. Their passages and vectors stay.
    private func renew(_ documents: [(offered: OfferedDocument, hash: Data)]) throws {
        guard !documents.isEmpty else { return }
        // The batch being written may hold an earlier text of the same id.
        try settle()
        try database.store.write { writer in
            for (offered, hash) in documents {
                // What another writer has changed meanwhile is left to the next run.
                guard let stored = offered.stored else { continue }
                _ = try writer.setSource(
                    id: offered.document.id, source: offered.document.source, previousHash: stored.hash,
                    contentHash: hash)
            }
        }
        for (offered, _) in documents {
            let (old, new) = (offered.stored?.source ?? "", offered.document.source)
            if old.utf8.elementsEqual(new.utf8) || SourcePath.isTail(old, of: new) {
                summary.unchanged += 1
            } else {
                summary.updated += 1
            }
        }
    }

    /// Stores where the passages of unchanged texts stand now: lines may have been added above them.
    private func refreshPlaces(of documents: [PlacedDocument]) throws {
        let placed = documents.filter { !$0.blocks.isEmpty }
        guard !placed.isEmpty else { return }
        let moved = try database.store.read { reader in try placed.flatMap { try $0.movedPlaces(reader) } }
        if !moved.isEmpty { try database.store.write { try $0.setPlaces(moved) } }
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
