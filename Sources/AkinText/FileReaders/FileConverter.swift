import AkinCore

/// A program that turns a file into text or HTML: the words of its command, `{}` standing for the file's path.
package struct FileConverter: Hashable, Sendable {
    package let words: [String]
    /// The package that brings the program; nil for a command of the user's.
    package let package: String?

    /// What is used for the kinds that no reader knows, where it is installed.
    package static let known: [String: [FileConverter]] = [
        "rtf": [
            FileConverter(["unrtf", "--html", "{}"], package: "unrtf"),
            FileConverter(["pandoc", "-f", "rtf", "-t", "html", "{}"], package: "pandoc"),
        ],
        "doc": [FileConverter(["antiword", "-w", "0", "-m", "UTF-8", "{}"], package: "antiword")],
        "djvu": [FileConverter(["djvutxt", "{}"], package: "djvulibre-bin")],
        "djv": [FileConverter(["djvutxt", "{}"], package: "djvulibre-bin")],
        "fb2": [FileConverter(["pandoc", "-f", "fb2", "-t", "html", "{}"], package: "pandoc")],
    ]

    private init(_ words: [String], package: String) {
        self.words = words
        self.package = package
    }

    /// A command as it is written on a command line: words apart by spaces, those in quotes (`'…'`, `"…"`) whole.
    /// Nothing else has a meaning; no shell reads it.
    ///
    /// - Throws: `AkinError(.invalidArgument)` for a quote without its end, and a command without `{}`.
    package init(command: String) throws {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in command {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else {
            throw AkinError(.invalidArgument, "The converter '\(command)' has a quote without its end.")
        }
        if let whole = word { words.append(whole) }
        guard let program = words.first, program != "{}", words.contains(where: { $0.contains("{}") }) else {
            throw AkinError(
                .invalidArgument,
                "The converter '\(command)' is no command with {} for the file's path, such as 'pandoc -t html {}'.")
        }
        self.words = words
        package = nil
    }

    /// The command's words for a file.
    package func arguments(for path: String) -> [String] { words.dropFirst().map { $0.replacing("{}", with: path) } }
}
