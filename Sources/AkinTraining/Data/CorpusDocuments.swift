import AkinCore
import AkinText

/// Texts to learn from without labels, streamed: of a text file, a sentence or paragraph a line, with a blank line between
/// documents; of a file of records (`.csv`, `.tsv`, `.jsonl`), the text of each record is a document; of a folder, each
/// text that `akin index` would read.
package struct CorpusDocuments: Sendable {
    /// A document without a blank line ends here, so that memory does not grow with the file.
    static let longestDocument = 10_000

    package let paths: [String]
    /// The field that holds the text of a record; nil for the first of the usual names.
    package let textField: String?
    /// The files in folders that the last reading guessed the character set of.
    package let guesses = GuessTally()

    package init(paths: [String], textField: String? = nil) {
        self.paths = paths
        self.textField = textField
    }

    /// Calls `body` with the lines of each document that hold visible text, and at times `progress` with the bytes read
    /// since the last call.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no text, `.invalidData` for the
    ///   first line that is not UTF-8; what `body` and `progress` throw.
    package func forEach(
        progress: (_ bytes: Int) throws -> Void = { _ in }, _ body: (_ lines: [String]) throws -> Void
    ) throws {
        guesses.reset()
        var hasText = false
        for path in paths {
            try read(path, progress) { lines in
                hasText = true
                try body(lines)
            }
        }
        guard hasText else { throw AkinError(.noInput, "\(paths.joined(separator: ", ")) holds no text.") }
    }

    /// The bytes of all files.
    package var byteCount: Int { paths.reduce(0) { $0 + Self.byteCount($1) } }

    /// Whoever trains on a folder means all of its texts.
    private static func reader(_ path: String, textField: String? = nil) -> CorpusReader {
        let all = FileSelection(obeysIgnoreFiles: false)
        return CorpusReader(paths: [path], options: ReaderOptions(selection: all, textField: textField))
    }

    private static func byteCount(_ path: String) -> Int {
        guard let status = FileStatus(of: path) else { return 0 }
        return status.kind == .folder ? (try? reader(path).plan().bytes) ?? 0 : status.size
    }

    private func read(_ path: String, _ progress: (Int) throws -> Void, _ body: ([String]) throws -> Void) throws {
        if FileStatus(of: path)?.kind == .folder { return try readFolder(path, progress, body) }
        let format = path.nameExtension.flatMap { TextFormat(extension: $0) }
        switch format {
        case .csv?, .tsv?, .jsonl?, .json?:
            let file = try FieldRecords(path: path)
            let names = ExampleFields(text: textField)
            try file.forEach { fields, line in
                let record = ExampleRecord(fields: fields, line: line, file: file)
                let text = try record.text(try record.textKeys(names).text)
                try body(Self.lines(of: text))
            }
            try progress(Self.byteCount(path))
        default: try readLines(TextFileLines(path: path), progress, body)
        }
    }

    private func readFolder(
        _ path: String, _ progress: (Int) throws -> Void, _ body: ([String]) throws -> Void
    ) throws {
        try Self.reader(path, textField: textField).read { event in
            switch event {
            case .record(let record):
                let lines = Self.lines(of: record.text)
                if !lines.isEmpty { try body(lines) }
            case .problem(let problem): throw AkinError(.invalidData, "\(problem).".onOneLine)
            case .file(_, let bytes): try progress(bytes)
            case .guess(let path, let set): guesses.add(path, characterSet: set)
            case .note: break
            }
        }
    }

    private static func lines(of text: String) -> [String] {
        text.split { $0.isNewline }.map(String.init).filter(\.hasVisibleText)
    }

    private func readLines(
        _ lines: TextFileLines, _ progress: (Int) throws -> Void, _ body: ([String]) throws -> Void
    ) throws {
        var document: [String] = []
        while let (_, line) = try lines.next() {
            if let bytes = lines.takeProgress() { try progress(bytes) }
            if line.hasVisibleText {
                document.append(line)
                if document.count < Self.longestDocument { continue }
            }
            if !document.isEmpty { try body(document) }
            document.removeAll(keepingCapacity: true)
        }
        if !document.isEmpty { try body(document) }
    }
}
