/// A character set of one byte a character for another script than the Latin one, and the letters that make up most of
/// a text in it.
struct ScriptLetters {
    private let set: CharacterSet
    /// In lower case, where the script has one.
    private let letters: Set<Unicode.Scalar>

    private init(_ set: CharacterSet, _ letters: String) {
        (self.set, self.letters) = (set, Set(letters.unicodeScalars))
    }

    private static let cyrillic = "оеаинтсрвлкмдпуі"
    private static let all = [
        ScriptLetters(.windows1251, cyrillic), ScriptLetters(.koi8R, cyrillic), ScriptLetters(.koi8U, cyrillic),
        ScriptLetters(.ibm866, cyrillic), ScriptLetters(.iso8859_5, cyrillic),
        ScriptLetters(.windows1253, "αοιετνσηυρπκςμλ"), ScriptLetters(.windows1255, "יוהלאמתרבשנםחדק"),
        ScriptLetters(.windows1256, "اليمنوترعبدهسفقك"), ScriptLetters(.windows874, "านรอกเงมยลวดทสตะปบคห่้ีิัไ์"),
    ]
    /// The least share that those letters have of what is not ASCII.
    private static let leastShare = 0.6

    /// The set of a text; nil where letters of ASCII stand among the others, as in all Latin scripts, or no set's
    /// letters are frequent.
    static func set(of bytes: ArraySlice<UInt8>) -> CharacterSet? {
        var counts = [Int](repeating: 0, count: 0x80)
        var (joined, mixed) = (0, 0)
        var previous: UInt8 = 0x20
        for byte in bytes {
            if byte >= 0x80 { counts[Int(byte) - 0x80] += 1 }
            switch (previous >= 0x80, byte >= 0x80) {
            case (true, true): joined += 1
            case (true, false) where byte.isASCIILetter, (false, true) where previous.isASCIILetter: mixed += 1
            default: break
            }
            previous = byte
        }
        guard joined > 4 * mixed else { return nil }
        var best: (set: CharacterSet, share: Double)?
        for candidate in all {
            let share = candidate.share(of: counts)
            if share >= max(leastShare, (best?.share ?? 0).nextUp) { best = (candidate.set, share) }
        }
        return best?.set
    }

    /// The share of the letters in a text, capital letters counting a little less; none where a byte is no character of
    /// the set.
    ///
    /// - Parameter counts: (128) how often each byte from 0x80 stands in it.
    private func share(of counts: [Int]) -> Double {
        var (found, all) = (0.0, 0)
        for (place, count) in counts.enumerated() where count > 0 {
            all += count
            guard let bytes = try? set.utf8([UInt8(0x80 + place)]),
                let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first
            else { return 0 }
            if letters.contains(scalar) {
                found += Double(count)
            } else if let lower = scalar.properties.lowercaseMapping.unicodeScalars.first, letters.contains(lower) {
                found += 0.95 * Double(count)
            }
        }
        return all > 0 ? found / Double(all) : 0
    }
}
