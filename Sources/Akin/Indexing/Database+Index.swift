import AkinCore
import AkinStore
import AkinText
public import Foundation

extension Database {
    /// Puts a document: it replaces the one with the same id, and is skipped if it is unchanged. Many documents are put
    /// faster as one array.
    @discardableResult
    public func put(_ document: Document) async throws -> IndexingSummary { try await put([document]) }

    /// Puts documents: each replaces the one with the same id, unchanged ones are skipped.
    ///
    /// - Throws: `AkinError(.invalidData)`, nothing being put, for a blank id or a text that holds a NUL character;
    ///   `.locked` when another process writes for too long.
    /// - Complexity: the encoder's pass over the texts of all documents that changed.
    @discardableResult
    public func put(_ documents: [Document]) async throws -> IndexingSummary {
        try await offload { [self] in
            let run = try IndexingRun(database: self, options: IndexingOptions(), progress: nil)
            for document in documents {
                try refuseUnstorable(document)
                try run.add(OfferedDocument(document, version: .given))
            }
            return try complete(run, progress: nil)
        }
    }

    /// Reads files and folders (`-` is `standardInput`) and puts every document found.
    ///
    /// A folder becomes a collection that the store remembers, and a file belongs to the collection that follows it, else
    /// to one of its folder: see `collections()`. A document's id is the collection's name and the path below its root,
    /// with `#` and the number for records of a file, unless a record has an id of its own. Files that have not changed
    /// are not opened.
    ///
    /// Documents are committed in batches; cancelling the task, or killing the process, keeps what was committed, and
    /// the same call goes on from there because unchanged documents are skipped. Bad records are skipped and reported
    /// in the summary. A store without a model gets word vectors trained on its own documents at the end.
    @discardableResult
    public func index(
        paths: [String], standardInput: FileHandle? = nil, options: IndexingOptions = IndexingOptions(),
        progress: ProgressHandler? = nil
    ) async throws -> IndexingSummary {
        try await offload { [self] in
            try indexNow(standardInput: standardInput, options: options, progress: progress) { plan, reader in
                try plan.add(paths.map(Self.standardized), reading: ReadingSettings(options), reader: reader)
            }
        }
    }

    /// Brings every collection up to date: reads what has changed since the last run, each in the way its collection
    /// remembers. Of the options only `chunkTokens`, `chunkOverlap` and `prune` count.
    ///
    /// Cost where nothing has changed: a look at each file's size and time.
    /// - Throws: `AkinError(.noInput)` where there is no collection.
    @discardableResult
    public func updateCollections(options: IndexingOptions = IndexingOptions(), progress: ProgressHandler? = nil)
        async throws -> IndexingSummary
    {
        try await offload { [self] in
            try indexNow(standardInput: nil, options: options, progress: progress) { plan, _ in
                guard !plan.members.isEmpty else {
                    throw AkinError(
                        .noInput, "\(path) has no collections yet, so there is nothing to bring up to date.",
                        remedy: .indexDocuments)
                }
                plan.addAll()
            }
        }
    }

    /// Indexes a corpus whose documents are called as judgements call them: by their paths below the folder.
    func indexJudged(_ corpus: String, options: IndexingOptions, progress: ProgressHandler?) async throws
        -> IndexingSummary
    {
        try await offload { [self] in
            let reader = CorpusReader(
                paths: [corpus], options: ReaderOptions(options), readers: configuration.readers)
            let files = try reader.walk()
            let run = try IndexingRun(database: self, options: options, progress: progress)
            run.expect(bytes: files.files.reduce(0) { $0 + $1.byteCount })
            for problem in files.problems { run.report(problem: InputProblem(problem)) }
            run.report(notRead: files.notRead)
            try read(files.files, by: reader, into: run)
            return try complete(run, progress: progress)
        }
    }

    private func indexNow(
        standardInput: FileHandle?, options: IndexingOptions, progress: ProgressHandler?,
        _ choose: (inout CollectionPlan, StoreReader) throws -> Void
    ) throws -> IndexingSummary {
        var plan = try store.read { reader in
            var plan = try CollectionPlan(
                store: path, reader: reader, options: options, readers: configuration.readers)
            try choose(&plan, reader)
            return plan
        }
        var scan = try CollectionScan(plan, options: options, readers: configuration.readers)
        let loose = CorpusReader(
            paths: plan.loose, options: ReaderOptions(options), standardInput: standardInput,
            readers: configuration.readers)
        let looseFiles = plan.loose.isEmpty ? nil : try loose.walk()
        try updateKeywordText()
        let run = try IndexingRun(database: self, options: options, progress: progress)
        if try !plan.isSaved { try store.write { try plan.save($0) } }
        try store.read { try scan.compare(plan, settings: run.settings, reader: $0) }

        for problem in scan.problems + (looseFiles?.problems ?? []) { run.report(problem: InputProblem(problem)) }
        for note in plan.notes { run.report(note: note) }
        run.report(notRead: scan.notRead)
        if let looseFiles { run.report(notRead: looseFiles.notRead) }
        run.didSkip(documents: scan.unchangedDocuments)
        let files = scan.work.flatMap { $0.files.map(\.file) } + (looseFiles?.files ?? [])
        run.expect(bytes: files.reduce(0) { $0 + $1.byteCount })
        for work in scan.work {
            let reader = CorpusReader(
                paths: [], options: ReaderOptions(work.options), readers: configuration.readers)
            try read(work.files, by: reader, into: run, plan: plan, scan: &scan)
        }
        if let looseFiles { try read(looseFiles.files, by: loose, into: run) }
        let rule = scan.rule
        return try complete(
            run, progress: progress,
            hasRead: { rule.states[PathKey($0)].map { $0 != .unchanged } ?? false },
            then: { try reportMissing(&$0, run: run, scan: scan, plan: &plan, isPruning: options.prune) })
    }

    /// Reads the changed files of a collection.
    private func read(
        _ files: [CollectionScan.Changed], by reader: CorpusReader, into run: IndexingRun, plan: CollectionPlan,
        scan: inout CollectionScan
    ) throws {
        var place = -1
        var digest: Data?
        var seen = Int64(0)
        func row(records: Int?, reader: String) -> NewCollectionFile {
            let changed = files[place]
            // A file that changes again within the clock's tick would look as it did.
            let isSettled = changed.file.modified < seen - Self.clockTick
            return NewCollectionFile(
                collection: plan.members[changed.member].stored.id,
                file: CollectionFile(
                    path: changed.relative, size: changed.file.byteCount,
                    modified: isSettled ? changed.file.modified : -1, hash: digest, reader: reader,
                    records: records))
        }
        try read(
            files.map(\.file), by: reader, into: run,
            begin: { file in
                place += 1
                seen = Int64(Date().timeIntervalSince1970 * 1e9)
                digest = FileDigest.of(file.path)
                guard let known = files[place].known, scan.isUpToDate(known, reader: files[place].reader), let digest,
                    known.hash == digest
                else { return true }
                scan.didRead(file, .unchanged)
                run.didSkip(documents: known.records ?? 1)
                try run.didEnd(row(records: known.records, reader: known.reader))
                return false
            },
            end: { file, found in
                guard found.problems == 0, found.isText else {
                    if found.problems == 0, found.isKnown { scan.didRead(file, .read) }
                    return
                }
                scan.didRead(file, .read)
                let changed = files[place]
                let hadDocuments =
                    changed.known.map { $0.records != nil || changed.file.format.isRecords }
                    ?? plan.members[changed.member].hadDocuments
                try run.didEnd(
                    row(records: found.records, reader: scan.readerToKeep(changed, hadDocuments: hadDocuments)))
            })
    }

    /// Longer than the steps of any file system's clock, in nanoseconds.
    private static let clockTick: Int64 = 2_000_000_000

    private func read(
        _ files: [SourceFile], by reader: CorpusReader, into run: IndexingRun,
        begin: (SourceFile) throws -> Bool = { _ in true },
        end: (SourceFile, FileRead) throws -> Void = { _, _ in }
    ) throws {
        var current: SourceFile?
        let summary = try reader.read(
            files,
            begin: { file in
                current = file
                return try begin(file)
            }, end: end
        ) { event in
            switch event {
            case .record(let text): try add(text, of: current, to: run)
            case .problem(let problem): run.report(problem: InputProblem(problem))
            case .note(let note): run.report(note: Note(note))
            case .guess(let path, let set): run.report(guess: set, of: path)
            case .file(_, let bytes): run.didRead(bytes: bytes)
            }
        }
        run.report(notRead: summary.notRead)
    }

    private func add(_ text: TextRecord, of file: SourceFile?, to run: IndexingRun) throws {
        let document = Document(
            id: text.id, title: text.title, text: text.text, source: text.source, metadata: text.metadata)
        do {
            try refuseUnstorable(document)
        } catch let error as AkinError {
            run.report(
                problem: InputProblem(
                    path: text.source, line: text.line, message: error.message, remedy: error.remedy))
            return
        }
        guard let file else { return }
        // What an export calls its source says nothing of this file.
        let isOfFile = SourcePath.file(text.source).utf8.elementsEqual(file.source.utf8) || text.source == file.source
        try run.add(
            OfferedDocument(
                document, blocks: text.blocks, hasPathID: !text.hasOwnID && isOfFile && file.path != "-",
                version: ReadingVersion(of: file, readers: configuration.readers)))
    }

    private func complete(
        _ run: IndexingRun, progress: ProgressHandler?, hasRead: (String) -> Bool = { _ in false },
        then: (inout IndexingSummary) throws -> Void = { _ in }
    ) throws -> IndexingSummary {
        var summary = try run.finish(hasRead: hasRead)
        try then(&summary)
        summary.notes += try ensureVectors(progress: progress, encoder: &summary.encoder)
        try assignToNewestClusters()
        summary.notes += try labelNewDocuments(progress: progress, &summary)
        summary.notes += try buildIndexAfterCommit(progress: progress)
        summary.elapsedMilliseconds = run.elapsedMilliseconds
        return summary
    }

    /// What SQLite's texts cannot hold, and ids that nobody could name.
    private func refuseUnstorable(_ document: Document) throws {
        guard document.id.hasVisibleText else {
            throw AkinError(.invalidData, "A document has an empty or blank id: give each one a name of its own.")
        }
        let texts = [("id", document.id), ("title", document.title ?? ""), ("text", document.text)]
        if let name = texts.nameOfTextWithNUL {
            throw AkinError(
                .invalidData,
                "The \(name) of document \(document.id.debugDescription) holds a NUL character: remove it.")
        }
    }

    /// A path as messages show it: without `.` parts and doubled slashes, relative where it is given relative.
    private static func standardized(_ path: String) -> String {
        guard path != "-" else { return path }
        let parts = path.pathParts.filter { $0 != "." }
        let joined = parts.joined(separator: "/")
        return path.isAbsolutePath ? "/" + joined : joined.isEmpty ? "." : joined
    }
}

extension InputProblem {
    init(_ problem: RecordProblem) {
        self.init(path: problem.path, line: problem.line, message: problem.message, remedy: problem.remedy)
    }
}

extension ReaderOptions {
    init(_ options: IndexingOptions) {
        self.init(
            format: options.format, selection: options.selection, idField: options.idField,
            textField: options.textField,
            titleField: options.titleField, metadataFields: options.metadataFields)
    }
}
