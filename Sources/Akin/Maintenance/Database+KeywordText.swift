import AkinStore
import AkinText

/// The version of `KeywordText` that made a store's search texts.
enum KeywordTextVersion {
    private static let key = "keyword_text"

    /// The version as files of postings name it.
    static let current = UInt32(KeywordText.version)

    /// Stores older than these versions do not say one.
    private static func stored(_ reader: any StoreReading) throws -> Int {
        try reader.setting(key).flatMap(Int.init) ?? 1
    }

    /// Whether some of the store's search texts were made by an older version.
    static func isOutdated(_ reader: any StoreReading) throws -> Bool {
        try stored(reader) != KeywordText.version && reader.holdsPassages()
    }

    /// Whether some of the store's search texts have words with accents as they are written.
    static func keepsWrittenForms(_ reader: any StoreReading) throws -> Bool {
        try stored(reader) < 2 && reader.holdsPassages()
    }

    /// Records the version in a store that has no passages yet.
    static func begin(_ writer: StoreWriter) throws {
        guard try stored(writer) != KeywordText.version, try !writer.holdsPassages() else { return }
        try note(writer)
    }

    static func note(_ writer: StoreWriter) throws { try writer.setSetting(key, String(KeywordText.version)) }

    /// What is not found in a store that is outdated; nil for one that is not.
    static func outdatedNote(_ reader: any StoreReading) throws -> Note? {
        guard try isOutdated(reader) else { return nil }
        return try keepsWrittenForms(reader) ? writtenFormsNote : partsNote
    }

    static let writtenFormsNote = Note(
        "Words with accents and other marks, and Korean ones, are found only in the form they are written in, "
            + "since an older version of Akin indexed them.",
        remedy: .optimize)

    private static let partsNote = Note(
        "Names from programs are not found by their parts, and phrases may run from a title into the text, "
            + "since an older version of Akin indexed the words.",
        remedy: .optimize)
}

extension KeywordText {
    /// What keyword search reads in place of a passage; nil for the passage's text itself.
    ///
    /// - Parameter headings: those that the passage stands under, outermost first. They are one row of words; what the
    ///   title or a heading above says already is not repeated.
    static func searchText(title: String?, headings: [String] = [], passage: String) -> String? {
        let title = PreparedDocument.shownTitle(title).map { [$0] } ?? []
        var path: [String] = []
        for heading in headings where !(title + path).contains(where: { $0.contains(heading) }) { path.append(heading) }
        return searchText(ofParts: title + (path.isEmpty ? [] : [path.joined(separator: " ")]) + [passage])
    }
}

extension Database {
    /// Indexes the words of passages again where another version made them; with `compacting`, also where one kept a copy
    /// of the text with them. Returns what was done; nil when there was nothing to do. Cost: deletes and inserts the row
    /// of every passage, in one transaction.
    @discardableResult
    func updateKeywordText(compacting: Bool = false) throws -> Note? {
        let (isOutdated, isWhole) = try store.read { reader in
            (try KeywordTextVersion.isOutdated(reader), try compacting && reader.holdsWholeSearchTexts())
        }
        guard isOutdated || isWhole else { return nil }
        let (changed, damaged) = try store.write { writer in
            let outcome = try writer.updateSearchTexts(KeywordText.searchText(title:headings:passage:))
            // Rows that are damaged may be repaired later, and are then looked at again.
            if outcome.damaged == 0 { try KeywordTextVersion.note(writer) }
            return outcome
        }
        var sentences: [String] = []
        if changed > 0 {
            let passages = "\(changed) \(changed == 1 ? "passage" : "passages")"
            sentences.append(
                isOutdated
                    ? "The words of \(passages) were indexed again."
                    : "The texts of \(passages) are kept without the copy that keyword search had.")
        }
        if damaged > 0 {
            sentences.append(
                "\(damaged) damaged \(damaged == 1 ? "passage was" : "passages were") left alone.")
        }
        guard !sentences.isEmpty else { return nil }
        return Note(sentences.joined(separator: " "), remedy: damaged > 0 ? .repair : nil)
    }
}
