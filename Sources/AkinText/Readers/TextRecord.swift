public import AkinCore

/// One text as it was found in a file, a record of a file or on standard input.
public struct TextRecord: Hashable, Sendable, Codable {
    /// The record's id field, else the path relative to the PATH argument (for a file argument its name), plus `#` and
    /// the record's number (from 1, bad records counted, blank lines not) for records of a file.
    public var id: String
    /// Whether the id is the record's own and not made of its file's path.
    package var hasOwnID = false
    /// The title; nil where the text has none.
    public var title: String?
    /// The text itself.
    public var text: String
    /// What else is known of the text, by name.
    public var metadata: [String: JSONValue]
    /// The absolute path of the file, plus `#` and the record's number for records of a file; `-` is standard input. A
    /// record with a `metadata` object and a string `source`, as exports write it, has that source.
    public var source: String
    /// The line, from 1, the record begins at, where files have records on lines.
    public var line: Int?
    /// The parts of `text` in order; none overlaps another, and what stands between them is white space. Empty where the
    /// reader knows no structure.
    public var blocks: [TextBlock]

    /// Makes a record.
    public init(
        id: String, title: String? = nil, text: String, metadata: [String: JSONValue] = [:], source: String,
        line: Int? = nil, blocks: [TextBlock] = []
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.metadata = metadata
        self.source = source
        self.line = line
        self.blocks = blocks
    }
}

extension TextRecord {
    /// Makes a record that says whether its id is its own.
    package init(
        id: String, hasOwnID: Bool, title: String? = nil, text: String, metadata: [String: JSONValue] = [:],
        source: String, line: Int? = nil, blocks: [TextBlock] = []
    ) {
        self.init(
            id: id, title: title, text: text, metadata: metadata, source: source, line: line, blocks: blocks)
        self.hasOwnID = hasOwnID
    }
}

/// A record or file that was skipped: where it is, what is wrong with it and what can be done.
public struct RecordProblem: Remediable, Hashable, CustomStringConvertible {
    /// The path as given; `-` is standard input.
    public var path: String
    /// The line in the file, from 1; nil where the whole file is meant.
    public var line: Int?
    /// What is wrong: a clause that follows the place and a colon.
    public var message: String
    /// What can be done; nil where the message says all.
    public var remedy: Remedy?
    /// Whether a record is whole but holds nothing that is a text, as in files of settings.
    package var lacksText = false
    /// Whether the file breaks the rules of its format here, so that nobody knows what follows.
    package var endsFile = false

    package init(path: String, line: Int?, message: String, remedy: Remedy?, lacksText: Bool) {
        self.init(path: path, line: line, message: message, remedy: remedy)
        self.lacksText = lacksText
    }

    /// Makes a problem of a file or a record in it.
    public init(path: String, line: Int? = nil, message: String, remedy: Remedy? = nil) {
        self.path = path
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// `path:line: message`.
    public var description: String { line.map { "\(path):\($0): \(fullMessage)" } ?? "\(path): \(fullMessage)" }
}

/// What a reader finds, in order.
public enum ReadEvent: Sendable {
    /// A text.
    case record(TextRecord)
    /// A record or a whole file that cannot be read.
    case problem(RecordProblem)
    /// What a person should know about the reading of a file: a sentence without its end that begins with the file's
    /// path.
    case note(String)
    /// A file, or a part of it, says nothing of its character set, and was taken for one by its bytes.
    case guess(path: String, characterSet: String)
    /// So many more bytes of a file have been dealt with. Large files report several times; over a run the counts add
    /// up to the plan's bytes.
    case file(path: String, bytes: Int)
}

/// How records become texts.
package struct ReaderOptions: Hashable, Sendable {
    /// The format of every file; nil to go by extension.
    package var format: TextFormat?
    /// Which of the files in folders are read.
    package var selection: FileSelection
    /// The field that holds the id; nil for `id` where there is one.
    package var idField: String?
    /// The field that holds the text; nil for the first of `RecordMapper.defaultTextFields` that a record has.
    package var textField: String?
    /// The field that holds the title; nil for the first of `RecordMapper.defaultTitleFields` that a record has.
    package var titleField: String?
    /// The fields kept as metadata; nil for all other fields that are not null. The members of an object named
    /// `metadata` then stand beside them; a field of the record counts before a member of the same name.
    package var metadataFields: [String]?
    /// The most bytes of one text, line or row; a file that is one JSON value may have 16 times as many. A longer one
    /// is a problem, and the rest of its file is not read, because endless input must not fill the memory.
    package var maximumTextBytes = 256 << 20

    package init(
        format: TextFormat? = nil, selection: FileSelection = FileSelection(), idField: String? = nil,
        textField: String? = nil, titleField: String? = nil, metadataFields: [String]? = nil
    ) {
        self.format = format
        self.selection = selection
        self.idField = idField
        self.textField = textField
        self.titleField = titleField
        self.metadataFields = metadataFields
    }
}

/// The result of a whole run of reading.
package struct ReadSummary: Hashable, Sendable {
    package var files = 0
    package var records = 0
    package var problems = 0
    /// What was found in folders and not read, without being a problem.
    package var notRead = NotReadTally()
    package init() {}
}

/// A file that was read.
package struct FileRead: Hashable, Sendable {
    /// How many records a file of records holds, bad ones among them; nil for a file that is one text.
    package var records: Int?
    /// How many problems were met in it.
    package var problems = 0
    /// Whether it gave anything; false for a file in a folder that is binary or has no text.
    package var isText = true
    /// Whether what is in it is known; false where a program is missing that would read it, and
    /// for broken JSON.
    package var isKnown = true
}
