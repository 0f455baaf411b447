import AkinStore
import AkinText

/// The version of `KeywordText` that made a store's search texts. Stores older than these versions have none.
enum KeywordTextVersion {
    private static let key = "keyword_text"

    /// The version as files of postings name it.
    static let current = UInt32(KeywordText.version)

    /// Whether some of the store's search texts were made by an older version.
    static func isOutdated(_ reader: any StoreReading) throws -> Bool {
        try reader.setting(key).flatMap(Int.init) != KeywordText.version && reader.holdsPassages()
    }

    /// Records the version in a store that has no passages yet.
    static func begin(_ writer: StoreWriter) throws {
        guard try writer.setting(key).flatMap(Int.init) != KeywordText.version, try !writer.holdsPassages() else {
            return
        }
        try note(writer)
    }

    static func note(_ writer: StoreWriter) throws { try writer.setSetting(key, String(KeywordText.version)) }

    /// The note about a store that is outdated.
    static let isOutdatedNote = Note(
        "Words with accents and other marks, and Korean ones, are found only in the form they are written in, "
            + "since an older version of Akin indexed them.",
        remedy: .optimize)
}

extension KeywordText {
    /// What keyword search reads in place of a passage; nil for the passage's text itself.
    ///
    /// - Parameter headings: those that the passage stands under, outermost first. What the title says already is not
    ///   repeated.
    static func searchText(title: String?, headings: [String] = [], passage: String) -> String? {
        var context = PreparedDocument.shownTitle(title).map { [$0] } ?? []
        for heading in headings where !context.contains(where: { $0.contains(heading) }) { context.append(heading) }
        let whole = PreparedDocument.encodedText(title: context.joined(separator: " "), passage: passage)
        return searchText(whole) ?? (whole == passage ? nil : whole)
    }
}

extension Database {
    /// Indexes the words of passages again where another version made them. Returns what was done; nil when there was
    /// nothing to do.
    func updateKeywordText() throws -> Note? {
        guard try store.read(KeywordTextVersion.isOutdated) else { return nil }
        let (changed, damaged) = try store.write { writer in
            let outcome = try writer.updateSearchTexts(KeywordText.searchText(title:headings:passage:))
            // Rows that are damaged may be repaired later, and are then looked at again.
            if outcome.damaged == 0 { try KeywordTextVersion.note(writer) }
            return outcome
        }
        var sentences: [String] = []
        if changed > 0 {
            sentences.append("The words of \(changed) \(changed == 1 ? "passage was" : "passages were") indexed again.")
        }
        if damaged > 0 {
            sentences.append(
                "\(damaged) damaged \(damaged == 1 ? "passage was" : "passages were") left alone.")
        }
        guard !sentences.isEmpty else { return nil }
        return Note(sentences.joined(separator: " "), remedy: damaged > 0 ? .repair : nil)
    }
}
