package import AkinCore
package import Foundation

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
        summary.notRead.add(walk.notRead)
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
            case .note, .guess: break
            case .file(_, let bytes): reportedBytes += bytes
            }
            try body(event)
        }
        var external = ExternalReading()
        for file in files {
            reportedBytes = 0
            let before = (records: summary.records, problems: summary.problems)
            if try begin(file) {
                var found = FileRead()
                let state = StatusBeforeReading(of: file)
                if let reader = file.reader {
                    found.isKnown = try external.read(file, with: readers[reader], options: options, emit)
                    found.isText = found.isKnown
                } else if let reason = try readSteadily(file, emit) {
                    summary.notRead.add(file.path, reason)
                    found.isText = false
                    found.isKnown = reason != .broken
                }
                if file.holdsRecords || file.reader != nil, found.isText, state.hasChanged {
                    try emit(.problem(state.problem("what was stored of it may be of two states")))
                }
                if found.isText { summary.files += 1 }
                found.problems = summary.problems - before.problems
                if file.holdsRecords { found.records = summary.records - before.records + found.problems }
                try end(file, found)
            }
            try emit(.file(path: file.path, bytes: max(0, file.byteCount - reportedBytes)))
        }
        try external.reportMissing(emit)
        return summary
    }

    /// Reads one file whose texts have a given id and source.
    ///
    /// - Parameters:
    ///   - name: what the file is called where it comes from.
    ///   - isNamed: whether somebody asked for this file and not for what it was found in.
    /// - Returns: why a file that nobody asked for was not read, where that is no problem.
    @discardableResult
    package static func read(
        _ file: FileToRead, name: String, format: TextFormat, isNamed: Bool = true,
        _ body: (ReadEvent) throws -> Void
    ) throws -> FilesNotRead.Reason? {
        let source = SourceFile(
            path: file.path, source: file.source, relativePath: name, id: file.id, format: format,
            byteCount: FileStatus(of: file.path)?.size ?? 0,
            modified: 0, isNamed: isNamed, givenName: name.lastPathPart)
        return try CorpusReader(paths: [], options: file.options).read(source, body)
    }

    /// The files there are to read.
    ///
    /// - Parameters:
    ///   - requiringFiles: whether folders without a readable text are an error.
    ///   - scope: what else the folders belong to.
    /// - Throws: as `plan` does.
    package func walk(requiringFiles: Bool = true, scope: WalkScope = WalkScope()) throws -> FileWalk {
        let walk = try FileWalk(
            paths: paths, format: options.format, selection: options.selection, readers: readers, scope: scope)
        if requiringFiles { try walk.requireFiles() }
        return walk
    }

    /// How often a text is read that changes meanwhile.
    private static let mostReadings = 3

    /// Reads a file whose text changes while it is read once more, so that the text is of one state.
    ///
    /// - Returns: why the file was not read, where that is no problem.
    private func readSteadily(_ file: SourceFile, _ emit: (ReadEvent) throws -> Void) throws -> FilesNotRead.Reason? {
        guard file.path != "-", !file.format.isRecords else { return try read(file, emit) }
        for _ in 0..<Self.mostReadings {
            let state = StatusBeforeReading(of: file)
            var events: [ReadEvent] = []
            let reason = try read(file) { events.append($0) }
            guard state.hasChanged else {
                for event in events { try emit(event) }
                return reason
            }
        }
        try emit(.problem(StatusBeforeReading(of: file).problem("it was not stored")))
        return nil
    }

    /// - Returns: why the file was not read, where that is no problem.
    private func read(_ file: SourceFile, _ emit: (ReadEvent) throws -> Void) throws -> FilesNotRead.Reason? {
        let handle: FileHandle
        do {
            handle = try open(file)
        } catch let error as AkinError {
            guard file.path != "-" else { throw error }
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
        // Whole texts are decoded when all of them is there.
        guard file.format.isRecords else {
            let looksBinary = source.lookahead.prefix(Self.sniffedBytes).contains(0)
            if try DocumentReader(options: options, file: file).read(source, emit) { return nil }
            return looksBinary ? .notText : .empty
        }
        if file.isNamed, let offset = source.lookahead.binaryMark {
            let message = "looks like a binary file (NUL byte at offset \(offset)); leave it out or convert it to text"
            try emit(.problem(RecordProblem(path: file.path, message: message)))
            return nil
        }
        let encoding = try RecordEncoding(of: file, source)
        do {
            if let encoding { try source.decode(encoding.set) }
            let reason = try readRecords(file, source, emit)
            if reason == nil, let encoding, encoding.isGuess {
                try emit(.guess(path: file.path, characterSet: encoding.set.rawValue))
            }
            return reason
        } catch let fault as CharacterSet.DecodingFault {
            guard let encoding else { throw fault }
            let message =
                "the file \(fault.message(about: encoding.set, by: encoding.reason)). What follows was not read"
            try emit(.problem(RecordProblem(path: file.path, message: message)))
            return nil
        }
    }

    /// - Returns: why the file was not read, where that is no problem.
    private func readRecords(
        _ file: SourceFile, _ source: ByteReader, _ emit: (ReadEvent) throws -> Void
    ) throws -> FilesNotRead.Reason? {
        let mapper = RecordMapper(options: options, file: file)
        guard !file.isNamed else {
            try read(file, source, mapper, emit)
            return nil
        }
        var records = FoundRecords()
        try read(file, source, mapper) { event in try records.pass(event, emit) }
        return records.reason(byteCount: file.byteCount)
    }

    /// How many bytes of a file that was not read say why.
    private static let sniffedBytes = 8192

    private func read(
        _ file: SourceFile, _ source: ByteReader, _ mapper: RecordMapper, _ emit: (ReadEvent) throws -> Void
    ) throws {
        switch file.format {
        case .json: try JSONFileReader(mapper: mapper).read(source, emit)
        case .csv: try DelimitedReader(mapper: mapper, isTabs: false).read(source, emit)
        case .tsv: try DelimitedReader(mapper: mapper, isTabs: true).read(source, emit)
        default: try JSONLinesReader(mapper: mapper).read(source, emit)
        }
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

extension ArraySlice<UInt8> {
    /// Where the first NUL stands in a head that no file of records has: one with NUL in its first bytes, and with bytes
    /// that are no UTF-8 or no character of a text. Nil for UTF-16 and UTF-32.
    fileprivate var binaryMark: Int? {
        let head = prefix(64)
        guard CharacterSet(wide: self) == nil, let place = head.firstIndex(of: 0),
            head.contains(where: { (1..<9).contains($0) }) || String(validating: head, as: UTF8.self) == nil
        else { return nil }
        return place - startIndex
    }
}
