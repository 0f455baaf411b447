/// A kind of file, known by the end of its name, that a search of folders can be limited to.
public enum FileType: String, Sendable, CaseIterable, Codable {
    /// Texts that people read, whatever their format.
    case docs
    /// Source code of any language.
    case code
    /// Records.
    case data
    case adoc, asm, archive, bash, c, clojure, cmake, config, cpp, csharp, css, csv, dart, doc, docx, elixir, epub,
        erlang, fish, fortran, go, haskell, html, ipynb, java, js, json, jsonl, julia, kotlin, log, lua, mail, make,
        man,
        md, nim, objc, ocaml, odt, org, pdf, perl, php, powershell, pptx, proto, py, r, rst, rtf, ruby, rust, scala, sh,
        spreadsheet, sql, subtitles, swift, tex, toml, ts, tsv, txt, xml, yaml, zig

    /// The ends of names, after the last full stop and in lower case.
    public var extensions: [String] {
        switch self {
        case .docs:
            Self.union([
                .txt, .md, .rst, .adoc, .org, .tex, .man, .html, .pdf, .doc, .docx, .odt, .epub, .rtf, .pptx, .mail,
            ])
        case .code:
            Self.union([
                .asm, .bash, .c, .clojure, .cmake, .cpp, .csharp, .css, .dart, .elixir, .erlang, .fish, .fortran, .go,
                .haskell, .java, .js, .julia, .kotlin, .lua, .make, .nim, .objc, .ocaml, .perl, .php, .powershell,
                .proto, .py, .r, .ruby, .rust, .scala, .sh, .sql, .swift, .ts, .zig,
            ])
        case .data: Self.union([.csv, .tsv, .json, .jsonl, .spreadsheet])
        case .adoc: ["adoc", "asciidoc", "asc"]
        case .asm: ["asm", "s"]
        case .archive: ["zip", "tar", "tgz", "gz", "bz2", "xz", "zst"]
        case .bash: ["bash"]
        case .c: ["c", "h"]
        case .clojure: ["clj", "cljs", "cljc"]
        case .cmake: ["cmake"]
        case .config: ["ini", "cfg", "conf", "toml", "yaml", "yml"]
        case .cpp: ["cc", "cpp", "cxx", "hh", "hpp", "hxx", "h", "inl"]
        case .csharp: ["cs"]
        case .css: ["css", "scss", "sass", "less"]
        case .csv: ["csv"]
        case .dart: ["dart"]
        case .doc: ["doc"]
        case .docx: ["docx"]
        case .elixir: ["ex", "exs"]
        case .epub: ["epub"]
        case .erlang: ["erl", "hrl"]
        case .fish: ["fish"]
        case .fortran: ["f", "f90", "f95", "for"]
        case .go: ["go"]
        case .haskell: ["hs", "lhs"]
        case .html: ["html", "htm", "xhtml"]
        case .ipynb: ["ipynb"]
        case .java: ["java"]
        case .js: ["js", "mjs", "cjs", "jsx"]
        case .json: ["json"]
        case .jsonl: ["jsonl", "ndjson"]
        case .julia: ["jl"]
        case .kotlin: ["kt", "kts"]
        case .log: ["log"]
        case .lua: ["lua"]
        case .mail: ["eml", "mbox"]
        case .make: ["mk", "mak"]
        case .man: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "man", "mdoc", "roff"]
        case .md: ["md", "markdown", "mdown", "mkd", "mdx"]
        case .nim: ["nim"]
        case .objc: ["m", "mm", "h"]
        case .ocaml: ["ml", "mli"]
        case .odt: ["odt"]
        case .org: ["org"]
        case .pdf: ["pdf"]
        case .perl: ["pl", "pm"]
        case .php: ["php"]
        case .powershell: ["ps1", "psm1"]
        case .pptx: ["pptx", "odp"]
        case .proto: ["proto"]
        case .py: ["py", "pyi"]
        case .r: ["r"]
        case .rst: ["rst"]
        case .rtf: ["rtf"]
        case .ruby: ["rb"]
        case .rust: ["rs"]
        case .scala: ["scala"]
        case .sh: ["sh", "bash", "zsh", "fish"]
        case .spreadsheet: ["xlsx", "xls", "ods"]
        case .sql: ["sql"]
        case .subtitles: ["srt", "vtt"]
        case .swift: ["swift"]
        case .tex: ["tex", "ltx"]
        case .toml: ["toml"]
        case .ts: ["ts", "tsx", "mts", "cts"]
        case .tsv: ["tsv", "tab"]
        case .txt: ["txt", "text"]
        case .xml: ["xml"]
        case .yaml: ["yaml", "yml"]
        case .zig: ["zig"]
        }
    }

    private static func union(_ types: [FileType]) -> [String] {
        var seen: Set<String> = []
        return types.flatMap(\.extensions).filter { seen.insert($0).inserted }
    }
}
