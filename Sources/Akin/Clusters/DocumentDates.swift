import AkinCluster
import AkinCore
import AkinStore
import Foundation

/// The dates of documents, from the fields of their metadata that usually hold them.
struct DocumentDates {
    /// Names in the order in which they are looked for, in any letter case.
    private static let usualFields = [
        "date", "published", "published_at", "publication_date", "created", "created_at", "datetime", "timestamp",
        "time", "updated",
        "updated_at", "year",
    ]

    /// The field that was asked for; nil for the usual names.
    private let field: String?
    /// Documents that have the field, whatever it holds.
    private var documentsWithField = 0
    /// How many values of the field are no dates, and the first of them with its document.
    private var unreadable = 0
    private var firstUnreadable: (value: String, document: String)?

    init(field: String?) { self.field = field }

    /// The first value that is a date, as `yyyy`, `yyyy-mm` or `yyyy-mm-dd`.
    mutating func date(of document: StoredDocument) throws -> String? {
        guard document.metadataJSON.utf8.count > 2 else { return nil }
        let metadata = try MetadataCoding.decode(of: document)
        let names = field.map { [$0] } ?? Self.usualFields
        // Of fields that differ by letter case alone, always the same one.
        let byLowerCase = Dictionary(metadata.keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: min)
        var found: (value: JSONValue, date: String?)?
        for name in names {
            guard let value = metadata[name] ?? byLowerCase[name.lowercased()].flatMap({ metadata[$0] }), value != .null
            else { continue }
            let date = Self.date(value)
            if found == nil || date != nil { found = (value, date) }
            if date != nil { break }
        }
        guard let found else { return nil }
        documentsWithField += 1
        if found.date == nil {
            unreadable += 1
            if firstUnreadable == nil { firstUnreadable = (found.value.scalarText ?? "a list or object", document.id) }
        }
        return found.date
    }

    /// What a person should know of the dates that were looked for.
    ///
    /// - Throws: `AkinError(.notFound)` when no document has the field that was asked for.
    func notes() throws -> [Note] {
        if let field, documentsWithField == 0 {
            throw AkinError(
                .notFound,
                "No document has a metadata field \(field.debugDescription), which was named as the field of dates.")
        }
        // A field with a usual name that holds no date anywhere means something else.
        guard let firstUnreadable, field != nil || unreadable < documentsWithField else { return [] }
        let (value, document) = (firstUnreadable.value.prefix(60), firstUnreadable.document)
        return [
            Note(
                "\(unreadable) document\(unreadable == 1 ? " has a date" : "s have dates") that cannot be read and "
                    + "\(unreadable == 1 ? "is" : "are") left out of the timeline, the first \(String(value).debugDescription) of "
                    + "\(document.debugDescription): dates are written 2024, 2024-05 or 2024-05-31, or as seconds since 1970."
            )
        ]
    }

    /// The date that a value stands for: a text that begins with one, a year, `yyyymmdd`, or a time in seconds or
    /// milliseconds since 1970.
    static func date(_ value: JSONValue) -> String? {
        guard let text = value.scalarText else { return nil }
        if let date = CalendarDate.beginning(text) { return date }
        guard let number = Double(text), number.isFinite else { return nil }
        if text.utf8.count == 8, (1e7..<1e8).contains(number) {
            return CalendarDate.beginning("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
        }
        // Seconds or milliseconds of the years 1973 to 2286. Smaller numbers are years, or dates written without
        // dashes.
        let seconds: Double
        switch number {
        case 1e8..<1e10: seconds = number
        case 1e11..<1e13: seconds = number / 1000
        default: return nil
        }
        return CalendarDate.beginning(Date(timeIntervalSince1970: seconds).formatted(.iso8601))
    }
}
