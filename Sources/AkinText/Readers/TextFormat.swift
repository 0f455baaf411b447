package import AkinCore

extension TextFormat {
    /// The extensions, in lower case and without the full stop, that stand for the format.
    package var extensions: [String] {
        switch self {
        case .text: ["txt", "text", "log"]
        case .markdown: ["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"]
        case .html: ["html", "htm", "xhtml", "xht"]
        case .restructuredText: ["rst", "rest"]
        case .asciidoc: ["adoc", "asciidoc", "asc"]
        case .org: ["org"]
        case .latex: ["tex", "ltx", "latex"]
        case .manual: ["man", "mdoc", "troff", "roff", "me", "ms"] + (1...9).map(String.init)
        case .subtitles: ["srt", "vtt"]
        case .json: ["json"]
        case .jsonl: ["jsonl", "ndjson"]
        case .csv: ["csv"]
        case .tsv: ["tsv", "tab"]
        case .source:
            [
                "swift", "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "m", "mm", "py", "js", "mjs", "cjs", "jsx", "ts",
                "tsx", "java",
                "go", "rs", "rb",
                "php", "cs", "fs", "kt", "kts", "scala", "clj", "ex", "exs", "erl", "hs", "ml", "lua", "pl", "pm", "r",
                "jl", "dart",
                "zig", "nim",
                "sh", "bash", "zsh", "fish", "ps1", "sql", "yaml", "yml", "toml", "ini", "cfg", "cmake", "gradle",
                "proto",
                "css", "scss",
            ]
        }
    }

    /// The format that an extension, in any case, stands for.
    package init?(extension name: String) {
        let name = name.lowercased()
        if let format = Self.byExtension[name] {
            self = format
        } else if let section = name.utf8.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(section),
            Self.sectionSuffixes.contains(String(name.dropFirst()))
        {
            self = .manual
        } else {
            return nil
        }
    }

    /// What follows the number of a section in the extensions of manual pages.
    private static let sectionSuffixes: Set<String> = [
        "p", "x", "pm", "perl", "ssl", "posix", "tcl", "tk", "ncurses", "form", "menu", "readline", "curses", "const",
        "type",
        "head", "bash", "gcc", "l", "m", "n", "t", "cxx", "caml", "erl", "go", "blt", "g", "f", "avr", "pcap", "stap",
        "wn",
    ]

    private static let byExtension: [String: TextFormat] = {
        var table: [String: TextFormat] = [:]
        for format in allCases {
            for name in format.extensions { table[name] = format }
        }
        return table
    }()

    /// Whether a file of the format holds records, each a text; else the file is one text.
    package var isRecords: Bool {
        switch self {
        case .json, .jsonl, .csv, .tsv: true
        default: false
        }
    }

    /// Whether a file with this format's extension may be meant when `other` was asked for by name: JSON lines in a
    /// `.json` file, tabs in a `.csv` file, any document as plain text.
    func mayBeRead(as other: TextFormat) -> Bool {
        func family(_ format: TextFormat) -> Int {
            switch format {
            case .json, .jsonl: 0
            case .csv, .tsv: 1
            default: 2
            }
        }
        return family(self) == family(other)
    }
}
