import AkinCore

/// A programming language, as far as its definitions are found.
enum SourceLanguage {
    case swift, c, java, javaScript, go, rust, php, kotlin, python, ruby, shell, sql

    /// The language of a file by its extension, in any case; nil for one whose definitions are not looked for.
    init?(fileName: String) {
        guard let name = fileName.nameExtension?.lowercased() else { return nil }
        switch name {
        case "swift": self = .swift
        case "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "m", "mm": self = .c
        case "java", "cs", "scala", "dart": self = .java
        case "js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts": self = .javaScript
        case "go": self = .go
        case "rs": self = .rust
        case "php": self = .php
        case "kt", "kts": self = .kotlin
        case "py", "pyi": self = .python
        case "rb": self = .ruby
        case "sh", "bash", "zsh", "ksh": self = .shell
        case "sql": self = .sql
        default: return nil
        }
    }

    /// The words that begin the definition of something that holds others.
    var containers: Set<String> {
        switch self {
        case .swift: ["class", "struct", "enum", "protocol", "extension", "actor"]
        case .c: ["class", "struct", "union", "namespace"]
        case .java:
            ["class", "interface", "enum", "record", "struct", "namespace", "trait", "object", "mixin", "extension"]
        case .javaScript: ["class", "interface", "namespace", "module"]
        case .go: ["interface"]
        case .rust: ["impl", "trait", "mod"]
        case .php: ["class", "interface", "trait", "enum"]
        case .kotlin: ["class", "interface", "object"]
        case .python: ["class"]
        case .ruby: ["class", "module"]
        case .shell, .sql: []
        }
    }

    /// The words that begin the definition of what is one whole: functions, and types without methods within.
    var leaves: Set<String> {
        switch self {
        case .swift: ["func", "init", "deinit", "subscript", "macro"]
        case .c: ["enum"]
        case .java: []
        case .javaScript: ["function", "enum"]
        case .go: ["func", "type"]
        case .rust: ["fn", "struct", "enum", "union", "macro_rules"]
        case .php: ["function"]
        case .kotlin: ["fun", "constructor", "init"]
        case .python: ["def"]
        case .ruby: ["def"]
        case .shell, .sql: []
        }
    }

    /// Whether a function is written as a name with arguments, without a word before it.
    var hasPlainFunctions: Bool {
        switch self {
        case .c, .java, .javaScript: true
        default: false
        }
    }

    /// What begins a comment that goes on to the end of the line.
    var lineComments: [String] {
        switch self {
        case .python, .ruby, .shell: ["#"]
        case .sql: ["--"]
        case .php: ["//", "#"]
        default: ["//"]
        }
    }

    var hasBlockComments: Bool {
        switch self {
        case .python, .ruby, .shell: false
        default: true
        }
    }

    var nestsComments: Bool { self == .swift || self == .rust || self == .kotlin }
    /// Quotes of strings that go over lines as they are.
    var multilineQuotes: [UInt8] {
        switch self {
        case .javaScript, .go: [UInt8(ascii: "`")]
        case .rust: [UInt8(ascii: "\"")]
        case .sql: [UInt8(ascii: "'")]
        default: []
        }
    }

    /// Whether three quotes begin a string that goes over lines.
    var hasTripleQuotes: Bool { self == .swift || self == .python || self == .kotlin || self == .java }
}
