import AkinCore
import AkinStore

/// A document's metadata as the store keeps it: the whole as JSON, and one row for each scalar for filters.
enum MetadataCoding {
    /// Canonical JSON: keys sorted, so that equal metadata has equal bytes; names in normal form C, since filters
    /// compare bytes.
    ///
    /// - Throws: `AkinError(.invalidData)` for a number that is infinite or not a number, which JSON does not have.
    static func encode(_ metadata: [String: JSONValue]) throws -> String {
        guard metadata.values.allSatisfy(\.isFinite) else {
            throw AkinError(.invalidData, "The metadata holds a number that is infinite or not a number.")
        }
        var json = JSONWriter(escaping: .required)
        json.object(metadata.withComposedNames)
        return json.text
    }

    static func decode(of document: StoredDocument) throws -> [String: JSONValue] {
        do {
            return try decode(document.metadataJSON)
        } catch {
            throw AkinError(
                .invalidData,
                "The metadata of document \(document.id.debugDescription) is damaged: index the document again.",
                cause: error)
        }
    }

    static func decode(_ json: String) throws -> [String: JSONValue] {
        guard case .object(let members) = try JSONValue(json: Array(json.utf8)) else {
            throw AkinError(.invalidData, "The metadata is not a JSON object.")
        }
        return members
    }

    /// One entry for each scalar, and for each scalar of an array; nested objects get keys joined by dots.
    static func entries(_ metadata: [String: JSONValue]) -> [MetadataEntry] {
        storedEntries(metadata.withComposedNames)
    }

    private static func storedEntries(_ metadata: [String: JSONValue]) -> [MetadataEntry] {
        metadata.sorted { $0.key < $1.key }.flatMap { entries(key: $0.key, value: $0.value) }
    }

    /// As `entries`, of stored JSON; nil when it is no object.
    ///
    /// Names stay as they are stored, since earlier versions did not compose them.
    static func entries(ofJSON json: String) -> [MetadataEntry]? { (try? decode(json)).map(storedEntries) }

    private static func entries(key: String, value: JSONValue) -> [MetadataEntry] {
        switch value {
        case .null: []
        case .string, .bool: [MetadataEntry(key: key, text: value.scalarText, number: nil)]
        case .number(let number): [MetadataEntry(key: key, text: nil, number: number)]
        case .numeral:
            value.number.flatMap { $0.isFinite ? [MetadataEntry(key: key, text: nil, number: $0)] : nil } ?? []
        case .array(let values): values.flatMap { entries(key: key, value: $0) }
        case .object(let fields):
            fields.sorted { $0.key < $1.key }.flatMap { entries(key: "\(key).\($0.key)", value: $0.value) }
        }
    }
}
