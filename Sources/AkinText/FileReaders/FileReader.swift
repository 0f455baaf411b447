import AkinCore

/// Reads files of kinds that Akin does not read by itself, such as PDF.
///
/// Give readers in `Database.Configuration.readers`. The first one that wants a file gets it, also where Akin knows the
/// extension. `ReaderProgram` reads the usual formats of documents, mail and archives. A reader of your own gives each
/// text that it finds, with the file's id:
///
/// ```swift
/// struct SubtitleReader: FileReader {
///     let extensions: Set<String> = ["sub"]
///
///     func read(_ file: FileToRead, _ body: (ReadEvent) throws -> Void) throws {
///         let lines = try String(contentsOfFile: file.path, encoding: .utf8).split(separator: "|")
///         try body(.record(TextRecord(id: file.id, text: lines.joined(separator: "\n"), source: file.source)))
///     }
/// }
/// ```
public protocol FileReader: Sendable {
    /// The extensions, in lower case and without the full stop, of the files that are read.
    var extensions: Set<String> { get }

    /// Whether a file is read, judged by its path alone. Without an implementation of its own, a reader reads the files
    /// with its `extensions`.
    func reads(path: String) -> Bool

    /// What reads the file at a path, and in which version. Without an implementation of its own, a reader is
    /// `reader/1`.
    func version(path: String) -> FileReaderVersion

    /// Calls `body` with each text and each problem of a file, in the file's order.
    ///
    /// - Throws: `FileRefusal` or `AkinError` where the file as a whole cannot be read, which is reported, after which
    ///   the next file is read; `MissingProgram` where a program is needed that is not installed; what `body` throws.
    func read(_ file: FileToRead, _ body: (ReadEvent) throws -> Void) throws
}

extension FileReader {
    public func reads(path: String) -> Bool {
        path.lastPathPart?.nameExtension.map { extensions.contains($0.lowercased()) } ?? false
    }

    public func version(path: String) -> FileReaderVersion { FileReaderVersion("reader", 1) }
}

/// A file for a reader.
public struct FileToRead: Sendable {
    /// Where the file is.
    public var path: String
    /// The id of the file's text. Where a file holds several texts, their ids begin with it: `archive.zip/notes.txt`,
    /// `box.mbox#3`.
    public var id: String
    /// What `TextRecord.source` is or begins with, in the same way.
    public var source: String
    /// How records inside of the file become texts.
    package var options: ReaderOptions

    /// A file by its path, with the id and the source of what is in it.
    public init(path: String, id: String, source: String) {
        self.init(path: path, id: id, source: source, options: ReaderOptions())
    }

    package init(path: String, id: String, source: String, options: ReaderOptions) {
        self.path = path
        self.id = id
        self.source = source
        self.options = options
    }
}

/// A file as a whole that cannot be read.
public struct FileRefusal: Error, Hashable, CustomStringConvertible {
    /// Why: a clause that follows the file's path and a colon, such as `is encrypted`.
    public var message: String

    /// A refusal for a reason.
    public init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}

/// A file cannot be read because a program is not installed. It is reported once, with the number of files concerned.
public struct MissingProgram: Error, Hashable, Sendable, Codable {
    /// The program's name.
    public var program: String
    /// What to do: a clause such as `install the package poppler-utils`.
    public var advice: String

    /// A program that is missing, and what to do about it.
    public init(program: String, advice: String) {
        self.program = program
        self.advice = advice
    }

    /// A program that a package of the system brings.
    public init(program: String, package: String) {
        self.init(program: program, advice: "install the package \(package)")
    }
}
