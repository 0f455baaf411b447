import AkinCore
import AkinText

/// Reads texts with a marked word and its sense: from files of records (`.csv`, `.tsv`, `.jsonl`, `.json`) with
/// `text`, `sense` and where the word is, or from sentences in CoNLL's form, in which only marked words have a tag.
///
/// In a record, the place is `start` and `end`, half-open and in Unicode scalars of the text, or `word`: then it is the
/// first place of the word, or the one that holds `start`. With both, `word` is the word that the place is a form of.
package struct SenseExampleReader: Sendable {
    private let places: @Sendable (_ word: String, _ text: String) -> [Range<Int>]

    /// - Parameter places: where a word stands in a text, in any of its forms.
    package init(places: @escaping @Sendable (_ word: String, _ text: String) -> [Range<Int>]) {
        self.places = places
    }

    /// All examples of some files, in order.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no example; `.invalidData`,
    ///   with its place, for the first record that is no example.
    package func read(_ paths: [String]) throws -> [SenseExample] {
        let examples = try paths.flatMap { path in
            TextFormat(ofRecordsAt: path) == nil ? try sentences(path) : try records(path)
        }
        guard !examples.isEmpty else {
            throw AkinError(.noInput, "\(paths.joined(separator: ", ")) holds no examples.")
        }
        return examples
    }

    private func records(_ path: String) throws -> [SenseExample] {
        let file = try FieldRecords(path: path)
        var examples: [SenseExample] = []
        try file.forEach { fields, line in
            let record = ExampleRecord(fields: fields, line: line, file: file)
            let text = try record.text(record.textKeys(ExampleFields()).text)
            let label = try record.labelKey(nil, usual: ["sense", "label"])
            let place = try place(of: record, in: text)
            examples.append(
                SenseExample(text: text, place: place.range, word: place.word, sense: try record.label(label)))
        }
        return examples
    }

    private func place(of record: ExampleRecord, in text: String) throws -> (range: Range<Int>, word: String) {
        let word = try record.fields.key(named: ["word"]).map { try record.text($0).lowercased() }
        let start = try record.scalar("start")
        if let start, let end = try record.scalar("end") {
            let scalars = Array(text.unicodeScalars)
            guard start >= 0, start < end, end <= scalars.count else {
                throw record.fault(
                    "the place from \(start) to \(end) is not in the text of \(scalars.count) characters")
            }
            let marked = String(String.UnicodeScalarView(scalars[start..<end]))
            guard marked.hasVisibleText else { throw record.fault("the place from \(start) to \(end) holds no word") }
            return (start..<end, word ?? marked.lowercased())
        }
        guard let word else {
            throw record.fault("the record says of no word where it is; give \"word\", or \"start\" and \"end\"")
        }
        let found = places(word, text)
        guard let range = start.map({ start in found.first { $0.contains(start) } }) ?? found.first else {
            throw record.fault(
                "the word '\(word)' does not stand \(start.map { "at \($0) " } ?? "")in the text")
        }
        return (range, word)
    }

    /// One example for each tagged word, or run of words, of a file in CoNLL's form.
    private func sentences(_ path: String) throws -> [SenseExample] {
        try CoNLLReader().read([path]).flatMap { sentence in
            var starts: [Int] = []
            var length = 0
            for word in sentence.words {
                starts.append(length)
                length += word.unicodeScalars.count + 1
            }
            return SpanExtraction.lenient(sentence.tags.compactMap(TagParts.init)).map { span in
                let words = sentence.words[span.words]
                let start = starts[span.words.lowerBound]
                let marked = words.joined(separator: " ")
                return SenseExample(
                    text: sentence.words.joined(separator: " "),
                    place: start..<start + marked.unicodeScalars.count, word: marked.lowercased(), sense: span.type)
            }
        }
    }
}

extension TextFormat {
    /// The format of a file that holds records by its name; nil for any other.
    fileprivate init?(ofRecordsAt path: String) {
        guard let format = path.nameExtension.flatMap({ TextFormat(extension: $0) }),
            [.csv, .tsv, .jsonl, .json].contains(format)
        else { return nil }
        self = format
    }
}

extension ExampleRecord {
    /// A number of Unicode scalars; nil where the field is not there or empty.
    fileprivate func scalar(_ key: String) throws -> Int? {
        switch fields[key] {
        case nil, .null?, .string("")?: return nil
        default:
            guard let number = Int(exactly: try score(key)) else {
                throw fault("the field '\(key)' is no whole number")
            }
            return number
        }
    }
}
