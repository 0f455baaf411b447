/// The bytes of a document file made into text.
///
/// A byte order mark decides (UTF-8, UTF-16, UTF-32). Without one, bytes that are valid UTF-8 are taken as such,
/// whatever a page declares: it is far more common that a page was converted and its declaration forgotten than that
/// text of another set is valid UTF-8 by chance. Only then does a page's declaration count. ISO-2022-JP, which consists
/// of ASCII bytes, is recognized by its escapes.
enum DocumentDecoding {
    /// The message about bytes that cannot be read, with the place of the first of them.
    struct Problem: Error {
        let message: String
        let byte: Int?
    }

    static func text(of bytes: [UInt8], declaringCharacterSet declares: Bool) throws(Problem) -> String {
        if let wide = CharacterSet(byteOrderMarkOf: bytes[...]) {
            return try decoded(bytes, as: wide, by: "its byte order mark")
        }
        let isEscaped = declares && bytes.contains(0x1B)
        if !isEscaped, let text = String(validating: bytes, as: UTF8.self) { return text }
        let offset = TextDecoding.firstInvalidByte(in: bytes)
        if declares, let label = CharacterSetDeclaration.label(in: bytes) {
            guard let set = CharacterSet(label: label) else {
                guard let offset else { return String(decoding: bytes, as: UTF8.self) }
                throw Problem(
                    message:
                        "the page declares the character set \"\(label)\", which is not one of the web's; convert it to UTF-8",
                    byte: offset)
            }
            if set != .utf8, offset != nil || set == .iso2022JP {
                return try decoded(bytes, as: set, by: "what the page declares")
            }
        }
        guard let offset else { return String(decoding: bytes, as: UTF8.self) }
        throw Problem(message: "the file \(TextDecoding.invalidUTF8(atByte: offset))", byte: offset)
    }

    private static func decoded(_ bytes: [UInt8], as set: CharacterSet, by reason: String) throws(Problem) -> String {
        do throws(CharacterSet.DecodingFault) {
            return String(decoding: try set.utf8(bytes), as: UTF8.self)
        } catch {
            switch error {
            case .invalidByte(let offset):
                throw Problem(
                    message:
                        "the file is \(set.rawValue) by \(reason), but has no character of it at byte \(offset); convert it to UTF-8",
                    byte: offset)
            case .unknownToSystem:
                throw Problem(
                    message:
                        "the file is \(set.rawValue) by \(reason), which the system's iconv does not know; convert it to UTF-8",
                    byte: nil)
            }
        }
    }
}
