package import AkinCore
import GRDB

/// The possible numbers in a store's rows. Nothing computes with a number that has not been compared with these.
///
/// SQLite's columns hold any 64-bit integer, and a person who edits a store can write any of them, with its checksum.
enum RowLimits {
    /// `vector.id` has 23 bits for it.
    static let space: ClosedRange<Int64> = 1...(1 << 23 - 1)
    /// `vector.id` has 40 bits for it.
    static let passage: ClosedRange<Int64> = 1...(1 << 40 - 1)
    /// Documents, cluster runs and changes: half of the range, so that sums and differences do not overflow.
    static let row: ClosedRange<Int64> = 1...(1 << 61)
    /// Scalars and tokens of texts, places of passages in their document.
    static let extent: ClosedRange<Int64> = 0...(1 << 40)
    /// Bytes of a file.
    static let size: ClosedRange<Int64> = 0...(1 << 62)
    /// Lines and pages of files.
    static let position: ClosedRange<Int64> = 1...(1 << 40)
    /// Clusters of a run, pieces of a model.
    static let part: ClosedRange<Int64> = 0...(1 << 31)
    /// Components of a vector.
    static let dimension: ClosedRange<Int64> = 1...(1 << 20)

    /// For each table with numbers, SQL that holds for rows with possible numbers.
    static let conditions: [(table: String, key: String, sql: String)] = [
        ("vector_space", "id", "\(within("id", space)) AND \(within("dimension", dimension))"),
        ("document", "id", within("id", row)),
        (
            "metadata", "rowid",
            "\(within("document", row)) AND (labelling IS NULL OR \(within("labelling", row)))"
        ),
        (
            "passage", "id",
            "\(within("id", passage)) AND \(within("document", row)) AND \(within("ordinal", extent)) AND \(within("range_start", extent)) "
                + "AND \(within("range_end", extent)) AND range_start <= range_end AND \(within("token_count", extent))"
        ),
        ("vector", "id", "id > \(passage.upperBound) AND id & \(passage.upperBound) > 0"),
        (
            "cluster_run", "id",
            "\(within("id", row)) AND \(within("k", part)) AND (space IS NULL OR \(within("space", space)))"
        ),
        ("cluster", "run", "\(within("run", row)) AND \(within("number", part))"),
        (
            "cluster_assignment", "run",
            "\(within("run", row)) AND \(within("document", row)) AND \(within("cluster", part))"
        ),
        ("labelling", "id", within("id", row)),
        ("labelled_document", "labelling", "\(within("labelling", row)) AND \(within("document", row))"),
        (
            "annotation", "labelling",
            "\(within("labelling", row)) AND \(within("document", row)) AND \(within("ordinal", extent)) "
                + "AND (text IS NULL OR \(within("range_start", extent)) AND \(within("range_end", extent)) "
                + "AND range_start <= range_end)"
        ),
        ("collection", "id", within("id", row)),
        (
            "collection_file", "path",
            "\(within("collection", row)) AND \(within("size", size)) AND (records IS NULL OR \(within("records", extent)))"
        ),
        (
            "passage_place", "passage",
            "\(within("passage", passage)) AND (line_start IS NULL AND line_end IS NULL OR \(within("line_start", position)) "
                + "AND \(within("line_end", position)) AND line_start <= line_end) AND (page IS NULL OR \(within("page", position)))"
        ),
        ("word_model", "space", "\(within("space", space)) AND \(within("piece", part))"),
    ]

    private static func within(_ column: String, _ range: ClosedRange<Int64>) -> String {
        "(typeof(\(column)) = 'integer' AND \(column) BETWEEN \(range.lowerBound) AND \(range.upperBound))"
    }

    /// The tables that assign their rows' ids, with the ids that they can assign.
    static let sequences: [String: ClosedRange<Int64>] = [
        "vector_space": space, "document": row, "passage": passage, "change": row, "cluster_run": row,
        "labelling": row, "collection": row,
    ]
}

extension AkinError {
    /// The error for a store that holds what Akin never writes.
    ///
    /// - Parameter what: a sentence without its full stop.
    package static func impossible(_ what: String) -> AkinError {
        AkinError(.invalidData, "\(what).", remedy: .mendStore)
    }
}

/// A column of a row.
struct RowField {
    /// The row's name in messages, such as `passage 5`.
    let owner: String
    /// What the number stands for.
    let name: String

    /// - Throws: `AkinError(.invalidData)` for a number that is not in the range.
    func checked<Number: BinaryInteger>(_ number: Number, in range: ClosedRange<Int64>) throws -> Number {
        guard let whole = Int64(exactly: number), range.contains(whole) else {
            throw AkinError.impossible("The store is damaged: \(owner) has the \(name) \(number), which is impossible")
        }
        return number
    }
}

extension Row {
    /// A column's number, if it is possible for what it stands for.
    func number<Number: BinaryInteger & DatabaseValueConvertible & StatementColumnConvertible>(
        _ index: Int, in range: ClosedRange<Int64>, _ name: @autoclosure () -> String,
        of owner: @autoclosure () -> String
    ) throws -> Number {
        let number: Number = try decode(atIndex: index)
        guard let whole = Int64(exactly: number), range.contains(whole) else {
            return try RowField(owner: owner(), name: name()).checked(number, in: range)
        }
        return number
    }
}

extension RowSet {
    /// The set, if it holds only possible row ids of documents.
    func checkedDocuments() throws -> RowSet {
        for id in [ids.first, ids.last].compactMap(\.self) {
            _ = try RowField(owner: "a document, or what belongs to it,", name: "row id").checked(id, in: RowLimits.row)
        }
        return self
    }
}
