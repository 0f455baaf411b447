import AkinCore
import Foundation

/// The program and the arguments that show a file at a line. No shell is asked, and the path is one argument.
struct FileOpener {
    let arguments: [String]

    /// What a viewer shows and does not run. All else is opened in the editor: the system's opener starts programs and
    /// scripts that it is given.
    private static let viewed: Set<String> = [
        "pdf", "docx", "odt", "epub", "pptx", "odp", "xlsx", "ods", "doc", "rtf", "djvu", "html", "htm", "xhtml",
    ]

    /// - Parameters:
    ///   - path: absolute, so that no program takes it for an option.
    ///   - environment: `VISUAL`, else `EDITOR`, names the editor, perhaps with arguments.
    init(path: String, line: Int?, environment: [String: String]) {
        if let type = path.lastPathPart?.nameExtension?.lowercased(), Self.viewed.contains(type) {
            arguments = [Self.viewer, path]
            return
        }
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }
            .map { Self.words($0) }.first { !$0.isEmpty }
        let editor = named ?? [["editor", "nano", "vi"].first { Self.program($0, environment) != nil } ?? "vi"]
        arguments = editor + Self.place(path, line: line, editor: editor[0])
    }

    #if canImport(Darwin)
    private static let viewer = "open"
    #else
    private static let viewer = "xdg-open"
    #endif

    /// The words of a variable; a program whose own path has spaces in it is one.
    private static func words(_ text: String) -> [String] {
        if text.isAbsolutePath, FileStatus(of: text)?.kind == .regular { return [text] }
        return text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// How an editor is told a file and a line; one that is not known gets the file alone.
    private static func place(_ path: String, line: Int?, editor: String) -> [String] {
        guard let line else { return [path] }
        switch editor.lastPathPart ?? editor {
        case "vi", "vim", "nvim", "view", "gvim", "nano", "pico", "rnano", "editor", "sensible-editor":
            return ["+\(line)", "--", path]
        case "emacs", "emacsclient", "micro", "joe", "jed", "mg", "ne", "kak", "gedit", "pluma", "xed", "bbedit",
            "gnome-text-editor", "mousepad", "less", "neovide":
            return ["+\(line)", path]
        case "code", "code-insiders", "codium", "vscodium", "cursor", "windsurf":
            return ["-g", "\(path):\(line)"]
        case "hx", "helix", "subl", "sublime_text", "zed", "zeditor", "atom", "lapce": return ["\(path):\(line)"]
        case "kate", "kwrite", "mate": return ["-l", "\(line)", path]
        case "idea", "pycharm", "clion", "goland", "webstorm", "rubymine": return ["--line", "\(line)", path]
        default: return [path]
        }
    }

    /// The file of a program: of `PATH`, without relative folders, in which others may have put one.
    private static func program(_ name: String, _ environment: [String: String]) -> String? {
        if name.utf8.contains(UInt8(ascii: "/")) { return isProgram(name) ? name : nil }
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
        return folders.lazy.filter(\.isAbsolutePath).map { "\($0)/\(name)" }.first {
            isProgram($0)
        }
    }

    private static func isProgram(_ path: String) -> Bool {
        let mayRun = unsafe access(path, X_OK) == 0
        return mayRun && FileStatus(of: path)?.kind == .regular
    }

    /// Becomes the program, so that it has the terminal to itself.
    ///
    /// - Throws: `AkinError(.notFound)` where there is no such program; it does not return otherwise.
    func run(environment: [String: String]) throws -> Never {
        guard let program = Self.program(arguments[0], environment) else {
            throw AkinError(
                .notFound,
                "The program \(arguments[0]) was not found; name an editor in $VISUAL or $EDITOR, or print the path with --print."
            )
        }
        var strings = unsafe arguments.map { unsafe strdup($0) } + [nil]
        unsafe execv(program, &strings)
        throw AkinError(
            .inputOutput, "The program \(program) cannot be run: \(unsafe String(cString: strerror(errno))).")
    }
}
