import AkinCore
@testable import AkinText
import Foundation

/// Every reader of texts and documents.
enum FuzzTarget: String, CaseIterable {
    case jsonl, json, csv, html, markdown, charset, ignore
    case manual, rst, asciidoc, org, latex, subtitles, source, plaintext
    case pdf, word, opendocument, epub, slides, sheet, mail, mailbox, notebook, packed, frames

    func run(_ data: Data) throws {
        switch self {
        case .jsonl: try Self.corpus(data, .jsonl)
        case .json: try Self.corpus(data, .json)
        case .csv: try Self.corpus(data, data.first.map { $0 % 2 == 0 } == true ? .csv : .tsv)
        case .html: try Self.corpus(data, .html)
        case .markdown: try Self.corpus(data, .markdown)
        case .manual: try Self.corpus(data, .manual)
        case .rst: try Self.corpus(data, .restructuredText)
        case .asciidoc: try Self.corpus(data, .asciidoc)
        case .org: try Self.corpus(data, .org)
        case .latex: try Self.corpus(data, .latex)
        case .subtitles: try Self.corpus(data, .subtitles)
        case .source: try Self.sourceCode(data)
        case .plaintext: try Self.corpus(data, .text)
        case .charset: try Self.charset(data)
        case .ignore: Self.ignore(Array(data))
        case .pdf, .word, .opendocument, .epub, .slides, .sheet, .mail, .mailbox, .notebook, .packed, .frames:
            try DocumentFuzz.run(self, data)
        }
    }

    /// Definitions of a language, which the first byte chooses.
    private static func sourceCode(_ data: Data) throws {
        let names = [
            "a.swift", "a.cpp", "A.java", "a.ts", "a.go", "a.rs", "a.php", "a.kt", "a.py", "a.rb", "a.sh", "a.sql",
        ]
        guard let first = data.first, let language = SourceLanguage(fileName: names[Int(first) % names.count]) else {
            return
        }
        let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false).count
        for definition in SourceDefinitions.find(in: Array(data), language: language) {
            precondition(definition.lines.lowerBound >= 0 && definition.lines.upperBound < max(1, lines))
        }
    }

    /// Tokens of up to four letters, by their places in Unicode scalars.
    private static func tokenStarts(in text: String) -> TokenStarts {
        var starts = TokenStarts()
        var length = 0
        for (place, scalar) in text.unicodeScalars.enumerated() {
            guard !scalar.properties.isWhitespace else {
                length = 0
                continue
            }
            if length % 4 == 0 { starts.append(place) }
            length += 1
        }
        return starts
    }

    private static func corpus(_ data: Data, _ format: TextFormat) throws {
        let path = try file("corpus", data)
        var options = ReaderOptions()
        options.format = format
        _ = try CorpusReader(paths: [path], options: options).read { event in
            if case .record(let record) = event {
                precondition(record.isSound, "a record that cannot be stored")
                let sentences = Chunker(maximumTokens: 8, overlapTokens: 2).chunks(
                    of: record.text, tokenStarts: tokenStarts(in: record.text))
                precondition(sentences.allSatisfy { $0.range.lowerBound <= $0.range.upperBound })
            }
        }
    }

    /// A text of the character set that the first byte names: alone, as a page that declares it, and behind the byte
    /// order mark that stands for it.
    private static func charset(_ data: Data) throws {
        guard let first = data.first else { return }
        let set = AkinText.CharacterSet.allCases[Int(first) % AkinText.CharacterSet.allCases.count]
        let bytes = [UInt8](data.dropFirst())
        do throws(AkinText.CharacterSet.DecodingFault) {
            let decoded = try set.utf8(bytes)
            precondition(String(validating: decoded, as: UTF8.self) != nil)
        } catch {
            if case .invalidByte(let offset) = error { precondition(bytes.indices.contains(offset)) }
        }
        let marks: [AkinText.CharacterSet: [UInt8]] = [
            .utf16LE: [0xFF, 0xFE], .utf16BE: [0xFE, 0xFF], .utf32LE: [0xFF, 0xFE, 0, 0], .utf32BE: [0, 0, 0xFE, 0xFF],
        ]
        let head = marks[set] ?? Array("<meta charset=\"\(set.rawValue)\">".utf8)
        try corpus(Data(head + bytes), marks[set] == nil ? .html : .text)
        try corpus(Data(bytes), .html)
    }
}
