import AkinCore
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

    /// Whether bold and dim may be used: only on a terminal that knows them, and never under `NO_COLOR`
    /// (https://no-color.org).
    static func usesStyles(_ stream: Stream) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isTerminal(stream) && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal, else `$COLUMNS`, else 80; from 20 to 1,000, for nobody reads longer lines.
    static func width(_ stream: Stream) -> Int {
        var size = winsize()
        let known = unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns =
            known ? Int(size.ws_col) : ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
        return min(max(columns, 20), 1000)
    }
}

/// Bold and dim, or nothing at all.
struct Style {
    let enabled: Bool

    init(_ stream: Terminal.Stream) { enabled = Terminal.usesStyles(stream) }

    func bold(_ text: String) -> String { enabled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    func dim(_ text: String) -> String { enabled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    private static let isUsed = Style(.output).enabled

    /// The sequences that lines of this program have in them: bold, dim, the colour of bars, and their end.
    private static let sequences = ["\u{1B}[0m", "\u{1B}[1m", "\u{1B}[2m", "\u{1B}[36m"]

    /// A line in which nothing but styles acts on a terminal.
    static func keptIn(_ line: String) -> String {
        guard isUsed, line.unicodeScalars.contains("\u{1B}") else { return VisibleText.line(line) }
        var result = ""
        for (place, part) in line.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated() {
            let whole = place == 0 ? String(part) : "\u{1B}" + part
            let sequence = sequences.first { whole.hasPrefix($0) } ?? ""
            result += sequence + VisibleText.line(String(whole.dropFirst(sequence.count)))
        }
        return result
    }
}
