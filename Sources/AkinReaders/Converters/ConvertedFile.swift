import AkinCore
import AkinText
import Foundation

/// A file of which another program makes text or HTML.
struct ConvertedFile {
    private let file: FileToRead
    private let converters: [FileConverter]
    private let readers: DocumentReaders

    /// - Parameter converters: of which the first that is installed is used.
    init(_ file: FileToRead, _ converters: [FileConverter], readers: DocumentReaders) {
        self.file = file
        self.converters = converters
        self.readers = readers
    }

    func read(_ emit: (ReadEvent) throws -> Void) throws {
        guard
            let (converter, path) = converters.lazy.compactMap({ converter in
                ProgramRun.path(of: converter.words[0]).map { (converter, $0) }
            }).first
        else {
            let wanted = converters[0]
            throw wanted.package.map { MissingProgram(program: wanted.words[0], package: $0) }
                ?? MissingProgram(program: wanted.words[0], advice: "install it or give another converter")
        }
        let run = try ProgramRun(path, converter.arguments(for: file.path), limits: readers.limits)
        guard run.status == 0 else {
            throw FileRefusal("cannot be converted: \(converter.words[0]) ended with status \(run.status)")
        }
        let head = String(decoding: run.output.prefix(512), as: UTF8.self).trimmed.lowercased()
        let isHTML = ["<!doctype html", "<html", "<?xml", "<body", "<head", "<p>", "<h1", "<div", "<!--"]
            .contains(where: head.hasPrefix)
        let converted = try Scratch.file(Data(run.output))
        defer { Scratch.remove(converted) }
        var inner = file
        inner.path = converted
        var isFirst = true
        try CorpusReader.read(inner, name: file.path, format: isHTML ? .html : .text) { event in
            switch event {
            case .record(let record):
                isFirst = false
                try emit(.record(record))
            case .guess(_, let set): try emit(.guess(path: file.source, characterSet: set))
            case .problem(let problem): throw FileRefusal("cannot be converted: \(problem.message)")
            case .note, .file: break
            }
        }
        if isFirst { throw FileRefusal("holds no text that \(converter.words[0]) finds") }
    }
}
