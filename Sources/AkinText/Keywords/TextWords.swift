/// The words of a text where they stand: runs of letters, digits and marks, and each character of scripts without spaces
/// by itself.
struct TextWords {
    struct Word {
        /// In Unicode scalars of the text.
        let range: Range<Int>
        let text: String
        /// Whether it is a character of a script without spaces, with its marks.
        let isUnit: Bool

        /// Whether another one stands right behind it, in a script without spaces too.
        func touches(_ next: Word) -> Bool { isUnit && next.isUnit && range.upperBound == next.range.lowerBound }
    }

    let words: [Word]

    /// - Complexity: O(n).
    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var words: [Word] = []
        var place = 0
        func end(_ belongs: (Unicode.Scalar) -> Bool) -> Int {
            scalars[(place + 1)...].firstIndex { !belongs($0) } ?? scalars.count
        }
        while place < scalars.count {
            let isUnit = Self.isUnit(scalars[place])
            guard isUnit || scalars[place].isTokenScalar else {
                place += 1
                continue
            }
            let end = isUnit ? end(\.isSpacelessMark) : end { $0.isWordScalar && !Self.isUnit($0) }
            words.append(
                Word(range: place..<end, text: KeywordText.string(scalars[place..<end]), isUnit: isUnit))
            place = end
        }
        self.words = words
    }

    private static func isUnit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x0E00 && (scalar.beginsBigramUnit || scalar.isHangulSyllable)
    }
}
