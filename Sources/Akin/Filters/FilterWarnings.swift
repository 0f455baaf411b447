import AkinStore

/// What a person should know of a filter that cannot match as it is meant.
enum FilterWarnings {
    /// The most keys that a warning names, and the most that are searched for one with a similar spelling.
    private static let shownKeys = 8
    private static let knownKeys = 500

    /// Warns of keys that no document has, of values of a kind that a key never has, and of keys that a document's own
    /// field hides.
    static func warnings(for filter: Database.Filter, reader: any StoreReading) throws -> [Note] {
        var warnings: [Note] = try ambiguity(of: filter, reader: reader).map { [Note($0)] } ?? []
        for (field, test) in filter.condition.conditions.prefix(20) {
            guard case .metadata(let key) = field, let warning = try self.warning(key: key, test: test, reader) else {
                continue
            }
            if !warnings.contains(Note(warning)) { warnings.append(Note(warning)) }
        }
        return warnings
    }

    /// The warning about a bare `source`, `title` or `id` where metadata has a key of that name too; nil where none
    /// has.
    static func ambiguity(of filter: Database.Filter, reader: any StoreReading) throws -> String? {
        let hidden = try filter.ambiguousFields.sorted().filter { key in
            let kinds = try reader.valueKinds(ofKey: key)
            return kinds.texts || kinds.numbers
        }
        guard let key = hidden.first else { return nil }
        return
            "'\(key)' is the document's own \(key), but documents have a metadata field of that name too: write `\(key)` between "
            + "backticks for the metadata field, or \(DocumentFilter.Field.ownPrefix)\(key) for the document's own."
    }

    private static func warning(key: String, test: DocumentFilter.Test, _ reader: any StoreReading) throws -> String? {
        let kinds = try reader.valueKinds(ofKey: key)
        guard kinds.texts || kinds.numbers else {
            let keys = try reader.metadataKeys(limit: knownKeys)
            if let alike = keys.filter({ isAlike($0, key) }).first {
                return "No document has the field '\(key)'; did you mean '\(short(alike))'?"
            }
            guard !keys.isEmpty else { return "No document has the field '\(key)', nor any other metadata." }
            let more = keys.count > shownKeys ? ", …" : "."
            return
                "No document has the field '\(key)'; there are \(keys.prefix(shownKeys).map(short).joined(separator: ", "))\(more)"
        }
        switch test {
        case .compareNumber, .betweenNumbers, .anyNumber:
            return kinds.numbers
                ? nil
                : "The field '\(key)' holds only texts, which numbers are not compared with: write the value in quotes."
        case .compareText, .betweenTexts, .anyText, .contains, .hasPrefix, .hasSuffix:
            return kinds.texts ? nil : "The field '\(key)' holds only numbers, which texts are not compared with."
        case .exists: return nil
        }
    }

    private static func short(_ key: String) -> String { key.count > 40 ? "\(key.prefix(40))…" : key }

    /// Whether two keys differ in letter case or by one letter added, removed or replaced.
    private static func isAlike(_ one: String, _ other: String) -> Bool {
        let (a, b) = (Array(one.lowercased().unicodeScalars), Array(other.lowercased().unicodeScalars))
        guard abs(a.count - b.count) <= 1, max(a.count, b.count) > 1 else { return false }
        let front = zip(a, b).prefix { $0 == $1 }.count
        let back = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
        return front + back >= max(a.count, b.count) - 1
    }
}
