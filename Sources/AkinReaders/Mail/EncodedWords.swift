import AkinText

/// Words in a mail's head that stand for letters beyond ASCII: `=?utf-8?q?caf=C3=A9?=` (RFC 2047).
enum EncodedWords {
    /// Bytes of the longest word. The standard says 75, which many programs do not keep to.
    private static let longest = 4096

    static func decoded(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        var result = ""
        var rest = text[...]
        /// Bytes of words that follow each other in one set: a letter may be split between two.
        var pending: (bytes: [UInt8], label: String)?
        func flush() {
            if let word = pending { result += DeclaredText.text(of: word.bytes, label: word.label) }
            pending = nil
        }
        while let start = rest.firstRange(of: "=?") {
            let between = rest[..<start.lowerBound]
            guard let word = word(in: rest[start.upperBound...]) else {
                flush()
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                continue
            }
            // White space between two encoded words is none of the text.
            if pending == nil || !between.allSatisfy(\.isWhitespace) {
                flush()
                result += between
            }
            if pending?.label == word.label {
                pending?.bytes += word.bytes
            } else {
                flush()
                pending = (word.bytes, word.label)
            }
            rest = rest[word.end...]
        }
        flush()
        return result + rest
    }

    private static func word(in text: Substring) -> (bytes: [UInt8], label: String, end: String.Index)? {
        let head = text.split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
        guard head.count == 3, head[0].utf8.count < 60, head[1].utf8.count == 1,
            !head[0].contains(where: \.isWhitespace),
            let end = head[2].prefix(longest).firstRange(of: "?=")
        else { return nil }
        let content = Array(head[2][..<end.lowerBound].utf8)
        // RFC 2231 lets a language follow the set.
        let label = String(head[0].prefix { $0 != "*" }).lowercased()
        switch head[1].lowercased() {
        case "b": return (TransferDecoding.base64(content), label, end.upperBound)
        case "q":
            let bytes = TransferDecoding.quotedPrintable(content.map { $0 == 0x5F ? 0x20 : $0 })
            return (bytes, label, end.upperBound)
        default: return nil
        }
    }
}
