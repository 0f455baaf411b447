/// Text of a part of a file that says what its character set is, as parts of mails do.
package enum DeclaredText {
    /// Bytes that are valid UTF-8 are taken as such, as those of pages are; else the label counts, and what has no
    /// label that is known, or is not of that set, is taken as windows-1252, in which every byte is a character.
    package static func text(of bytes: [UInt8], label: String?) -> String {
        let set = label.flatMap { CharacterSet(label: $0.lowercased()) }
        if set == .iso2022JP || set == .utf16LE || set == .utf16BE, let set, let decoded = try? set.utf8(bytes) {
            return String(decoding: decoded, as: UTF8.self)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let decoded = (try? (set ?? .windows1252).utf8(bytes)) ?? (try? CharacterSet.windows1252.utf8(bytes))
        return String(decoding: decoded ?? bytes, as: UTF8.self)
    }
}
