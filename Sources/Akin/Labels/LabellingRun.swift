import AkinCore
import AkinStore
import Foundation

/// Labels the documents that a labelling has not read yet, some in one transaction, so that what is interrupted goes
/// on from there.
struct LabellingRun {
    /// Documents that are read and written at a time.
    private static let batch = 64

    let database: Database
    let labelling: Labelling
    let labeller: any DocumentLabeller
    let progress: ProgressHandler?

    func run() throws -> LabellingSummary {
        let start = ContinuousClock.now
        var summary = LabellingSummary(field: labelling.field, model: labelling.model)
        let (documents, space) = try database.store.read { reader in
            let unread = try Self.unread(labelling, reader)
            summary.unchanged = try reader.documentCount() - unread.count
            return (unread, try usableSpace(reader))
        }
        for first in stride(from: 0, to: documents.count, by: Self.batch) {
            try CancellationFlag.check()
            report(first, of: documents.count)
            try label(documents[first..<min(first + Self.batch, documents.count)], space: space, &summary)
        }
        report(documents.count, of: documents.count)
        let counts = try database.store.read { try $0.counts(ofLabelling: labelling.id, limit: 100) }
        summary.labels = counts.labels.map { LabelCount(label: $0.label, count: $0.count) }
        summary.elapsedMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        return summary
    }

    /// The documents that a labelling should have read and has not, by row id.
    static func unread(_ labelling: Labelling, _ reader: StoreReader) throws -> [Int64] {
        let documents = try reader.documentsWithoutLabel(labelling: labelling.id)
        guard !documents.isEmpty, let filter = labelling.filter else { return documents }
        let admitted = try reader.documents(matching: try DocumentFilter(parsing: filter))
        return documents.filter(admitted.contains)
    }

    /// The space whose vectors save the encoding.
    private func usableSpace(_ reader: StoreReader) throws -> Int64? {
        guard let wanted = labeller.vectorFingerprint else { return nil }
        return try reader.spaces().first { $0.fingerprint == wanted && $0.status == .active }?.id
    }

    private func report(_ completed: Int, of total: Int) {
        progress?(
            WorkProgress(
                phase: .labelling, completed: Double(completed), total: Double(total), unit: .documents,
                documents: completed))
    }

    private func label(_ rows: ArraySlice<Int64>, space: Int64?, _ summary: inout LabellingSummary) throws {
        let documents = try database.store.read { reader in
            try rows.compactMap { try read($0, space: space, reader) }
        }
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

    private func read(_ row: Int64, space: Int64?, _ reader: StoreReader) throws -> DocumentToLabel? {
        guard let stored = try reader.document(rowID: row) else { return nil }
        let passages = try reader.passages(documentRowID: row)
        let vectors = try space.map { try reader.vectors(space: $0, passages: passages.map(\.id)).compactMap(\.self) }
        return DocumentToLabel(
            rowID: row, contentHash: stored.contentHash, title: stored.title,
            text: Database.text(of: passages), passages: passages,
            vectors: vectors?.count == passages.count ? vectors : nil)
    }
}

extension WorkProgress.Phase {
    /// Documents are labelled.
    public static let labelling = Self(rawValue: "labelling")
}
