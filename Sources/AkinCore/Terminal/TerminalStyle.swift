/// Bold, dim and the colour of bars on a terminal, or nothing at all.
package struct TerminalStyle: Sendable {
    package let isEnabled: Bool

    package init(isEnabled: Bool) { self.isEnabled = isEnabled }

    package func bold(_ text: String) -> String { styled(text, "\u{1B}[1m") }

    package func dim(_ text: String) -> String { styled(text, "\u{1B}[2m") }

    package func bar(_ text: String) -> String { styled(text, "\u{1B}[36m") }

    /// Every sequence that styled text has in it.
    package static let sequences = [end, "\u{1B}[1m", "\u{1B}[2m", "\u{1B}[36m"]

    private static let end = "\u{1B}[0m"

    private func styled(_ text: String, _ sequence: String) -> String {
        isEnabled ? sequence + text + Self.end : text
    }
}
