import AkinCore
public import AkinText
import Foundation
import Synchronization

/// Reads documents, mail and archives in a process of its own: the program `akin-reader`, which is built beside `akin`.
///
/// PDF, docx, odt, epub, pptx, xlsx, ods, eml, mbox, Maildir, ipynb, and what is packed in gz, zst, xz, bz2, zip and
/// tar are read. For other kinds it runs programs that are installed, or those given in `converters`. A file that crashes
/// its reader, or takes more than `limits` allow, is one reported problem; a new process reads the next file.
///
/// ```swift
/// var configuration = Database.Configuration()
/// configuration.readers = [ReaderProgram(at: "/usr/local/bin/akin-reader")]
/// ```
public final class ReaderProgram: FileReader {
    /// Where the program is.
    public let path: String
    /// Commands for files of other kinds, by extension in lower case: the command's words, with `{}` for the file's
    /// path. No shell is involved. What a command writes is read as text, or as HTML if it begins as HTML does.
    public let converters: [String: String]
    /// What one file may take.
    public let limits: ReaderLimits
    /// The folders in which programs are looked for, as the variable `PATH` has them; nil for those of the system.
    public let searchPath: String?

    /// A process that waits for a file.
    private let running = Mutex<ReaderProcess?>(nil)

    /// The program at a path. It is started when the first file is read.
    public init(
        at path: String, converters: [String: String] = [:], limits: ReaderLimits = ReaderLimits(),
        searchPath: String? = nil
    ) {
        self.path = path
        self.converters = Dictionary(converters.map { ($0.lowercased(), $1) }, uniquingKeysWith: { $1 })
        self.limits = limits
        self.searchPath = searchPath
    }

    public var extensions: Set<String> {
        Set(DocumentKind.allCases.flatMap(\.extensions) + FileConverter.known.keys + converters.keys)
    }

    public func reads(path: String) -> Bool {
        DocumentKind(path: path) != nil
            || path.lastPathPart?.nameExtension.map { name in
                let name = name.lowercased()
                return converters[name] != nil || FileConverter.known[name] != nil
            } ?? false
    }

    public func version(path: String) -> FileReaderVersion {
        let end = path.lastPathPart?.nameExtension?.lowercased() ?? ""
        if let command = converters[end] {
            return FileReaderVersion(
                "command-\(ContentHash.of([command]).prefix(4).hexadecimal)", FileConverter.readerVersion)
        }
        if let kind = DocumentKind(path: path) { return FileReaderVersion(kind.rawValue, kind.readerVersion) }
        return FileReaderVersion(ReadingVersion.converterName, FileConverter.readerVersion)
    }

    public func read(_ file: FileToRead, _ body: (ReadEvent) throws -> Void) throws {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw MissingProgram(program: "akin-reader", advice: "put it at \(path)")
        }
        let process =
            try running.withLock { $0.take() }
            ?? ReaderProcess(path, limits: limits, converters: converters, searchPath: searchPath)
        do {
            try process.read(file, body)
        } catch  where process.isReady {
            running.withLock { $0 = process }
            throw error
        }
        // A process that failed part-way goes, and is killed with that.
        running.withLock { $0 = process }
    }
}
