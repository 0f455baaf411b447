import AkinCore

/// Plain text, markup of all kinds and source code: the file is one text. The file is held in memory as a whole, unless
/// its beginning shows that it is binary.
struct DocumentReader {
    let options: ReaderOptions
    let file: SourceFile

    /// How many bytes of a file are read to find whether it is text.
    private static let sniffedBytes = 8192

    /// - Returns: false when the file, found in a folder, was skipped because it is binary or has no text.
    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws -> Bool {
        func problem(_ message: String, line: Int? = nil) throws {
            try emit(.problem(RecordProblem(path: file.path, line: line, message: message)))
        }
        func refuseBinary(nulAt offset: Int) throws {
            try problem("looks like a binary file (NUL byte at offset \(offset)); leave it out or convert it to text")
        }
        let head = source.lookahead
        // In UTF-16 and UTF-32 every other byte of plain English is NUL.
        let wide = CharacterSet(wide: head)
        let isWide = wide != nil
        if !isWide, !file.isNamed, head.prefix(Self.sniffedBytes).contains(0) { return false }
        if !isWide, let index = head.firstIndex(of: 0) {
            try refuseBinary(nulAt: index - head.startIndex)
            return true
        }
        let bytes: [UInt8]
        do {
            bytes = try source.readAll(limit: options.maximumTextBytes)
        } catch let error as OversizedInput {
            try problem("the text \(error.reason); split it")
            return true
        }
        if !isWide, let offset = bytes.firstIndex(of: 0) {
            try refuseBinary(nulAt: offset)
            return true
        }
        let decoding: DocumentDecoding
        do throws(DocumentDecoding.Problem) {
            decoding = try DocumentDecoding(bytes, wide: wide, declaringCharacterSet: file.format == .html)
        } catch {
            try problem(error.message, line: isWide ? nil : error.byte.map { TextDecoding.line(ofByte: $0, in: bytes) })
            return true
        }
        let text = decoding.text
        guard !isWide || !text.holdsNUL else {
            if file.isNamed {
                try problem("looks like a binary file (NUL character in UTF-16); leave it out or convert it to text")
            }
            return file.isNamed
        }
        var record = TextRecord(id: file.id, text: text, source: file.source)
        switch file.format {
        case .markdown: MarkdownText.fill(&record, options: options)
        case .html: HTMLText.fill(&record, bytes: Array(text.utf8), isXHTML: file.name.lowercased().hasSuffix(".xhtml"))
        case .source:
            record.title = file.name
            SourceText.markBlocks(of: &record, fileName: file.name)
        case .manual:
            // Extensions of one digit are common: logs that were put aside have them too.
            if RoffText.isLikely(text) {
                RoffText.fill(&record)
            } else if file.isNamed || options.format == .manual {
                PlainText.markBlocks(of: &record)
            } else {
                return false
            }
        case .restructuredText: RestructuredText.fill(&record)
        case .asciidoc: AsciiDocText.fill(&record)
        case .org: OrgText.fill(&record)
        case .latex: LaTeXText.fill(&record)
        case .subtitles: SubtitleText.fill(&record)
        case .text: PlainText.markBlocks(of: &record)
        case .json, .jsonl, .csv, .tsv: break
        }
        if !record.text.hasVisibleText {
            if !file.isNamed, file.format == .source || record.title == nil { return false }
            guard record.title != nil, file.format != .source else {
                try problem(
                    text.hasVisibleText
                        ? "nothing that is read as \(file.format.rawValue) is in the file; check that its extension fits"
                        : "the file is empty; leave it out or give it a text")
                return true
            }
        }
        if let guess = decoding.guess { try emit(.guess(path: file.path, characterSet: guess.rawValue)) }
        try emit(.record(record))
        return true
    }
}
