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

    /// Columns of the terminal, else `$COLUMNS`, else 80; from 20 to 1,000, since nobody reads longer lines.
    static func width(_ stream: Stream) -> Int {
        var size = winsize()
        let known = unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns =
            known ? Int(size.ws_col) : ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
        return min(max(columns, 20), 1000)
    }
}

extension TerminalStyle {
    /// The style of a stream of the program.
    init(_ stream: Terminal.Stream) { self.init(isEnabled: Terminal.usesStyles(stream)) }

    private static let isUsed = TerminalStyle(.output).isEnabled

    /// A line in which nothing but styles and links acts on a terminal.
    static func keptIn(_ line: String) -> String {
        guard isUsed || Hyperlink.isUsed, line.unicodeScalars.contains("\u{1B}") else { return VisibleText.line(line) }
        var result = ""
        var followsLink = false
        for (place, part) in line.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated() {
            // A link's sequence has two escape characters, the second in the mark of its end.
            let isLink = place > 0 && Hyperlink.isUsed && Hyperlink.isSequence(part)
            if isLink || followsLink && part.hasPrefix("\\") {
                let kept = isLink ? part : part.prefix(1)
                result += "\u{1B}" + kept + VisibleText.line(String(part.dropFirst(kept.count)))
                followsLink = isLink
                continue
            }
            followsLink = false
            let whole = place == 0 ? String(part) : "\u{1B}" + part
            let sequence = sequences.first { whole.hasPrefix($0) } ?? ""
            result += sequence + VisibleText.line(String(whole.dropFirst(sequence.count)))
        }
        return result
    }
}
