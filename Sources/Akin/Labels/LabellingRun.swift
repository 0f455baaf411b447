import AkinCore
import AkinStore
import Foundation

/// Labels the documents that a labelling has not read yet, some in one transaction, so that what is interrupted goes
/// on from there.
struct LabellingRun {
    let database: Database
    let labelling: Labelling
    let labeller: any DocumentLabeller
    let progress: ProgressHandler?

    /// Labels all documents that are not read yet, and counts the labels of all.
    func run() throws -> LabellingSummary {
        let start = ContinuousClock.now
        let (rows, documents) = try database.store.read {
            (try Self.unread(labelling, $0), try $0.documentCount())
        }
        var summary = try run(rows)
        summary.unchanged = documents - rows.count
        let counts = try database.store.read { try $0.counts(ofLabelling: labelling.id, limit: 100) }
        summary.labels = counts.labels.map { LabelCount(label: $0.label, count: $0.count) }
        summary.elapsedMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        return summary
    }

    /// Labels some documents.
    func run(_ rows: [Int64]) throws -> LabellingSummary {
        var summary = LabellingSummary(field: labelling.field, model: labelling.model)
        try DocumentBatches(database: database, labeller: labeller).forEach(
            rows, phase: WorkProgress.Phase.labelling.rawValue, progress
        ) { try label($0, &summary) }
        return summary
    }

    /// The documents that a labelling should have read and has not, by row id.
    static func unread(_ labelling: Labelling, _ reader: StoreReader) throws -> [Int64] {
        let documents = try reader.documentsWithoutLabel(labelling: labelling.id)
        guard !documents.isEmpty, let filter = labelling.filter else { return documents }
        guard let condition = try? DocumentFilter(parsing: filter) else {
            throw AkinError.impossible("The filter of the labels \(labelling.field) cannot be read")
        }
        let admitted = try reader.documents(matching: condition)
        return documents.filter(admitted.contains)
    }

    private func label(_ documents: [DocumentToLabel], _ summary: inout LabellingSummary) throws {
        let found = try labeller.annotations(of: documents)
        summary.truncated += found.truncated
        let labelling = labelling
        let outcomes = try database.store.write { writer in
            guard try writer.labelling(field: labelling.field)?.id == labelling.id else {
                throw AkinError(
                    .notFound, "Another process has removed or replaced the labels \(labelling.field) meanwhile.")
            }
            return try zip(documents, found.annotations).map { document, annotations in
                try writer.annotate(
                    annotations, document: document.rowID, contentHash: document.contentHash, labelling: labelling)
            }
        }
        for (outcome, annotations) in zip(outcomes, found.annotations) {
            switch outcome {
            case .stored where annotations.isEmpty: summary.abstained += 1
            case .stored: summary.labelled += 1
            case .hidden: summary.hidden += 1
            case .outdated: break
            }
        }
    }
}

extension WorkProgress.Phase {
    /// Documents are labelled.
    public static let labelling = Self(rawValue: "labelling")
}
