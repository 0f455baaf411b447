import AkinCore
import AkinStore

/// The dates of documents, from the fields of their metadata that usually hold them.
enum DocumentDates {
    /// Names in the order they are looked for.
    private static let fields = [
        "date", "published", "published_at", "publication_date", "created", "created_at", "datetime", "timestamp", "time", "updated",
        "updated_at", "year",
    ]

    /// The first value that may be a date: a text, or a number that may be a year.
    ///
    /// - Parameter field: the field to look in; nil for the usual names.
    static func date(of document: StoredDocument, field: String?) throws -> String? {
        guard document.metadataJSON.utf8.count > 2 else { return nil }
        let metadata = try MetadataCoding.decode(of: document)
        for name in field.map({ [$0] }) ?? fields {
            switch metadata[name] {
            case .string(let text): return text
            case .number(let number) where (1000...2999).contains(number) && number == number.rounded(): return String(Int(number))
            default: continue
            }
        }
        return nil
    }
}
