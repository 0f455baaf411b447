import AkinCore

extension TextFormat {
    /// The format that a file's name stands for: by its end, else by the whole name.
    package init?(fileName name: String) {
        if let format = name.nameExtension.flatMap({ TextFormat(extension: $0) }) {
            self = format
        } else if let format = Self.byName[name.lowercased()] {
            self = format
        } else {
            return nil
        }
    }

    /// Names, in lower case, that say what a file is though they have no end.
    private static let byName: [String: TextFormat] = {
        let texts = [
            "readme", "read.me", "license", "licence", "copying", "copyright", "notice", "authors", "contributors",
            "maintainers", "thanks", "credits", "changelog", "changes", "news", "history", "todo", "install", "hacking",
            "faq", "about",
        ]
        let sources = ["makefile", "gnumakefile", "dockerfile", "containerfile", "rakefile", "gemfile", "justfile"]
        return Dictionary(
            uniqueKeysWithValues: texts.map { ($0, TextFormat.text) } + sources.map { ($0, TextFormat.source) })
    }()
}
