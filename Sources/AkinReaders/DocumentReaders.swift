import AkinCore
package import AkinText
import Foundation

/// Reads a file by the reader of its kind.
package struct DocumentReaders {
    let converters: [String: String]
    let limits: ReaderLimits
    /// How deep in archives the file stands.
    let depth: Int
    let budget: UnpackingBudget

    package init(_ request: ReaderRequest) { self.init(converters: request.converters, limits: request.limits) }

    package init(converters: [String: String] = [:], limits: ReaderLimits = ReaderLimits()) {
        self.converters = converters
        self.limits = limits
        depth = 0
        budget = UnpackingBudget(limits)
    }

    private init(inside outer: DocumentReaders) {
        converters = outer.converters
        limits = outer.limits
        depth = outer.depth + 1
        budget = outer.budget
    }

    /// The readers of what a file holds.
    func inside() throws -> DocumentReaders {
        guard depth < limits.depth else {
            throw FileRefusal("is packed in more than \(limits.depth) archives, one in the other")
        }
        return DocumentReaders(inside: self)
    }

    package func read(_ file: FileToRead, _ emit: (ReadEvent) throws -> Void) throws {
        try read(file, name: file.path.lastPathPart ?? file.path, emit)
    }

    /// - Parameters:
    ///   - name: the file's own name, or its path in an archive, which tells its kind.
    ///   - isNamed: whether somebody asked for this file and not for what it was found in.
    /// - Returns: why the file was not read, where that is no problem.
    @discardableResult
    func read(
        _ file: FileToRead, name: String, isNamed: Bool = true, _ emit: (ReadEvent) throws -> Void
    ) throws -> FilesNotRead.Reason? {
        guard FileStatus(of: file.path)?.size ?? 0 > 0 else { throw FileRefusal("is empty; leave it out") }
        let extensionName = (name.lastPathPart ?? name).nameExtension?.lowercased() ?? ""
        if let command = converters[extensionName] {
            try ConvertedFile(file, [FileConverter(command: command)], readers: self).read(emit)
            return nil
        }
        guard let kind = DocumentKind(path: depth == 0 ? file.path : name) else {
            if let known = FileConverter.known[extensionName] {
                try ConvertedFile(file, known, readers: self).read(emit)
                return nil
            }
            guard let format = TextFormat(extension: extensionName) else { return .unknownKind }
            return try CorpusReader.read(file, name: name, format: format, isNamed: isNamed, emit)
        }
        switch kind {
        case .pdf:
            try emit(.record(PDFReader(limits: limits).read(file)))
            try PDFAttachments(readers: self).read(file, emit)
        case .word, .epub:
            var guesses: Set<String> = []
            let record =
                try kind == .word
                ? WordReader().read(file, budget, guesses: &guesses)
                : EpubReader.read(file, budget, guesses: &guesses)
            for set in guesses.sorted() { try emit(.guess(path: file.source, characterSet: set)) }
            try emit(.record(record))
        case .openDocument: try emit(.record(OpenDocumentReader.read(file, budget)))
        case .slides: try emit(.record(SlidesReader.read(file, budget)))
        case .spreadsheet: try emit(.record(SpreadsheetReader.read(file, budget)))
        case .mail: try MailReader(self).read(file, emit)
        case .mailbox: try MailboxReader(self).read(file, emit)
        case .notebook: try emit(.record(NotebookReader().read(file)))
        case .archive: try ArchiveReader(self).read(file, name: name, emit)
        }
        return nil
    }

    /// Whether a file of a name in an archive or a mail is read.
    func reads(name: String) -> Bool {
        let extensionName = (name.lastPathPart ?? name).nameExtension?.lowercased() ?? ""
        return DocumentKind(path: name) != nil || TextFormat(extension: extensionName) != nil
            || converters[extensionName] != nil || FileConverter.known[extensionName] != nil
    }
}

/// An archive takes more than it may, so that nothing more of it is read.
struct UnpackingLimit: Error {
    let message: String
}

/// What the files that are unpacked for one file may take together.
final class UnpackingBudget {
    private let limits: ReaderLimits
    private var files = 0
    private var bytes = 0

    /// Bytes that may be unpacked whatever the size of the archive.
    private static let always = 64 << 20

    init(_ limits: ReaderLimits) { self.limits = limits }

    func takeFile() throws {
        files += 1
        guard files <= limits.files else {
            throw UnpackingLimit(message: "holds more than \(limits.files) files; unpack it")
        }
    }

    /// - Parameter packed: bytes of the archive that they came from.
    func take(bytes count: Int, packed: Int) throws {
        bytes += count
        guard bytes <= limits.unpacked else {
            throw UnpackingLimit(
                message: "unpacks to more than \(limits.unpacked >> 20) MiB; unpack it, or leave it out")
        }
        guard bytes <= Self.always || bytes / limits.ratio <= packed else {
            throw UnpackingLimit(message: "unpacks to more than \(limits.ratio) times its size; leave it out")
        }
    }
}
