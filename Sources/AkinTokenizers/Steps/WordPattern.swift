/// The regular expressions by which byte-level tokenizers divide a text into words: every scalar is in some word.
enum WordPattern: Sendable, Equatable {
    /// GPT-2's: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
    case gpt2
    /// That of cl100k and its descendants:
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`.
    ///
    /// - Parameter digits: The most digits of a word.
    case cl100k(digits: Int)

    /// The pattern that a `tokenizer.json` writes so; nil for another.
    init?(expression: String) {
        func cl100k(_ digits: String) -> String {
            #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
                + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
        }
        switch expression {
        case #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#: self = .gpt2
        case cl100k(#"\p{N}{1,3}"#): self = .cl100k(digits: 3)
        case cl100k(#"\p{N}"#): self = .cl100k(digits: 1)
        default: return nil
        }
    }

    /// Where the word ends that begins at `start`.
    func wordEnd(_ bytes: borrowing Span<UInt8>, from start: Int, before limit: Int) -> Int {
        if bytes[start] == UInt8(ascii: "'"),
            let end = contractionEnd(bytes, after: start, before: limit, ignoresCase: self != .gpt2)
        {
            return end
        }
        switch self {
        case .gpt2: return gpt2End(bytes, from: start, before: limit)
        case .cl100k(let digits): return cl100kEnd(bytes, from: start, before: limit, digits)
        }
    }

    private func gpt2End(_ bytes: borrowing Span<UInt8>, from start: Int, before limit: Int) -> Int {
        let kinds = CharacterClassTable.shared
        var index = start
        var kind = kinds[UTF8Cursor.next(bytes, at: &index)]
        if bytes[start] == 0x20, index < limit {
            var next = index
            let following = kinds[UTF8Cursor.next(bytes, at: &next)]
            if following != .whitespace { (kind, index) = (following, next) }
        }
        return kind == .whitespace
            ? whitespaceEnd(bytes, from: start, before: limit)
            : runEnd(of: kind, bytes, from: index, before: limit)
    }

    private func cl100kEnd(_ bytes: borrowing Span<UInt8>, from start: Int, before limit: Int, _ digits: Int) -> Int {
        let kinds = CharacterClassTable.shared
        var index = start
        let kind = kinds[UTF8Cursor.next(bytes, at: &index)]
        if kind == .letter { return runEnd(of: .letter, bytes, from: index, before: limit) }
        if kind == .number { return runEnd(of: .number, bytes, from: index, before: limit, most: digits - 1) }
        var next = index
        let following = index < limit ? kinds[UTF8Cursor.next(bytes, at: &next)] : .whitespace
        if following == .letter, !Self.isLineEnd(bytes[start]) {
            return runEnd(of: .letter, bytes, from: next, before: limit)
        }
        if kind == .other || bytes[start] == 0x20 && following == .other {
            var end = runEnd(of: .other, bytes, from: index, before: limit)
            while end < limit, Self.isLineEnd(bytes[end]) { end += 1 }
            return end
        }
        let end = runEnd(of: .whitespace, bytes, from: index, before: limit)
        for place in (start..<end).reversed() where Self.isLineEnd(bytes[place]) { return place + 1 }
        return whitespaceEnd(bytes, from: start, before: limit)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// The end of whitespace that begins at `start`, without the last scalar where a word follows it.
    private func whitespaceEnd(_ bytes: borrowing Span<UInt8>, from start: Int, before limit: Int) -> Int {
        let end = runEnd(of: .whitespace, bytes, from: start, before: limit)
        guard end < limit else { return end }
        var last = end
        _ = UTF8Cursor.previous(bytes, before: &last)
        return last > start ? last : end
    }

    private func runEnd(
        of kind: CharacterClass, _ bytes: borrowing Span<UInt8>, from start: Int, before limit: Int, most: Int = .max
    ) -> Int {
        let kinds = CharacterClassTable.shared
        var end = start
        var count = 0
        while end < limit, count < most {
            var next = end
            guard kinds[UTF8Cursor.next(bytes, at: &next)] == kind else { break }
            end = next
            count += 1
        }
        return end
    }

    /// Where `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` ends; nil for another apostrophe.
    private func contractionEnd(
        _ bytes: borrowing Span<UInt8>, after apostrophe: Int, before limit: Int, ignoresCase: Bool
    ) -> Int? {
        func letter(_ index: Int) -> UInt8 {
            guard index < limit else { return 0 }
            let byte = bytes[index]
            return ignoresCase && (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
        }
        let first = apostrophe + 1
        switch (letter(first), letter(first + 1)) {
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _):
            return first + 1
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            return first + 2
        // The long s, U+017F, is an s in another case.
        case (0xC5, 0xBF) where ignoresCase: return first + 2
        default: return nil
        }
    }
}
