package import AkinCore
package import Foundation

/// Reads every text below a list of files and folders.
///
/// A file that is named directly is read in the format of its extension, else as plain text. In a folder, the files
/// with known extensions are read. A pipe or device that is named directly is a problem and is not opened. With
/// `options.format` named files are read in that format, and in folders those of a related format or of unknown
/// extension. `-` is standard input: without a format JSON lines if its first visible byte is `{`, else one plain text.
package struct CorpusReader: Sendable {
    private let paths: [String]
    private let options: ReaderOptions
    private let standardInput: FileHandle?
    private let readers: [any FileReader]

    /// - Parameter readers: those that read files before the readers of this module do; the first that wants a file
    ///   gets it.
    package init(
        paths: [String], options: ReaderOptions = ReaderOptions(), standardInput: FileHandle? = nil,
        readers: [any FileReader] = []
    ) {
        self.paths = paths
        self.options = options
        self.standardInput = standardInput
        self.readers = readers
    }

    /// The files there are to read and their bytes, without opening them; standard input counts as a file of no bytes.
    ///
    /// - Throws: `AkinError.noInput` for a path that does not exist or cannot be read, and for a folder without a
    ///   readable text.
    package func plan() throws -> (files: Int, bytes: Int) {
        let walk = try walk()
        return (walk.files.count, walk.files.reduce(0) { $0 + $1.byteCount })
    }

    /// The files there are to read, without opening them.
    ///
    /// - Throws: as `plan`.
    package func walk() throws -> FileWalk { try FileWalk(paths: paths, format: options.format, readers: readers) }

    /// Calls `body` with each text, each problem and the progress, in the order of the paths; a folder's files are
    /// sorted by name.
    ///
    /// Bad records and, in folders, bad files are problems; what comes after them is read. Files of records, except
    /// `.json`, are streamed.
    /// - Throws: `AkinError.noInput` as `plan` does, before anything is read; `AkinError.inputOutput` when a device
    ///   fails; what `body` throws.
    @discardableResult
    package func read(_ body: (ReadEvent) throws -> Void) throws -> ReadSummary {
        let walk = try walk()
        for problem in walk.problems { try body(.problem(problem)) }
        var summary = try read(walk.files, body: body)
        summary.problems += walk.problems.count
        summary.skippedFiles += walk.skippedFiles
        summary.folders = walk.folders
        return summary
    }

    /// Reads some files, in their order.
    ///
    /// - Parameters:
    ///   - begin: is asked before a file is opened; false leaves it out.
    ///   - end: is told what was read of a file, after its records.
    package func read(
        _ files: [SourceFile], begin: (SourceFile) throws -> Bool = { _ in true },
        end: (SourceFile, FileRead) throws -> Void = { _, _ in }, body: (ReadEvent) throws -> Void
    ) throws -> ReadSummary {
        var summary = ReadSummary()
        var reportedBytes = 0
        func emit(_ event: ReadEvent) throws {
            switch event {
            case .record: summary.records += 1
            case .problem: summary.problems += 1
            case .note: break
            case .file(_, let bytes): reportedBytes += bytes
            }
            try body(event)
        }
        var external = ExternalReading()
        for file in files {
            reportedBytes = 0
            let before = (records: summary.records, problems: summary.problems)
            if try begin(file) {
                let isText =
                    if let reader = file.reader {
                        try external.read(file, with: readers[reader], options: options, emit)
                    } else {
                        try read(file, emit)
                    }
                if isText { summary.files += 1 } else { summary.skippedFiles += 1 }
                let problems = summary.problems - before.problems
                let holdsRecords = file.format.isRecords || file.reader != nil
                let found = FileRead(
                    source: file.source, id: file.id,
                    records: holdsRecords ? summary.records - before.records + problems : nil,
                    problems: problems, isText: isText, isKnown: isText || file.reader == nil)
                if file.path != "-" { summary.filesRead.append(found) }
                try end(file, found)
            }
            try emit(.file(path: file.path, bytes: max(0, file.byteCount - reportedBytes)))
        }
        try external.reportMissing(emit)
        return summary
    }

    /// Reads one file whose texts have a given id and source.
    ///
    /// - Parameter name: what the file is called where it comes from.
    package static func read(
        _ file: FileToRead, name: String, format: TextFormat, _ body: (ReadEvent) throws -> Void
    ) throws {
        let source = SourceFile(
            path: file.path, source: file.source, id: file.id, relativePath: name, format: format, byteCount: 0,
            modified: 0, isNamed: true, givenName: name.lastPathPart)
        _ = try CorpusReader(paths: [], options: file.options).read(source, body)
    }

    /// - Returns: false when the file was skipped without a report.
    private func read(_ file: SourceFile, _ emit: (ReadEvent) throws -> Void) throws -> Bool {
        let handle: FileHandle
        do {
            handle = try open(file)
        } catch let error as AkinError {
            guard !file.isNamed else { throw error }
            try emit(.problem(RecordProblem(path: file.path, message: error.message, remedy: error.remedy)))
            return true
        }
        defer { if file.path != "-" { try? handle.close() } }
        let source = try ByteReader(handle: handle, path: file.path)
        var file = file
        if file.path == "-", options.format == nil,
            source.lookahead.first(where: {
                $0 != 0x20 && !(0x09...0x0D).contains($0) && ![0, 0xFE, 0xFF].contains($0)
            }) == UInt8(ascii: "{")
        {
            file.format = .jsonl
        }
        // Records are converted as they are read, so only whole texts are converted here.
        if file.format.isRecords, let message = TextDecoding.wideEncodingProblem(source.lookahead) {
            try emit(.problem(RecordProblem(path: file.path, message: "the file \(message)")))
            return true
        }
        let mapper = RecordMapper(options: options, file: file)
        switch file.format {
        case .jsonl: try JSONLinesReader(mapper: mapper).read(source, emit)
        case .json: try JSONFileReader(mapper: mapper).read(source, emit)
        case .csv: try DelimitedReader(mapper: mapper, isTabs: false).read(source, emit)
        case .tsv: try DelimitedReader(mapper: mapper, isTabs: true).read(source, emit)
        case .text, .markdown, .html, .source:
            return try DocumentReader(options: options, file: file).read(source, emit)
        }
        return true
    }

    private func open(_ file: SourceFile) throws -> FileHandle {
        guard file.path == "-" else {
            guard let handle = FileHandle(forReadingAtPath: file.path) else {
                throw AkinError(
                    .noInput,
                    "The input '\(file.path)' cannot be opened; check its permissions and that it still exists.")
            }
            return handle
        }
        guard let standardInput else {
            throw AkinError(.noInput, "Standard input, named by -, is not available here; name a file instead.")
        }
        return standardInput
    }
}
