import AkinCore
import Foundation
import GRDB

extension StoreReader {
    /// The setting that changes whenever labels do; the change log has no rows for them.
    package static let labelsKey = "labels_version"

    /// Every labelling, in the order they were made.
    package func labellings() throws -> [Labelling] {
        var labellings: [Labelling] = []
        let cursor = try rows("SELECT \(Self.labellingColumns) FROM labelling ORDER BY id")
        while let row = try cursor.next() { labellings.append(try Self.labelling(row)) }
        return labellings
    }

    /// The labelling of a field.
    package func labelling(field: String) throws -> Labelling? {
        try firstRow("SELECT \(Self.labellingColumns) FROM labelling WHERE field = ?", [field]).map(Self.labelling)
    }

    /// Row ids of the documents that a labelling has not read, ascending.
    package func documentsWithoutLabel(labelling: Int64) throws -> [Int64] {
        var documents: [Int64] = []
        let cursor = try rows(
            "SELECT id FROM document EXCEPT SELECT document FROM labelled_document WHERE labelling = ? ORDER BY 1",
            [labelling])
        while let row = try cursor.next() { documents.append(try row.decode(atIndex: 0)) }
        return documents
    }

    /// What each labelling says of a document, in the labellings' order; those that say nothing are left out.
    package func annotations(document: Int64) throws -> [(labelling: Int64, annotations: [Annotation])] {
        var found: [(labelling: Int64, annotations: [Annotation])] = []
        let cursor = try rows(
            """
            SELECT labelling, label, score, text, range_start, range_end FROM annotation INDEXED BY annotation_document
            WHERE document = ? ORDER BY labelling, ordinal
            """, [document])
        while let row = try cursor.next() {
            let labelling: Int64 = try row.decode(atIndex: 0)
            if found.last?.labelling != labelling { found.append((labelling, [])) }
            found[found.count - 1].annotations.append(try Self.annotation(row))
        }
        return found
    }

    /// How much a labelling has read and said.
    ///
    /// - Parameter limit: the most labels that are counted, the most frequent ones.
    package func counts(ofLabelling labelling: Int64, limit: Int) throws -> LabellingCounts {
        var counts = LabellingCounts()
        counts.read = Int(
            try number("SELECT count(*) FROM labelled_document WHERE labelling = ?", [labelling]) ?? 0)
        counts.labelled = Int(
            try number("SELECT count(DISTINCT document) FROM annotation WHERE labelling = ?", [labelling]) ?? 0)
        let cursor = try rows(
            "SELECT label, count(*) FROM annotation WHERE labelling = ? GROUP BY label ORDER BY 2 DESC, 1 LIMIT ?",
            [labelling, limit])
        while let row = try cursor.next() {
            counts.labels.append((try row.decode(atIndex: 0), try row.decode(atIndex: 1)))
        }
        let texts = try rows(
            """
            SELECT label, text, count(DISTINCT document) FROM annotation WHERE labelling = ? AND text IS NOT NULL
            GROUP BY label, text ORDER BY 3 DESC, 1, 2 LIMIT ?
            """, [labelling, limit])
        while let row = try texts.next() {
            counts.texts.append((try row.decode(atIndex: 0), try row.decode(atIndex: 1), try row.decode(atIndex: 2)))
        }
        counts.meanScore = try Double.fetchOne(
            database.cachedStatement(sql: "SELECT avg(score) FROM annotation WHERE labelling = ?"),
            arguments: [labelling])
        return counts
    }

    private static let labellingColumns =
        "id, field, kind, model, path, fingerprint, settings, filter, created, " + RowChecksum.labelling.isAltered

    private static func labelling(_ row: Row) throws -> Labelling {
        let field: String = try row.decode(atIndex: 1)
        guard try row.decode(Bool?.self, atIndex: 9) != true else {
            throw AkinError.impossible(
                "What the store says about the labels \(field) does not match its checksum: it was altered")
        }
        let kind: String = try row.decode(atIndex: 2)
        guard let kind = Labelling.Kind(rawValue: kind) else {
            throw AkinError.impossible("The labels \(field) are of the unknown kind \(kind.debugDescription)")
        }
        return try Labelling(
            id: row.number(0, in: RowLimits.row, "number", of: "a labelling"), field: field, kind: kind,
            model: row.decode(atIndex: 3), path: row.decode(atIndex: 4), fingerprint: row.decode(atIndex: 5),
            settings: row.decode(atIndex: 6), filter: row.decode(atIndex: 7), created: row.decode(atIndex: 8))
    }

    /// Of a row of labelling, label, score, text and range.
    private static func annotation(_ row: Row) throws -> Annotation {
        var annotation = Annotation(
            label: try row.decode(atIndex: 1), score: try row.decode(atIndex: 2), text: try row.decode(atIndex: 3))
        guard annotation.text != nil else { return annotation }
        let start: Int = try row.number(4, in: RowLimits.extent, "beginning", of: "an entity")
        let end: Int = try row.number(5, in: RowLimits.extent, "end", of: "an entity")
        guard start <= end else {
            throw AkinError.impossible("The store is damaged: an entity begins at \(start) and ends at \(end)")
        }
        annotation.range = start..<end
        return annotation
    }
}
