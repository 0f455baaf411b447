import AkinCore
import Foundation

/// Standard error: messages, never results.
enum StandardError {
    /// Writes text of this program's own, which may move the cursor.
    static func write(_ text: String) {
        // When standard error itself cannot be written, there is nowhere left to report it.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Writes a line. Names and texts of others in it are shown, and cannot drive the terminal.
    static func line(_ text: String) { write(VisibleText.line(text) + "\n") }

    /// Writes a message of several lines in the same way.
    static func lines(_ text: String) { write(VisibleText.lines(text) + "\n") }
}
