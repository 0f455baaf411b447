/// The written form of terms: joining two words to a phrase, and distinguishing forms of one word from different words.
///
/// Knows no language: it compares characters only.
enum TermForm {
    /// Two adjacent words as one phrase: with a space, or without between characters of scripts that are written
    /// without spaces.
    ///
    /// Overlapping character pairs of such scripts (机器 + 器学) become one run (机器学).
    static func joined(_ first: String, _ second: String) -> String {
        guard let last = first.unicodeScalars.last, let next = second.unicodeScalars.first, isUnspaced(last),
            isUnspaced(next)
        else {
            return "\(first) \(second)"
        }
        return last == next && first.unicodeScalars.count > 1 ? first + second.dropFirst() : first + second
    }

    /// The words of a term.
    static func words(of term: String) -> [String] { term.split(separator: " ").map(String.init) }

    /// Whether two terms would repeat each other in a list: a word of one is a form of a word of the other.
    static func areAlike(_ first: String, _ second: String) -> Bool {
        if first == second { return true }
        let others = words(of: second)
        return words(of: first).contains { word in others.contains { areForms(word, $0) } }
    }

    /// Whether two words look like forms of one: equal, one inside the other (three characters at least, or unspaced
    /// script), overlapping character pairs of unspaced script, or starting alike over four characters and 70 % of the
    /// shorter (`studies` and `study`, `computer` and `computing`).
    private static func areForms(_ first: String, _ second: String) -> Bool {
        let (shorter, longer) = first.count <= second.count ? (first, second) : (second, first)
        if shorter == longer { return true }
        let length = shorter.count
        if let scalar = shorter.unicodeScalars.first, isUnspaced(scalar) {
            return longer.contains(shorter)
                || length == 2 && (shorter.last == longer.first || shorter.first == longer.last)
        }
        if length >= 3, longer.contains(shorter) { return true }
        let shared = zip(shorter, longer).prefix { $0 == $1 }.count
        return shared >= 4 && Double(shared) >= 0.7 * Double(length)
    }

    /// Han, Hiragana, Katakana and their supplements.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
