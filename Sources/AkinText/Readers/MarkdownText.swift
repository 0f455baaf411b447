import AkinCore

/// Markdown is kept as it is written, except for front matter, which becomes the title and metadata.
enum MarkdownText {
    static func fill(_ record: inout TextRecord, options: ReaderOptions) {
        let text = record.text
        var metadata: [String: JSONValue] = [:]
        if let matter = FrontMatter(text) {
            metadata = matter.fields
            record.text = String(matter.body)
        }
        let line = 1 + text.utf8.prefix(text.utf8.count - record.text.utf8.count).count { $0 == 0x0A }
        record.blocks = TextBlock.fileText(record.text, fromLine: line)
        for name in options.titleField.map({ [$0] }) ?? RecordMapper.defaultTitleFields where record.title == nil {
            if let title = metadata[name]?.scalarText, title.hasVisibleText {
                record.title = title
                metadata[name] = nil
            }
        }
        record.title = record.title ?? MarkdownHeading.first(in: record.text)
        if let wanted = options.metadataFields { metadata = metadata.filter { wanted.contains($0.key) } }
        record.metadata = metadata
    }
}
