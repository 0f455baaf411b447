import Foundation

/// What is known about the terminal a stream is connected to.
enum Terminal {
    /// A stream of the program.
    enum Stream: Int32 {
        case output = 1
        case error = 2
    }

    static func isTerminal(_ stream: Stream) -> Bool {
        isatty(stream.rawValue) == 1
    }

    /// Whether bold and dim may be used: only on a terminal that knows them, and never under `NO_COLOR` (https://no-color.org).
    static func usesStyles(_ stream: Stream) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isTerminal(stream) && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal, else `$COLUMNS`, else 80; at least 20.
    static func width(_ stream: Stream) -> Int {
        var size = winsize()
        let known = unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = known ? Int(size.ws_col) : ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
        return max(20, columns)
    }
}

/// Bold and dim, or nothing at all.
struct Style {
    let enabled: Bool

    init(_ stream: Terminal.Stream) { enabled = Terminal.usesStyles(stream) }

    func bold(_ text: String) -> String { enabled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    func dim(_ text: String) -> String { enabled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
