import AkinCore
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

    package init(paths: [String], options: ReaderOptions = ReaderOptions(), standardInput: FileHandle? = nil) {
        self.paths = paths
        self.options = options
        self.standardInput = standardInput
    }

    /// The files there are to read and their bytes, without opening them; standard input counts as a file of no bytes.
    ///
    /// - Throws: `AkinError.noInput` for a path that does not exist or cannot be read, and for a folder without a
    ///   readable text.
    package func plan() throws -> (files: Int, bytes: Int) {
        let walk = try FileWalk(paths: paths, format: options.format)
        return (walk.files.count, walk.files.reduce(0) { $0 + $1.byteCount })
    }

    /// Calls `body` with each text, each problem and the progress, in the order of the paths; a folder's files are
    /// sorted by name.
    ///
    /// Bad records and, in folders, bad files are problems; what comes after them is read. Files of records, except
    /// `.json`, are streamed.
    /// - Throws: `AkinError.noInput` as `plan` does, before anything is read; `AkinError.inputOutput` when a device
    ///   fails; what `body` throws.
    @discardableResult
    package func read(_ body: (ReadEvent) throws -> Void) throws -> ReadSummary {
        let walk = try FileWalk(paths: paths, format: options.format)
        var summary = ReadSummary()
        summary.skippedFiles = walk.skippedFiles
        summary.folders = walk.folders
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
        for problem in walk.problems { try emit(.problem(problem)) }
        for file in walk.files {
            reportedBytes = 0
            let before = summary.records + summary.problems
            if try read(file, emit) { summary.files += 1 } else { summary.skippedFiles += 1 }
            if file.path != "-" {
                let records = file.format.isRecords ? summary.records + summary.problems - before : nil
                summary.filesRead.append(FileRead(source: file.source, id: file.id, records: records))
            }
            try emit(.file(path: file.path, bytes: max(0, file.byteCount - reportedBytes)))
        }
        return summary
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
        case .text, .markdown, .html, .source, .restructuredText, .asciidoc, .org, .latex, .manual, .subtitles:
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
