import AkinCore

/// Markdown is kept as it is written, with its blocks marked, except for front matter, which becomes the title and
/// metadata, and for comments, which nobody reads.
enum MarkdownText {
    static func fill(_ record: inout TextRecord, options: ReaderOptions) {
        let text = record.text
        var metadata: [String: JSONValue] = [:]
        var firstLine = 1
        if let (fields, body) = FrontMatter(text).map({ ($0.fields, $0.body) })
            ?? TOMLFrontMatter(text).map({ ($0.fields, $0.body) })
        {
            metadata = fields
            record.text = String(body)
            firstLine += text.utf8[..<body.startIndex].count { $0 == 0x0A }
        }
        for name in options.titleField.map({ [$0] }) ?? RecordMapper.defaultTitleFields where record.title == nil {
            if let title = metadata[name]?.scalarText, title.hasVisibleText {
                record.title = title
                metadata[name] = nil
            }
        }
        let heading = markBlocks(of: &record, firstLine: firstLine)
        record.title = record.title ?? heading
        if let wanted = options.metadataFields { metadata = metadata.filter { wanted.contains($0.key) } }
        record.metadata = metadata
    }

    /// Marks the blocks of a record's text.
    ///
    /// - Parameter firstLine: the line of the file that the text begins at.
    /// - Returns: the first heading of any level.
    static func markBlocks(of record: inout TextRecord, firstLine: Int = 1) -> String? {
        let comments = MarkdownLines.comments(in: record.text)
        var lines = MarkdownLines(record.text)
        var marked = MarkedText(record.text, firstLine: firstLine, omitting: comments.lines)
        var title: String?
        var (kind, start): (TextBlock.Kind?, Int) = (nil, 0)
        // What is indented below an item belongs to its list.
        var isInList = false
        // Indented code goes on below a blank line.
        var isIndentedCode = false
        func end(at line: Int) {
            if let open = kind { marked.mark(open, lines: start..<line) }
            kind = nil
        }
        func go(on new: TextBlock.Kind, at line: Int, isNew: Bool = false) {
            if kind == new, !isNew { return }
            end(at: line)
            (kind, start) = (new, line)
        }
        for (number, line) in record.text.utf8Lines.enumerated() {
            var judged = lines.judge(line)
            if let unclosed = comments.unclosed, number >= unclosed { judged = .html }
            if [.quote, .row, .html, .code].contains(judged), line.first != " ", line.first != "\t" {
                isInList = false
            }
            switch judged {
            case .comment: continue
            case .blank:
                if !isIndentedCode { end(at: number) }
                continue
            case .heading(let text, let level):
                end(at: number)
                title = title ?? text
                marked.markHeading(text, level: level, lines: number..<number + 1)
                isInList = false
            case .underline(let text, let level, let count):
                // An item or a quote that the paragraph goes on from stays before it.
                let first = max(start, number - count)
                if first > start { end(at: first) }
                kind = nil
                title = title ?? text
                marked.markHeading(text, level: level, lines: first..<number + 1)
                isInList = false
            case .code:
                go(on: .code, at: number, isNew: isIndentedCode)
            case .html, .rule: go(on: .paragraph, at: number)
            case .quote: go(on: .quote, at: number)
            case .row: go(on: .tableRow, at: number, isNew: true)
            case .item:
                go(on: .listItem, at: number, isNew: true)
                isInList = true
            case .indented: go(on: isInList ? .listItem : .code, at: number)
            case .paragraph:
                if kind == nil || kind == .code || kind == .tableRow {
                    let isIndented = line.first == " " || line.first == "\t"
                    if !isIndented { isInList = false }
                    go(on: isInList ? .listItem : .paragraph, at: number)
                }
            }
            isIndentedCode = judged == .indented
        }
        end(at: marked.lines.count)
        marked.fill(&record)
        return title
    }
}
