import Foundation

/// Standard error: messages, never results.
enum StandardError {
    static func write(_ text: String) {
        // Nobody is left to be told when standard error itself cannot be written.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static func line(_ text: String) { write(text + "\n") }
}
