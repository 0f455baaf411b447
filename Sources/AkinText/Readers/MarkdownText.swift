import AkinCore

/// Markdown is kept as it is written, but for front matter: that becomes the title and metadata.
enum MarkdownText {
    static func fill(_ record: inout TextRecord, options: ReaderOptions) {
        let text = record.text
        var metadata: [String: JSONValue] = [:]
        if let matter = FrontMatter(text) {
            metadata = matter.fields
            record.text = String(matter.body)
        }
        for name in options.titleField.map({ [$0] }) ?? RecordMapper.defaultTitleFields where record.title == nil {
            if let title = metadata[name]?.scalarText, title.hasVisibleText {
                record.title = title
                metadata[name] = nil
            }
        }
        record.title = record.title ?? firstHeading(record.text)
        if let wanted = options.metadataFields { metadata = metadata.filter { wanted.contains($0.key) } }
        record.metadata = metadata
    }

    /// The text of the first heading outside code fences, `# Title` or a line underlined with `===`.
    static func firstHeading(_ text: String) -> String? {
        var fence: Substring?
        var previous: Substring = ""
        for line in text.utf8Lines {
            let trimmed = line.trimmed
            if let open = fence {
                if trimmed.hasPrefix(open) { fence = nil }
                continue
            }
            if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
                fence = trimmed.prefix(3)
                continue
            }
            let marks = trimmed.prefix { $0 == "#" }.count
            if marks >= 1, marks <= 6, trimmed.dropFirst(marks).first?.isWhitespace == true {
                let title = trimmed.dropFirst(marks).trimmed
                let closing = title.reversed().prefix { $0 == "#" }.count
                let open = title.dropLast(closing)
                let shown = closing > 0 && (open.isEmpty || open.last?.isWhitespace == true) ? open.trimmed : title
                if !shown.isEmpty { return String(shown) }
            }
            if trimmed.count >= 3, trimmed.allSatisfy({ $0 == "=" }), !previous.isEmpty { return String(previous) }
            previous = trimmed
        }
        return nil
    }
}

/// `key: value` lines between two lines of `---` at the top of a text.
///
/// Values may be quoted, `[a, b]`, or absent with `- item` lines below. Anything more of YAML, and the block is left in the text.
struct FrontMatter {
    private(set) var fields: [String: JSONValue] = [:]
    /// The text after the closing line.
    let body: Substring

    init?(_ text: String) {
        let lines = text.utf8Lines
        var iterator = lines.makeIterator()
        guard let first = iterator.next(), first.trimmed == "---", first.first == "-" else { return nil }
        var listKey: String?
        while let line = iterator.next() {
            let trimmed = line.trimmed
            if line.first == "-" || line.first == ".", trimmed == "---" || trimmed == "..." {
                guard !fields.isEmpty else { return nil }
                body = text[iterator.rest...]
                return
            }
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            if trimmed.hasPrefix("- "), let key = listKey {
                // Taken out while it grows, so that the array is not copied.
                guard case .array(var items)? = fields.removeValue(forKey: key) else { return nil }
                items.append(Self.value(trimmed.dropFirst(2).trimmed))
                fields[key] = .array(items)
                continue
            }
            guard line.first?.isWhitespace == false, let colon = trimmed.utf8.firstIndex(of: UInt8(ascii: ":")), colon > trimmed.startIndex
            else { return nil }
            let rest = trimmed[trimmed.utf8.index(after: colon)...]
            guard rest.isEmpty || rest.first?.isWhitespace == true else { return nil }
            let key = String(trimmed[..<colon])
            listKey = rest.trimmed.isEmpty ? key : nil
            fields[key] = listKey == nil ? Self.value(rest.trimmed) : .array([])
        }
        return nil
    }

    private static func value(_ text: Substring) -> JSONValue {
        if text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 {
            let inner = text.dropFirst().dropLast()
            return .array(inner.split(separator: ",").map { value($0.trimmed) })
        }
        if let quote = text.first, quote == "\"" || quote == "'", text.count >= 2, text.last == quote {
            return .string(String(text.dropFirst().dropLast()))
        }
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return JSONValue.string(String(text)).typedFromText ?? .string("")
        }
    }
}
