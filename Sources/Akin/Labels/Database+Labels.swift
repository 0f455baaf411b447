import AkinCore
import AkinStore
import AkinText
import Foundation

extension Database {
    /// Labels every document of the store by a model, and those that are put later: the store remembers the model.
    ///
    /// Labels are found by filters as metadata is: `topic = "sport"`, `topic.score < 0.6`; entities by their text and
    /// kind: `entities = "London"`, `entities.PER exists`. They are no part of the documents: a document that is
    /// replaced or deleted loses them, and an export leaves them out. Documents are labelled some in one transaction;
    /// a call that was interrupted goes on with the rest when it is made again. A call with another model, threshold
    /// or list of names for the same field replaces all of its labels.
    ///
    /// ```swift
    /// let summary = try await database.label(by: .classifier("models/topics"), LabellingOptions(field: "topic"))
    /// print(summary.labels.map { "\($0.label): \($0.count)" })
    /// ```
    ///
    /// - Throws: `AkinError`: `.invalidArgument` for a field that documents have in metadata of their own, or that
    ///   filters could not name; `.noModel` or `.incompatible` for the model; `.cannotCreate` for a store that was
    ///   opened for reading.
    /// - Complexity: the model's pass over every document, unless it is a classifier of vectors that the store has.
    @discardableResult
    public func label(
        by model: LabellingModel, _ options: LabellingOptions = LabellingOptions(), progress: ProgressHandler? = nil
    ) async throws -> LabellingSummary {
        try await offload { [self] in
            try requireWriting()
            if let threshold = options.threshold, !(0...1).contains(threshold) {
                throw AkinError(.invalidArgument, "The threshold must be at least 0 and at most 1, not \(threshold).")
            }
            let labeller = try model.load(threshold: options.threshold, configuration: configuration)
            var labelling = labeller.labelling
            if let field = options.field { labelling.field = field }
            labelling.field = try labelField(labelling.field)
            labelling.filter = options.filter?.description
            labelling.created = Int64(Date().timeIntervalSince1970)
            let stored = try store.write { [labelling] writer in
                if try writer.labelling(field: labelling.field) == nil, try writer.holdsOwnField(labelling.field) {
                    throw AkinError(
                        .invalidArgument,
                        "Documents have a field \(labelling.field) in metadata of their own, which labels do not "
                            + "replace; choose another field for the labels.")
                }
                _ = try writer.saveLabelling(labelling)
                return try writer.labelling(field: labelling.field)
            }
            guard let stored else {
                throw AkinError(.internalFailure, "The labels \(labelling.field) were not stored.")
            }
            let known = labellers.labeller(of: stored) { labeller }
            return try LabellingRun(database: self, labelling: stored, labeller: known, progress: progress).run()
        }
    }

    /// Deletes a field's labels and forgets its model.
    ///
    /// - Returns: whether there were any.
    @discardableResult
    public func removeLabels(_ field: String) async throws -> Bool {
        try await offload { [self] in try store.write { try $0.deleteLabelling(field: field.composed) } }
    }

    /// What the models that label the store say of a document; empty where they say nothing.
    public func labels(ofDocument id: String) async throws -> [DocumentLabels] {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                guard let document = try reader.document(id: id) else { return [] }
                return try LabelReading(reader).labels(ofDocument: document.rowID)
            }
        }
    }

    private func requireWriting() throws {
        guard case .readOnly = mode else { return }
        throw AkinError(.cannotCreate, "\(path) was opened for reading, so its documents cannot be labelled.")
    }

    /// A field's name, if filters can name it.
    private func labelField(_ name: String) throws -> String {
        guard name.hasVisibleText, !name.holdsNUL, name.utf8.count <= 200, !["id", "source", "title"].contains(name)
        else {
            throw AkinError(
                .invalidArgument,
                "Labels need a field with a name of its own, which is not id, source or title and has at most 200 bytes."
            )
        }
        return name.composed
    }

    /// Labels the documents that were put since each labelling was last at work. Indexing does not fail for it: what
    /// keeps a model from its work is returned as a note.
    func labelNewDocuments(progress: ProgressHandler?, _ summary: inout IndexingSummary) throws -> [Note] {
        let labellings: [Labelling]
        do {
            labellings = try store.read { try $0.labellings() }
        } catch let error as AkinError {
            return [Note(of: error)]
        }
        var notes: [Note] = []
        for labelling in labellings {
            do {
                let unread = try store.read { try LabellingRun.unread(labelling, $0) }
                guard !unread.isEmpty else { continue }
                let labeller = try labellers.labeller(of: labelling) {
                    try labelling.loadLabeller(configuration: configuration)
                }
                let done = try LabellingRun(
                    database: self, labelling: labelling, labeller: labeller, progress: progress
                ).run(unread)
                summary.labelled = (summary.labelled ?? 0) + done.labelled
                if done.hidden > 0 {
                    notes.append(
                        Note(
                            "\(done.hidden) documents have a field \(labelling.field) in metadata of their own, so "
                                + "they were not labelled."))
                }
            } catch let error as AkinError {
                notes.append(
                    Note("New documents have no labels in the field \(labelling.field): \(error.message)"))
            }
        }
        return notes
    }

    /// What labels the store.
    func labellingInformation(_ reader: StoreReader) throws -> [LabellingInformation]? {
        let labellings = try reader.labellings()
        guard !labellings.isEmpty else { return nil }
        return try labellings.map { labelling in
            let counts = try reader.counts(ofLabelling: labelling.id, limit: 100)
            return LabellingInformation(
                field: labelling.field, kind: labelling.kind == .labels ? .labels : .entities, model: labelling.model,
                path: labelling.path,
                created: Date(timeIntervalSince1970: TimeInterval(labelling.created)).formatted(.iso8601),
                threshold: try LabellingSettings(json: labelling.settings).threshold, filter: labelling.filter,
                labelled: counts.labelled, abstained: counts.read - counts.labelled,
                unlabelled: try LabellingRun.unread(labelling, reader).count, meanScore: counts.meanScore,
                labels: counts.labels.map { LabelCount(label: $0.label, count: $0.count) },
                entities: labelling.kind == .labels
                    ? nil
                    : counts.texts.map { EntityCount(label: $0.label, text: $0.text, documents: $0.count) })
        }
    }
}
