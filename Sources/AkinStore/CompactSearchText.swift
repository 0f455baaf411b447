import Foundation

/// What keyword search reads of a passage, as the store keeps it: without a second copy of the passage's text.
///
/// A title, headings and parts of names stand around the text in most search texts. Such a one is kept as U+FFFFC, what
/// comes before the text, U+FFFFC, and what comes behind it. The view `passage_search_text` puts them together.
enum CompactSearchText {
    /// A private-use character, the first of a search text that is kept so.
    private static let mark: Unicode.Scalar = "\u{FFFFC}"
    private static let markBytes = Data(String(mark).utf8)
    /// The mark in SQL.
    static let markSQL = "char(\(mark.value))"

    /// Bytes of what stands for the passage's text. A shorter text is kept as it is.
    static let overhead = 2 * markBytes.count

    /// The search text as it is stored. One that begins with U+FFFFC itself loses that.
    ///
    /// - Complexity: O(n).
    static func stored(_ searchText: String, ofPassage text: String) -> String {
        let whole = Data(searchText.utf8)
        guard text.utf8.count > overhead, whole.range(of: markBytes) == nil,
            let place = whole.range(of: Data(text.utf8))
        else { return String(searchText.unicodeScalars.drop { $0 == mark }) }
        let parts = markBytes + whole[..<place.lowerBound] + markBytes + whole[place.upperBound...]
        return String(decoding: parts, as: UTF8.self)
    }
}
