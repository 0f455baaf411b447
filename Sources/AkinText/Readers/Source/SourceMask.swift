/// The bytes of a source file with comments and strings blotted out, so that braces and words in them mean nothing.
///
/// O(n), and any bytes are read: a string that its line does not close ends with the line.
struct SourceMask {
    /// What stands for each byte of a comment and of a string; line breaks stay.
    static let comment: UInt8 = 1
    static let string: UInt8 = 2
    /// A longer regular expression is none, in bytes.
    private static let longestPattern = 4000

    private(set) var bytes: [UInt8]
    private let language: SourceLanguage
    private var index = 0
    /// The last byte that is no blank, for what a slash means.
    private var last: UInt8 = 0
    private var isAtLineStart = true

    init(_ source: [UInt8], language: SourceLanguage) {
        (bytes, self.language) = (source, language)
        while index < bytes.count { step() }
    }

    private func holds(_ text: String, at place: Int) -> Bool {
        place + text.utf8.count <= bytes.count && bytes[place..<place + text.utf8.count].elementsEqual(text.utf8)
    }

    private mutating func blot(to end: Int, as mark: UInt8) {
        while index < min(end, bytes.count) {
            if bytes[index] != 0x0A { bytes[index] = mark }
            index += 1
        }
    }

    private func lineEnd(from place: Int) -> Int { bytes[place...].firstIndex(of: 0x0A) ?? bytes.count }

    private mutating func step() {
        let byte = bytes[index]
        if byte == 0x0A || byte == 0x20 || byte == 0x09 || byte == 0x0D {
            if byte == 0x0A { isAtLineStart = true }
            index += 1
            return
        }
        defer { isAtLineStart = false }
        if language == .c, isAtLineStart, byte == UInt8(ascii: "#") { return blotDirective() }
        if language.lineComments.contains(where: { holds($0, at: index) }), !holds("#[", at: index) {
            return blot(to: lineEnd(from: index), as: Self.comment)
        }
        if language.hasBlockComments, holds("/*", at: index) { return blotComment() }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): blotString(byte)
        case UInt8(ascii: "#") where language == .swift: blotRawString()
        case UInt8(ascii: "/") where language == .javaScript && beginsPattern: blotPattern()
        default:
            last = byte
            index += 1
        }
    }

    /// A line for the preprocessor, with the lines it goes on in.
    private mutating func blotDirective() {
        repeat {
            let end = lineEnd(from: index)
            var before = end
            if before > index, bytes[before - 1] == 0x0D { before -= 1 }
            let goesOn = before > index && bytes[before - 1] == UInt8(ascii: "\\")
            blot(to: end, as: Self.string)
            if goesOn, index < bytes.count { index += 1 } else { return }
        } while index < bytes.count
    }

    private mutating func blotComment() {
        var (depth, end) = (1, index + 2)
        while end < bytes.count, depth > 0 {
            if holds("*/", at: end) {
                depth -= 1
                end += 2
            } else if language.nestsComments, holds("/*", at: end) {
                depth += 1
                end += 2
            } else {
                end += 1
            }
        }
        blot(to: end, as: Self.comment)
    }

    private mutating func blotString(_ quote: UInt8) {
        let isApostrophe = quote == UInt8(ascii: "'")
        if isApostrophe, language == .rust || language == .c || language == .java || language == .kotlin {
            return blotCharacter()
        }
        if isApostrophe, language == .swift || language == .go && !isCharacter {
            index += 1
            return
        }
        if quote == UInt8(ascii: "`"), language != .javaScript, language != .go {
            index += 1
            return
        }
        // Double quotes hold names in SQL.
        if language == .sql, !isApostrophe {
            index += 1
            return
        }
        let triple = String(repeating: Character(Unicode.Scalar(quote)), count: 3)
        if language.hasTripleQuotes, holds(triple, at: index) {
            var end = index + 3
            while end < bytes.count, !holds(triple, at: end) { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
            return blot(to: end + 3, as: Self.string)
        }
        let isMultiline = language.multilineQuotes.contains(quote)
        let hasEscapes = !(language == .go && quote == UInt8(ascii: "`")) && language != .sql
        var end = index + 1
        while end < bytes.count, bytes[end] != quote {
            if bytes[end] == 0x0A, !isMultiline { break }
            let skipsNext = hasEscapes && bytes[end] == UInt8(ascii: "\\")
            end += skipsNext ? 2 : 1
        }
        last = quote
        blot(to: end < bytes.count && bytes[end] == quote ? end + 1 : end, as: Self.string)
    }

    private var isCharacter: Bool {
        guard index + 2 < bytes.count else { return false }
        if bytes[index + 1] == UInt8(ascii: "\\") { return true }
        return bytes[(index + 1)...].prefix(6).dropFirst().contains(UInt8(ascii: "'"))
    }

    /// A character in apostrophes; an apostrophe that begins none, as of a lifetime or between digits, is passed.
    private mutating func blotCharacter() {
        guard isCharacter else {
            index += 1
            return
        }
        var end = index + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "'"), bytes[end] != 0x0A {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        blot(to: end + 1, as: Self.string)
    }

    /// A string of Swift between number signs.
    private mutating func blotRawString() {
        var quote = index
        while quote < bytes.count, bytes[quote] == UInt8(ascii: "#") { quote += 1 }
        guard quote < bytes.count, bytes[quote] == UInt8(ascii: "\""), quote - index < 8 else {
            index = quote
            return
        }
        let isTriple = holds("\"\"\"", at: quote)
        let closing = (isTriple ? "\"\"\"" : "\"") + String(repeating: "#", count: quote - index)
        var end = quote + (isTriple ? 3 : 1)
        while end < bytes.count, !holds(closing, at: end) {
            if !isTriple, bytes[end] == 0x0A { break }
            end += 1
        }
        blot(to: end + closing.utf8.count, as: Self.string)
    }

    /// Whether a slash begins a regular expression of JavaScript rather than divides.
    private var beginsPattern: Bool { last == 0 || "(,=:[!&|?{};+-*%<>~^".utf8.contains(last) }

    private mutating func blotPattern() {
        var (end, isInClass) = (index + 1, false)
        let limit = min(bytes.count, index + Self.longestPattern)
        while end < limit, bytes[end] != 0x0A, isInClass || bytes[end] != UInt8(ascii: "/") {
            if bytes[end] == UInt8(ascii: "[") { isInClass = true }
            if bytes[end] == UInt8(ascii: "]") { isInClass = false }
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < limit, bytes[end] == UInt8(ascii: "/") else {
            index += 1
            return
        }
        blot(to: end + 1, as: Self.string)
        last = UInt8(ascii: "/")
    }
}
