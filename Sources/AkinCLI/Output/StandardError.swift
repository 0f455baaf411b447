import AkinCore
import Foundation

/// Standard error: messages, never results.
enum StandardError {
    /// Writes text of this program's own, which may move the cursor.
    static func write(_ text: String) {
        // Nobody is left to be told when standard error itself cannot be written.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Writes a line, in which names and texts of others are shown and do nothing else.
    static func line(_ text: String) { write(VisibleText.line(text) + "\n") }

    /// Writes a message of several lines in the same way.
    static func lines(_ text: String) { write(VisibleText.lines(text) + "\n") }
}
