import AkinCore
import AkinText

/// Labels that stand apart from their texts: a file of records (`.csv`, `.tsv`, `.jsonl`, `.json`) with the id or the
/// path of a text, and its label.
package struct LabelFile: Sendable {
    /// One record.
    package struct Entry: Sendable {
        /// The id or path of the text.
        package let key: String
        package let label: String
        let line: Int
    }

    package let path: String
    /// In the file's order, each text once.
    package let entries: [Entry]
    private let file: FieldRecords

    /// - Parameters:
    ///   - idField: the field of the id; nil for the first of the usual names, as `labelField`.
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no record; `.invalidData`, with
    ///   its place, for the first record that is no label, for two labels of one text and for more than
    ///   `LabelSet.maximumCount`.
    package init(path: String, idField: String? = nil, labelField: String? = nil) throws {
        let file = try FieldRecords(path: path)
        var places: [String: Int] = [:]
        var labels: Set<String> = []
        var entries: [Entry] = []
        try file.forEach { fields, line in
            let record = ExampleRecord(fields: fields, line: line, file: file)
            let label = try record.label(record.labelKey(labelField, usual: ExampleFields.usualLabels))
            let entry = Entry(key: try record.id(idField), label: label, line: line)
            if labels.insert(label).inserted, labels.count > LabelSet.maximumCount { throw LabelSet.tooMany(path) }
            if let place = places[entry.key] { return try Self.requireSame(entries[place], entry, file) }
            places[entry.key] = entries.count
            entries.append(entry)
        }
        guard !entries.isEmpty else { throw AkinError(.noInput, "\(path) holds no labels.") }
        (self.path, self.file, self.entries) = (path, file, entries)
    }

    /// The labels of texts.
    package struct Found<Place: Hashable> {
        package fileprivate(set) var labels: [Place: String] = [:]
        /// The keys of entries that lead to no text.
        package fileprivate(set) var missing: Set<String> = []
    }

    /// Finds the text of each entry.
    ///
    /// - Parameters:
    ///   - source: what the texts are from, for messages.
    ///   - find: where the text of an id or a path is; nil where there is none.
    /// - Throws: `.invalidData` where no entry leads to a text, and where two lead to one and have different labels.
    package func find<Place: Hashable>(
        in source: String, _ find: (_ key: String) throws -> Place?
    ) throws -> Found<Place> {
        var found = Found<Place>()
        var firsts: [Place: Entry] = [:]
        for entry in entries {
            guard let place = try find(entry.key) else {
                found.missing.insert(entry.key)
                continue
            }
            if let first = firsts[place] { try Self.requireSame(first, entry, file) }
            firsts[place] = entry
            found.labels[place] = entry.label
        }
        guard !found.labels.isEmpty else {
            throw AkinError(
                .invalidData,
                "\(source) has no text that \(path) names; its first is '\(entries[0].key.onOneLine)', which is neither an "
                    + "id nor the path of a file there.")
        }
        return found
    }

    private static func requireSame(_ first: Entry, _ second: Entry, _ file: FieldRecords) throws {
        guard first.label != second.label else { return }
        throw file.fault(
            second.line,
            "'\(second.key)' has the label '\(second.label)' here and '\(first.label)' in line \(first.line); a text has one"
        )
    }
}
