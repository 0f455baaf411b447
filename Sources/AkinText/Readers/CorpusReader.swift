import AkinCore
package import Foundation
import Synchronization

/// Reads every text below a list of files and folders.
///
/// A file that is named directly is read in the format of its name, else as plain text. In a folder, the files of known
/// kinds are read that `options.selection` does not leave out; the others are counted. A pipe or device that is named directly is a problem and is not opened. With
/// `options.format` named files are read in that format, and in folders those of a related format or of unknown
/// extension. `-` is standard input: without a format JSON lines if its first visible byte is `{`, else one plain text.
package struct CorpusReader: Sendable {
    private let paths: [String]
    private let options: ReaderOptions
    private let standardInput: FileHandle?
    /// What `plan` found, until `read` takes it.
    private let planned = PlannedWalk()

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
        let walk = try walk()
        planned.walk.withLock { $0 = walk }
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
        let walk = try planned.walk.withLock { $0.take() } ?? walk()
        var summary = ReadSummary()
        summary.notRead = walk.notRead
        summary.leftOut = walk.leftOut
        summary.folders = walk.folders
        var unseen = walk.unseen
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
            if let reason = try read(file, &unseen, emit) {
                summary.notRead.add(file.path, reason)
            } else {
                summary.files += 1
            }
            if file.path != "-" {
                let records = file.format.isRecords ? summary.records + summary.problems - before : nil
                summary.filesRead.append(FileRead(source: file.source, id: file.id, records: records))
            }
            try emit(.file(path: file.path, bytes: max(0, file.byteCount - reportedBytes)))
        }
        summary.unseen = unseen
        return summary
    }

    private func walk() throws -> FileWalk {
        let walk = try FileWalk(paths: paths, format: options.format, selection: options.selection)
        if options.requiresFiles { try walk.requireFiles() }
        return walk
    }

    /// - Returns: why the file was not read, where that is no problem.
    private func read(
        _ file: SourceFile, _ unseen: inout [String], _ emit: (ReadEvent) throws -> Void
    ) throws -> FilesNotRead.Reason? {
        let handle: FileHandle
        do {
            handle = try open(file)
        } catch let error as AkinError {
            guard !file.isNamed else { throw error }
            unseen.append(file.source)
            try emit(.problem(RecordProblem(path: file.path, message: error.message, remedy: error.remedy)))
            return nil
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
            return nil
        }
        let mapper = RecordMapper(options: options, file: file)
        if file.format.isRecords, !file.isNamed {
            var records = FoundRecords()
            try read(file, source, mapper) { event in try records.pass(event, emit) }
            return records.isFileOfTexts ? nil : file.byteCount == 0 ? .empty : .noTexts
        }
        let looksBinary = source.lookahead.prefix(Self.sniffedBytes).contains(0)
        if try read(file, source, mapper, emit) { return nil }
        return looksBinary ? .notText : .empty
    }

    /// How many bytes of a file that was not read say why.
    private static let sniffedBytes = 8192

    /// - Returns: false when the file, found in a folder, holds no text.
    @discardableResult
    private func read(
        _ file: SourceFile, _ source: ByteReader, _ mapper: RecordMapper, _ emit: (ReadEvent) throws -> Void
    ) throws -> Bool {
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

/// A walk that was made and is not used yet.
private final class PlannedWalk: Sendable {
    let walk = Mutex<FileWalk?>(nil)
}
