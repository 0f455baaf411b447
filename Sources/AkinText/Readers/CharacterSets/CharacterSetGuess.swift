/// The character set that bytes are most likely of which are not UTF-8 and have nothing that says what they are.
///
/// Sets of two bytes a character come first: the bytes must fit, most characters must be common ones, and they stand
/// next to each other. Then come sets of other scripts than the Latin one, by their most frequent letters. What is left
/// is a text of Western Europe.
enum CharacterSetGuess {
    /// How many bytes are looked at.
    static let sampledBytes = 1 << 18
    /// What says that a file is of a set, in messages.
    static let reason = "its letters"

    /// The set of a text.
    ///
    /// - Parameters:
    ///   - bytes: the text, or its beginning.
    ///   - offset: the place of the first byte that is not UTF-8, near which the text is looked at.
    /// - Returns: nil where the bytes look like UTF-8 that was damaged, or like no text.
    /// - Complexity: O(n) in the bytes looked at.
    static func set(of bytes: [UInt8], firstInvalidByte offset: Int) -> CharacterSet? {
        let earliest = max(0, offset - sampledBytes / 2)
        let before = bytes[earliest..<offset]
        // No set of two bytes a character has a second byte below this one; without one at least UTF-8 begins right.
        let border = before.firstIndex { $0 < 0x30 } ?? before.firstIndex { $0 & 0xC0 != 0x80 } ?? offset
        let start = earliest == 0 ? 0 : border
        let sample = bytes[start...].prefix(sampledBytes)
        guard isText(sample), !isDamagedUTF8(sample) else { return nil }
        return DoubleByteSet.all.first { $0.fits(sample) }?.set ?? ScriptLetters.set(of: sample) ?? latin(sample)
    }

    /// UTF-16 without a byte order mark: the upper bytes of ASCII are NUL, at least those of spaces and line ends.
    /// Fewer than four could be chance.
    ///
    /// - Returns: nil for all else, such as binary files with many small numbers.
    static func wideSet(of head: ArraySlice<UInt8>) -> CharacterSet? {
        let sample = head.prefix(sampledBytes)
        guard sample.contains(0) else { return nil }
        var zeros = (even: 0, odd: 0)
        for (place, byte) in sample.enumerated() where byte == 0 {
            if place % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        guard min(zeros.even, zeros.odd) == 0, max(zeros.even, zeros.odd) >= max(4, sample.count / 20),
            sample.count % 2 == 0
        else { return nil }
        let set = zeros.even == 0 ? CharacterSet.utf16LE : .utf16BE
        let whole = [UInt8](sample)
        // The sample may end within a character.
        guard let decoded = (try? set.utf8(whole)) ?? (try? set.utf8(whole.dropLast(2))) else { return nil }
        return isText(decoded[...], mostControls: 0) ? set : nil
    }

    /// Whether hardly any bytes are controls that no text has.
    private static func isText(_ bytes: ArraySlice<UInt8>, mostControls share: Double = 0.01) -> Bool {
        let controls = bytes.count {
            $0 < 0x08 || (0x0E...0x19).contains($0) || (0x1C...0x1F).contains($0) || $0 == 0x7F
        }
        return Double(controls) <= Double(bytes.count) * share
    }

    /// Whether most of what is not ASCII is UTF-8.
    private static func isDamagedUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (characters, invalid) = (0, 0)
        var rest = bytes
        while let place = rest.firstIndex(where: { $0 >= 0x80 }) {
            let length = TextDecoding.length(ofCharacterAt: place, in: bytes)
            if length == nil { invalid += 1 } else { characters += 1 }
            rest = rest[(place + (length ?? 1))...]
        }
        return characters >= invalid
    }

    /// Of the sets of Western Europe, the one by what they differ in; nil where many bytes are of neither.
    private static func latin(_ bytes: ArraySlice<UInt8>) -> CharacterSet? {
        let upper = bytes.count { $0 >= 0x80 }
        // The last one is ÿ, which stands in no text for itself, but in many that are no text.
        let unassigned = bytes.count { [0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF].contains($0) }
        guard unassigned * 10 <= upper else { return nil }
        guard !bytes.contains(where: { (0x80...0x9F).contains($0) }) else { return .windows1252 }
        // The euro sign in place of the sign for any currency, and œ in place of one half and one quarter.
        let hasEuro = bytes.contains(0xA4)
        let hasLigature = zip(bytes, bytes.dropFirst()).contains { (0xBC...0xBD).contains($0) && $1.isASCIILetter }
        return hasEuro || hasLigature ? .iso8859_15 : .windows1252
    }
}
