import GRDB

/// A condition on documents, answered from the indexed scalars of their metadata.
package indirect enum DocumentFilter: Hashable, Sendable {
    /// What a condition looks at. A metadata field may have several values (an array): a condition holds when one of them meets it.
    package enum Field: Hashable, Sendable {
        case id, source, title
        case metadata(String)
    }

    package enum Comparison: String, Sendable {
        case equal = "="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    package enum Value: Hashable, Sendable {
        /// Compared with texts, by code points.
        case text(String)
        /// Compared with numbers only.
        case number(Double)
    }

    case all
    case compare(Field, Comparison, Value)
    /// The field's text holds this text, letter case included.
    case contains(Field, String)
    case hasPrefix(Field, String)
    /// The field has a value.
    case exists(Field)
    case and([DocumentFilter])
    case or([DocumentFilter])
    case not(DocumentFilter)
}

extension DocumentFilter {
    /// The condition as SQL over `document AS d`, appending its values to `arguments` in the order of the question marks.
    func sql(_ arguments: inout [DatabaseValue]) -> String {
        switch self {
        case .all:
            return "1"
        case .compare(let field, let comparison, let value):
            switch value {
            case .text(let text): return Self.condition(field, "text \(comparison.rawValue) ?", [text.databaseValue], &arguments)
            case .number(let number): return Self.condition(field, "number \(comparison.rawValue) ?", [number.databaseValue], &arguments)
            }
        case .contains(let field, let text):
            return Self.condition(field, "instr(text, ?) > 0", [text.databaseValue], &arguments)
        case .hasPrefix(let field, let text):
            return Self.condition(field, "substr(text, 1, length(?)) = ?", [text.databaseValue, text.databaseValue], &arguments)
        case .exists(let field):
            return Self.condition(field, "(text IS NOT NULL OR number IS NOT NULL)", [], &arguments)
        case .and(let filters):
            return filters.isEmpty ? "1" : "(\(filters.map { $0.sql(&arguments) }.joined(separator: " AND ")))"
        case .or(let filters):
            return filters.isEmpty ? "0" : "(\(filters.map { $0.sql(&arguments) }.joined(separator: " OR ")))"
        case .not(let filter):
            return "NOT \(filter.sql(&arguments))"
        }
    }

    /// A test on `text` or `number`; a document's own columns have a text and no number.
    private static func condition(_ field: Field, _ test: String, _ values: [DatabaseValue], _ arguments: inout [DatabaseValue]) -> String {
        let column: String
        switch field {
        case .metadata(let key):
            arguments.append(key.databaseValue)
            arguments += values
            return "d.id IN (SELECT document FROM metadata WHERE key = ? AND \(test))"
        case .id: column = "external_id"
        case .source: column = "source"
        case .title: column = "title"
        }
        arguments += values
        return "d.id IN (SELECT id FROM (SELECT id, \(column) AS text, NULL AS number FROM document) WHERE \(test))"
    }
}

extension StoreReader {
    /// Row ids of the documents that meet a condition, ascending.
    package func documentRowIDs(matching filter: DocumentFilter) throws -> [Int64] {
        try ids("SELECT d.id FROM document AS d WHERE", filter, "ORDER BY d.id")
    }

    /// Ids of the passages of the documents that meet a condition, ascending.
    package func passageIDs(matching filter: DocumentFilter) throws -> [Int64] {
        try ids("SELECT p.id FROM passage AS p JOIN document AS d ON d.id = p.document WHERE", filter, "").sorted()
    }

    private func ids(_ head: String, _ filter: DocumentFilter, _ tail: String) throws -> [Int64] {
        var arguments: [DatabaseValue] = []
        let sql = "\(head) \(filter.sql(&arguments)) \(tail)"
        return try Int64.fetchAll(database, sql: sql, arguments: StatementArguments(arguments))
    }
}
