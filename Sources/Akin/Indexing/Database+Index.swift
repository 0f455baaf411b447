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
                try run.add(document)
            }
            return try complete(run, progress: nil)
        }
    }

    /// Reads files and folders (`-` is `standardInput`) and puts every document found.
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
            let paths = paths.map(Self.standardized)
            let reader = CorpusReader(paths: paths, options: ReaderOptions(options), standardInput: standardInput)
            let plan = try reader.plan()
            let run = try IndexingRun(database: self, options: options, inputBytes: plan.bytes, progress: progress)
            let found = try reader.read { event in
                switch event {
                case .record(let text):
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
                    try run.add(document)
                case .problem(let problem):
                    run.report(
                        problem: InputProblem(
                            path: problem.path, line: problem.line, message: problem.message, remedy: problem.remedy))
                case .note(let note):
                    run.report(note: Note(note))
                case .file(_, let bytes):
                    run.didRead(bytes: bytes)
                }
            }
            return try complete(run, progress: progress) { summary in
                summary.notRead = found.notRead.sorted
                guard options.prune else { return }
                if summary.problemCount > 0 {
                    summary.notes.append(
                        Note(
                            "Nothing was pruned, because \(summary.problemCount) records or files could not be read "
                                + "and may be among those missed."))
                } else {
                    summary.pruned = try prune(run: run, found: found, notes: &summary.notes)
                }
            }
        }
    }

    private func complete(
        _ run: IndexingRun, progress: ProgressHandler?, then: (inout IndexingSummary) throws -> Void = { _ in }
    ) throws -> IndexingSummary {
        var summary = try run.finish()
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

    /// Deletes the documents that the run looked for and did not find.
    private func prune(run: IndexingRun, found: ReadSummary, notes: inout [Note]) throws -> Int {
        var rule = PruneRule(found)
        let missed = try store.read { reader in try reader.documentIDs().filter { !run.hasSeen($0.id) } }
        let gone = missed.filter { rule.isGone(id: $0.id, source: $0.source) }
        for start in stride(from: 0, to: gone.count, by: 500) {
            try store.write { writer in
                for entry in gone[start..<min(gone.count, start + 500)] { _ = try writer.delete(id: entry.id) }
            }
        }
        let unplaced = missed.count { PruneRule.isRelativeFile($0.source) }
        if unplaced > 0 {
            notes.append(
                Note(
                    "Documents with relative sources were not pruned, because nobody knows which folder they are relative to: there are "
                        + "\(unplaced), stored by an earlier version. Index their folders once more. What still has a relative source "
                        + "then can be deleted by its source.",
                    remedy: .deleteDocuments(where: "source starts with ...")))
        }
        return gone.count
    }
}

extension ReaderOptions {
    init(_ options: IndexingOptions) {
        self.init(
            format: options.format, selection: options.selection, idField: options.idField,
            textField: options.textField,
            titleField: options.titleField, metadataFields: options.metadataFields)
        requiresFiles = !options.prune
    }
}
