/// Text of a part of a file that says what its character set is, as parts of mails do.
package struct DeclaredText {
    package let text: String
    /// The name of the set that the bytes were taken for where nothing says what they are; nil where something does.
    package private(set) var guess: String?

    /// Bytes that are valid UTF-8 are taken as such, as those of pages are; else the label counts. What has no label
    /// that is known is guessed. What is not of the set is taken as windows-1252, in which every byte is a character.
    package init(_ bytes: [UInt8], label: String?) {
        let set = label.flatMap { CharacterSet(label: $0.lowercased()) }
        if set == .iso2022JP || set == .utf16LE || set == .utf16BE, let set, let decoded = try? set.utf8(bytes) {
            text = String(decoding: decoded, as: UTF8.self)
            return
        }
        guard let offset = TextDecoding.firstInvalidByte(in: bytes) else {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        let likely = set ?? CharacterSetGuess.set(of: bytes, firstInvalidByte: offset) ?? .windows1252
        var (taken, decoded) = (likely, try? likely.utf8(bytes))
        if decoded == nil { (taken, decoded) = (.windows1252, try? CharacterSet.windows1252.utf8(bytes)) }
        text = String(decoding: decoded ?? bytes, as: UTF8.self)
        if set == nil { guess = taken.rawValue }
    }

    /// The text alone.
    package static func text(of bytes: [UInt8], label: String?) -> String { DeclaredText(bytes, label: label).text }
}
