import AkinCore
import GRDB

/// The SQL of one condition. Values, keys and prefixes are bound; the text of a statement depends on the kind of test
/// alone.
struct FilterSQL {
    /// Where the values that are tested are stored.
    private enum Column {
        case document(String)
        case metadata(key: String)
        case cluster(run: Int64)
    }

    private let column: Column
    /// A test of the column `text` or `number` of the metadata, or of a column of the document.
    private let test: String
    private let values: [DatabaseValue]

    init(_ field: DocumentFilter.Field, _ test: DocumentFilter.Test) {
        switch field {
        case .id: column = .document("external_id")
        case .source: column = .document("source")
        case .title: column = .document("title")
        case .metadata(let key): column = .metadata(key: key)
        case .cluster(let run): column = .cluster(run: run)
        }
        let names: (text: String, number: String) =
            switch column {
            case .document(let name): (name, "NULL")
            case .metadata: ("text", "number")
            case .cluster: ("NULL", "cluster")
            }
        switch test {
        case .compareText(let comparison, let text):
            (self.test, values) = ("\(names.text) \(Self.sign(comparison)) ?", [text.databaseValue])
        case .compareNumber(let comparison, let number):
            (self.test, values) = ("\(names.number) \(Self.sign(comparison)) ?", [number.databaseValue])
        case .betweenTexts(let low, let high):
            (self.test, values) = ("\(names.text) BETWEEN ? AND ?", [low.databaseValue, high.databaseValue])
        case .betweenNumbers(let low, let high):
            (self.test, values) = ("\(names.number) BETWEEN ? AND ?", [low.databaseValue, high.databaseValue])
        case .anyText(let texts):
            (self.test, values) = Self.oneOf(names.text, texts.map(\.databaseValue))
        case .anyNumber(let numbers):
            (self.test, values) = Self.oneOf(names.number, numbers.map(\.databaseValue))
        case .contains(let text):
            (self.test, values) = ("instr(\(names.text), ?) > 0", [text.databaseValue])
        case .hasPrefix(let text):
            // Texts with a prefix lie between it and the prefix with its last code point raised by one: a range of the
            // index.
            if let end = Self.successor(of: text) {
                (self.test, values) = (
                    "\(names.text) >= ? AND \(names.text) < ?", [text.databaseValue, end.databaseValue]
                )
            } else {
                (self.test, values) = ("\(names.text) >= ?", [text.databaseValue])
            }
        case .hasSuffix(let text) where text.isEmpty:
            (self.test, values) = ("\(names.text) IS NOT NULL", [])
        case .hasSuffix(let text):
            (self.test, values) = (
                "substr(CAST(\(names.text) AS BLOB), ?) = CAST(? AS BLOB)",
                [(-text.utf8.count).databaseValue, text.databaseValue]
            )
        case .exists:
            switch column {
            case .document(let name): (self.test, values) = ("\(name) IS NOT NULL", [])
            case .metadata, .cluster: (self.test, values) = ("1", [])
            }
        }
    }

    /// The row ids of the documents that meet the condition, in no order, possibly with repeats.
    var selection: (sql: String, arguments: StatementArguments) {
        switch column {
        case .document:
            return ("SELECT id FROM document WHERE \(test)", StatementArguments(values))
        case .metadata(let key):
            let (keyTest, keys) = Self.named(key)
            return ("SELECT document FROM metadata WHERE \(keyTest) AND \(test)", StatementArguments(keys + values))
        case .cluster(let run):
            return (
                "SELECT document FROM cluster_assignment WHERE run = ? AND \(test)",
                StatementArguments([run.databaseValue] + values)
            )
        }
    }

    /// 1 or 0: whether one document meets the condition.
    func check(document: Int64) -> (sql: String, arguments: StatementArguments) {
        let document = document.databaseValue
        switch column {
        case .document:
            return (
                "SELECT EXISTS (SELECT 1 FROM document WHERE id = ? AND \(test))",
                StatementArguments([document] + values)
            )
        case .metadata(let key):
            let (keyTest, keys) = Self.named(key)
            return (
                "SELECT EXISTS (SELECT 1 FROM metadata INDEXED BY metadata_document WHERE document = ? AND \(keyTest) AND \(test))",
                StatementArguments([document] + keys + values)
            )
        case .cluster(let run):
            return (
                "SELECT EXISTS (SELECT 1 FROM cluster_assignment WHERE run = ? AND document = ? AND \(test))",
                StatementArguments([run.databaseValue, document] + values)
            )
        }
    }

    private static func sign(_ comparison: DocumentFilter.Comparison) -> String {
        comparison == .notEqual ? "<>" : comparison.rawValue
    }

    /// The test of a key. Names are stored in normal form C. Earlier versions stored them as they were given.
    private static func named(_ key: String) -> (String, [DatabaseValue]) {
        let forms = Set([key, key.composed, key.decomposed].map { Array($0.utf8) })
        guard forms.count > 1 else { return ("key = ?", [key.databaseValue]) }
        return oneOf("key", forms.map { String(decoding: $0, as: UTF8.self).databaseValue })
    }

    /// A list as long as the next power of two, its last value repeated: a connection then keeps few statements,
    /// however long lists are.
    private static func oneOf(_ column: String, _ values: [DatabaseValue]) -> (String, [DatabaseValue]) {
        guard let last = values.last else { return ("0", []) }
        var length = 1
        while length < values.count { length *= 2 }
        let marks = repeatElement("?", count: length).joined(separator: ", ")
        return ("\(column) IN (\(marks))", values + repeatElement(last, count: length - values.count))
    }

    /// The least text greater than all that begin with a prefix; nil when there is none.
    static func successor(of prefix: String) -> String? {
        var scalars = prefix.unicodeScalars
        while let last = scalars.popLast() {
            if last.value == 0x10FFFF { continue }
            if let raised = Unicode.Scalar(last.value == 0xD7FF ? 0xE000 : last.value + 1) {
                scalars.append(raised)
                return String(scalars)
            }
        }
        return nil
    }
}
