package import AkinCore

extension TextFormat {
    /// The extensions, in lower case and without the full stop, that stand for the format.
    package var extensions: [String] {
        switch self {
        case .text: ["txt", "text", "log", "rst"]
        case .markdown: ["md", "markdown"]
        case .html: ["html", "htm", "xhtml"]
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
                "proto", "tex",
                "css", "scss",
            ]
        }
    }

    /// The format that an extension, in any case, stands for.
    package init?(extension name: String) {
        guard let format = Self.byExtension[name.lowercased()] else { return nil }
        self = format
    }

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
        case .text, .markdown, .html, .source: false
        }
    }

    /// Whether a file with this format's extension may be meant when `other` was asked for by name: JSON lines in a
    /// `.json` file, tabs in a `.csv` file, any document as plain text.
    func mayBeRead(as other: TextFormat) -> Bool {
        func family(_ format: TextFormat) -> Int {
            switch format {
            case .json, .jsonl: 0
            case .csv, .tsv: 1
            case .text, .markdown, .html, .source: 2
            }
        }
        return family(self) == family(other)
    }
}
