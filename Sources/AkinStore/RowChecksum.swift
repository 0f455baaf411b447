import Crypto
import Foundation
package import GRDB

/// The checksum of a row of settings, documents, passages, their places, vectors, clusters, labels or collections: the
/// first eight bytes of SHA-256 over its values, as a number. No secret goes into it. It shows damage and edits by hand, not edits by somebody who
/// computes it too.
///
/// SQLite notices only damage to its own structure. A changed bit in a text or a vector just gives another text or
/// vector.
package enum RowChecksum: String, CaseIterable {
    case store, document, passage, vector, cluster, labelling, annotation, collection
    case vectorSpace = "vector_space"
    case clusterRun = "cluster_run"
    case passagePlace = "passage_place"

    /// The columns that the checksum covers, in its order. Ids that SQLite gives are left out, since they are not known
    /// before the row is made.
    private var columns: String {
        switch self {
        case .store: "key, value"
        case .vectorSpace:
            "kind, encoder_name, fingerprint, precision, dimension, metric, element_type, details, status, created"
        case .document: "external_id, source, title, metadata, content_hash, created, updated"
        case .passage: "document, ordinal, text, search_text, range_start, range_end, token_count"
        case .vector: "id, data"
        case .cluster: "run, number, label, given_label, centroid"
        case .labelling: "field, kind, model, path, fingerprint, settings, filter, created"
        case .annotation: "labelling, document, ordinal, label, score, text, range_start, range_end"
        case .collection: "name, root, relative_root, settings, created"
        case .clusterRun: "created, name, k, seed, unit, body, space, filter"
        case .passagePlace: "passage, line_start, line_end, page, headings"
        }
    }

    /// SQL for the checksum that a row should have.
    var sql: String { "akin_checksum(\(columns))" }

    /// SQL that holds for rows that do not have the checksum they should; not for those that have none.
    package var isAltered: String { "checksum <> \(sql)" }

    /// SQL that holds for rows without the checksum they should have.
    var isUnsealed: String { "checksum IS NOT \(sql)" }

    /// SQL that adds a row, with a value for each column.
    var insertion: String {
        let places = (1...columns.split(separator: ",").count).map { "?\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(rawValue) (\(columns), checksum) VALUES (\(places), akin_checksum(\(places)))"
    }

    /// SQL that gives some rows the checksums they should have.
    package func sealing(where condition: String) -> String {
        "UPDATE \(rawValue) SET checksum = \(sql) WHERE \(condition)"
    }

    /// The SQL function `akin_checksum`, of any number of values.
    ///
    /// Each value goes in with its type, and with its length where that can differ, so that no two rows read the same.
    package static let function = DatabaseFunction("akin_checksum", pure: true) { values in
        var hash = SHA256()
        func add(_ tag: UInt8, _ number: UInt64) {
            hash.update(data: [tag] + (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
        }
        for value in values {
            switch value.storage {
            case .null: add(0, 0)
            case .int64(let number): add(1, UInt64(bitPattern: number))
            case .double(let number): add(2, number.bitPattern)
            case .string(let text):
                let bytes = Data(text.utf8)
                add(3, UInt64(bytes.count))
                hash.update(data: bytes)
            case .blob(let data):
                add(4, UInt64(data.count))
                hash.update(data: data)
            }
        }
        return hash.finalize().prefix(8).enumerated().reduce(Int64(0)) { $0 | Int64($1.element) << ($1.offset * 8) }
    }
}
