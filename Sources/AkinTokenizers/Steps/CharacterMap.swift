import AkinCore
import Foundation

/// The replacements of characters in a SentencePiece model (`Precompiled` in a `tokenizer.json`): NFKC with some more
/// rules.
///
/// ```
///  0 ┌──────────────────────────────────────────────────┐
///    │ length of the trie in bytes   u32                │
///  4 │ trie                          u32 units          │
///    ├──────────────────────────────────────────────────┤
///    │ replacements, each ended by a zero byte          │
///    └──────────────────────────────────────────────────┘
/// ```
/// The trie is a double array (Aoe 1989, in the arrangement of the library Darts-clone): the child of a node for a byte
/// is found at the node's offset XOR the byte, and is the node's child only if it carries that byte as its label.
struct CharacterMap: Sendable {
    /// The longest of Unicode has 33 bytes. Much longer ones would fill the memory.
    private static let longestReplacement = 64

    private let units: [UInt32]
    private let replacements: [UInt8]
    /// (128) what each ASCII byte that stands alone becomes.
    private var ascii = [Range<Int>?](repeating: nil, count: 128)

    /// - Throws: `AkinError.invalidData` when the bytes are not of this form.
    init(_ bytes: [UInt8], file: String) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(.invalidData, "\(file): precompiled_charsmap \(what); get the model's own file.")
        }
        func unit(_ offset: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) } }
        guard bytes.count >= 4 else { throw fault("is cut short") }
        let length = Int(unit(0))
        guard length >= 4, length % 4 == 0, length <= bytes.count - 4 else {
            throw fault("claims a trie of \(length) bytes and has \(bytes.count) in all")
        }
        units = stride(from: 4, to: 4 + length, by: 4).map(unit)
        replacements = Array(bytes[(4 + length)...])
        guard String(validating: replacements, as: UTF8.self) != nil else {
            throw fault("has replacements that are not UTF-8")
        }
        guard !replacements.split(separator: 0).contains(where: { $0.count > Self.longestReplacement }) else {
            throw fault("has a replacement of more than \(Self.longestReplacement) bytes")
        }
        let all: [UInt8] = Array(0..<128)
        for byte in 0..<128 { ascii[byte] = replacement(of: all.span, byte..<byte + 1) }
    }

    /// Replaces characters. Where a user-perceived character of several scalars has fewer than six bytes, it is
    /// replaced as a whole by what the shortest key with which it begins stands for, even if that drops the rest of it:
    /// as Hugging Face does.
    func applied(to text: NormalizedText) -> NormalizedText {
        let bytes = text.bytes.span
        var result = NormalizedText()
        result.reserve(bytes.count + 8)
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80, bytes[index] != 0x0D, index + 1 == bytes.count || bytes[index + 1] < 0x80 {
                if let replacement = ascii[Int(bytes[index])] {
                    result.append(replacements[replacement], source: text.sources[index])
                } else {
                    result.append(text, index..<index + 1)
                }
                index += 1
                continue
            }
            var end = index
            var isAlone = Self.standsAlone(UTF8Cursor.next(bytes, at: &end))
            var ends = [end]
            while end < bytes.count {
                let next = Self.standsAlone(UTF8Cursor.next(bytes, at: &end))
                if isAlone && next { break }
                isAlone = next
                ends.append(end)
            }
            if ends.count == 1 {
                replace(index..<ends[0], of: text, into: &result)
                index = ends[0]
            } else {
                for character in String(decoding: text.bytes[index..<ends[ends.count - 1]], as: UTF8.self) {
                    let end = index + character.utf8.count
                    if end - index < 6, let replacement = replacement(of: bytes, index..<end) {
                        result.append(replacements[replacement], source: text.sources[index])
                        index = end
                    }
                    while index < end {
                        var next = index
                        _ = UTF8Cursor.next(bytes, at: &next)
                        replace(index..<next, of: text, into: &result)
                        index = next
                    }
                }
            }
        }
        // Dropped characters are not counted there: the remaining text begins at the text's beginning.
        if let first = text.sources.first { result.begin(at: first) }
        return result
    }

    /// Whether a scalar is certainly a character of its own beside another such scalar: it neither extends the one
    /// before it nor combines with the one after it. Not every such scalar is recognized.
    private static func standsAlone(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0D: false
        case 0..<0x300, 0x370..<0x483, 0x48A..<0x530, 0x1E00..<0x2000, 0x2010..<0x2028, 0x3001..<0x302A,
            0x3041..<0x3097, 0x30A1..<0x30FB,
            0x3400..<0xA000, 0xAC00..<0xD7A4, 0xFF01..<0xFF9E:
            true
        default: false
        }
    }

    private func replace(_ scalar: Range<Int>, of text: NormalizedText, into result: inout NormalizedText) {
        if let replacement = replacement(of: text.bytes.span, scalar) {
            result.append(replacements[replacement], source: text.sources[scalar.lowerBound])
        } else {
            result.append(text, scalar)
        }
    }

    /// What the shortest key with which a stretch of bytes begins stands for; nil where there is none.
    private func replacement(of bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var node = Self.offset(units[0])
        for index in range {
            let byte = Int(bytes[index])
            guard byte != 0 else { return nil }
            node ^= byte
            guard node < units.count, units[node] & (1 << 31 | 0xFF) == UInt32(byte) else { return nil }
            let unit = units[node]
            node ^= Self.offset(unit)
            if unit & 1 << 8 != 0 {
                guard node < units.count else { return nil }
                return replacement(at: Int(units[node] & ~(1 << 31)))
            }
        }
        return nil
    }

    private func replacement(at start: Int) -> Range<Int>? {
        guard start < replacements.count, replacements[start] & 0xC0 != 0x80 else { return nil }
        return start..<(replacements[start...].firstIndex(of: 0) ?? replacements.count)
    }

    private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }
}
