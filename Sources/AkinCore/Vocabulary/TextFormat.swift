/// The kinds of files that texts are read from.
public enum TextFormat: String, Sendable, CaseIterable, Codable {
    /// Plain text: one file is one document.
    case text
    /// Markdown, with or without front matter.
    case markdown
    /// HTML: the text that a reader sees.
    case html
    /// A JSON array of records, or one record.
    case json
    /// One JSON record a line.
    case jsonl
    /// Comma-separated records below a line of names.
    case csv
    /// Tab-separated records below a line of names.
    case tsv
    /// Source code of any language, kept as it is, by its definitions.
    case source
    case restructuredText = "rst"
    case asciidoc
    case org
    case latex
    /// A manual page for troff, with the macros of man or mdoc.
    case manual = "man"
    /// Subtitles in SubRip's or WebVTT's form: what is said, without the times.
    case subtitles
}
