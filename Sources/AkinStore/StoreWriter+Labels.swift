import AkinCore
package import Foundation
import GRDB

extension StoreWriter {
    /// Stores a labelling in place of one of the same field.
    ///
    /// Where that one says the same of every document, what it has said stays and the work goes on from there; a
    /// condition on the documents is replaced. Otherwise all it has said is deleted.
    ///
    /// - Returns: its id.
    package func saveLabelling(_ labelling: Labelling) throws -> Int64 {
        let texts = [
            ("field", labelling.field), ("model's name", labelling.model), ("model's path", labelling.path),
            ("filter", labelling.filter ?? ""),
        ]
        if let name = texts.nameOfTextWithNUL {
            throw AkinError(.invalidArgument, "The \(name) of the labels holds a NUL character; remove it.")
        }
        let earlier = try self.labelling(field: labelling.field)
        if let earlier, earlier.isEquivalent(to: labelling) {
            guard earlier.filter != labelling.filter || earlier.path != labelling.path else { return earlier.id }
            return try change {
                try execute(
                    "UPDATE labelling SET filter = ?, path = ? WHERE id = ?",
                    [labelling.filter, labelling.path, earlier.id])
                try execute(RowChecksum.labelling.sealing(where: "id = ?"), [earlier.id])
                return earlier.id
            }
        }
        if earlier != nil { _ = try deleteLabelling(field: labelling.field) }
        return try change {
            try execute(
                RowChecksum.labelling.insertion,
                [
                    labelling.field, labelling.kind.rawValue, labelling.model, labelling.path, labelling.fingerprint,
                    labelling.settings, labelling.filter, labelling.created,
                ])
            let id = database.lastInsertedRowID
            try noteChangedLabels()
            return id
        }
    }

    /// Deletes a labelling with all it has said.
    ///
    /// - Returns: whether there was one.
    package func deleteLabelling(field: String) throws -> Bool {
        guard let labelling = try labelling(field: field) else { return false }
        try change {
            try execute("DELETE FROM metadata WHERE labelling = ?", [labelling.id])
            try execute("DELETE FROM labelling WHERE id = ?", [labelling.id])
            try noteChangedLabels()
        }
        return true
    }

    /// Stores what a labelling says of a document, or that it says nothing.
    ///
    /// - Parameters:
    ///   - labelling: by its id, which must be one that the store has.
    ///   - contentHash: the document's when it was read.
    package func annotate(
        _ annotations: [Annotation], document: Int64, contentHash: Data, labelling: Labelling
    ) throws -> AnnotationOutcome {
        guard let stored = try self.document(rowID: document), stored.contentHash == contentHash,
            try number(
                "SELECT EXISTS (SELECT 1 FROM labelled_document WHERE labelling = ? AND document = ?)",
                [labelling.id, document]) == 0
        else { return .outdated }
        if annotations.contains(where: { $0.label.holdsNUL || $0.text?.holdsNUL == true }) {
            throw AkinError(.invalidData, "A label of \(labelling.model) holds a NUL character; change its name.")
        }
        let isHidden = try holdsOwnField(labelling.field, document: document)
        try change {
            try execute(
                "INSERT INTO labelled_document (labelling, document, created) VALUES (?, ?, ?)",
                [labelling.id, document, Int64(Date().timeIntervalSince1970)])
            guard !isHidden else { return }
            for (ordinal, annotation) in annotations.enumerated() {
                try execute(
                    RowChecksum.annotation.insertion,
                    [
                        labelling.id, document, ordinal, annotation.label, annotation.score, annotation.text,
                        annotation.range?.lowerBound, annotation.range?.upperBound,
                    ])
            }
            try execute(
                LabelEntries.insertion(where: "a.labelling = ?1 AND a.document = ?2"), [labelling.id, document])
            try noteChangedLabels()
        }
        return isHidden ? .hidden : .stored
    }

    /// Deletes what all labellings say of a document, which they then read again.
    func deleteAnnotations(document: Int64) throws {
        try execute("DELETE FROM annotation WHERE document = ?", [document])
        try execute("DELETE FROM labelled_document WHERE document = ?", [document])
    }

    /// Lets caches of filters see that labels have changed.
    private func noteChangedLabels() throws {
        let remain = try number("SELECT EXISTS (SELECT 1 FROM labelling)") == 1
        try setSetting(Self.labelsKey, remain ? UUID().uuidString : nil)
    }
}
