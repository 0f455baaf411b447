/// The bytes of a document file made into text.
///
/// A byte order mark decides (UTF-8, UTF-16, UTF-32). Without one, bytes that are valid UTF-8 are taken as such,
/// whatever a page declares: it is far more common that a page was converted and its declaration forgotten than that
/// text of another set is valid UTF-8 by chance. Only then does a page's declaration count. ISO-2022-JP, which consists
/// of ASCII bytes, is recognized by its escapes. What declares nothing is guessed.
struct DocumentDecoding {
    /// The message about bytes that cannot be read, with the place of the first of them.
    struct Problem: Error {
        let message: String
        let byte: Int?
    }

    let text: String
    /// The set that the bytes were taken for without a word from their author; nil where there was one.
    private(set) var guess: CharacterSet?

    /// - Parameters:
    ///   - wide: the set of more than a byte a character that the beginning of the bytes shows.
    ///   - declares: whether the bytes are a page, which may declare its set.
    init(_ bytes: [UInt8], wide: CharacterSet?, declaringCharacterSet declares: Bool) throws(Problem) {
        if let wide {
            guess = CharacterSet(byteOrderMarkOf: bytes[...]) == nil ? wide : nil
            text = try Self.decoded(bytes, as: wide, by: guess == nil ? "its byte order mark" : "its NUL bytes")
            return
        }
        let isEscaped = declares && bytes.contains(0x1B)
        if !isEscaped, let valid = String(validating: bytes, as: UTF8.self) {
            text = valid
            return
        }
        let offset = TextDecoding.firstInvalidByte(in: bytes)
        if declares, let label = CharacterSetDeclaration.label(in: bytes) {
            let set = CharacterSet(label: label)
            if set == nil, let offset {
                throw Problem(
                    message:
                        "the page declares the character set \"\(label)\", which is not one of the web's; convert it to UTF-8",
                    byte: offset)
            }
            if let set, set != .utf8, offset != nil || set == .iso2022JP {
                text = try Self.decoded(bytes, as: set, by: "what the page declares")
                return
            }
        }
        guard let offset else {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        guard let likely = CharacterSetGuess.set(of: bytes, firstInvalidByte: offset) else {
            throw Problem(message: "the file \(TextDecoding.invalidUTF8(atByte: offset))", byte: offset)
        }
        text = try Self.decoded(bytes, as: likely, by: CharacterSetGuess.reason)
        guess = likely
    }

    private static func decoded(_ bytes: [UInt8], as set: CharacterSet, by reason: String) throws(Problem) -> String {
        do throws(CharacterSet.DecodingFault) {
            return String(decoding: try set.utf8(bytes), as: UTF8.self)
        } catch {
            var place: Int?
            if case .invalidByte(let offset) = error { place = offset }
            throw Problem(message: "the file \(error.message(about: set, by: reason))", byte: place)
        }
    }
}

extension CharacterSet.DecodingFault {
    /// The message about a file, after its name.
    ///
    /// - Parameter reason: what says that the file is of the set.
    func message(about set: CharacterSet, by reason: String) -> String {
        switch self {
        case .invalidByte(let offset):
            "is \(set.rawValue) by \(reason), but has no character of it at byte \(offset); convert it to UTF-8"
        case .unknownToSystem:
            "is \(set.rawValue) by \(reason), which the system's iconv does not know; convert it to UTF-8"
        }
    }
}
