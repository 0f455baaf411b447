/// Tells hyphens that a line end has put into a word from those that belong to it.
struct PDFHyphens {
    /// How many words must keep their hyphens, and none lose it, for a document to be one whose words are not split.
    private static let fewest = 2

    /// Words with a hyphen within a line, which therefore is no line end's.
    private var hyphenated: Set<String> = []
    /// Words that line ends have split and that stand whole elsewhere.
    private var whole: Set<String> = []
    /// Whether the program that made the document splits no words.
    private var splitsNone = false

    init(_ lines: [PDFLine]) {
        let split = zip(lines, lines.dropFirst()).filter { Self.isSplit($0.text, $1.text) }.map {
            Self.halves($0.text, $1.text)
        }
        guard !split.isEmpty else { return }
        let wanted = Set(split.map { $0.begin + $0.end })
        for line in lines {
            for word in line.text.split(whereSeparator: \.isWhitespace) {
                let bare = Self.bare(word)
                if bare.contains("-") { hyphenated.insert(bare) } else if wanted.contains(bare) { whole.insert(bare) }
            }
        }
        let kept = split.count { hyphenated.contains($0.begin + "-" + $0.end) }
        splitsNone = kept >= Self.fewest && whole.isEmpty
    }

    /// Whether a line end has split a word.
    static func isSplit(_ text: String, _ next: String) -> Bool {
        text.last.map(isHyphen) == true && text.dropLast().last?.isLetter == true && next.first?.isLowercase == true
    }

    private static func isHyphen(_ character: Character) -> Bool { "-\u{2010}\u{AD}".contains(character) }

    /// Whether the hyphen between two lines is the word's own.
    func belongs(between text: String, _ next: String) -> Bool {
        guard text.last == "-" else { return false }
        let (begin, end) = Self.halves(text, next)
        if begin.contains("-") || hyphenated.contains(begin + "-" + end) { return true }
        return splitsNone && !whole.contains(begin + end)
    }

    private static func halves(_ text: String, _ next: String) -> (begin: String, end: String) {
        let begin = text.split(whereSeparator: \.isWhitespace).last ?? ""
        let end = next.split(whereSeparator: \.isWhitespace).first ?? ""
        return (bare(begin.dropLast()), bare(end))
    }

    /// A word without what stands around it.
    private static func bare(_ word: some StringProtocol) -> String {
        let word = word.lowercased()
        let start = word.firstIndex { $0.isLetter || $0.isNumber } ?? word.endIndex
        let end = word.lastIndex { $0.isLetter || $0.isNumber }.map { word.index(after: $0) } ?? start
        return start < end ? String(word[start..<end]) : ""
    }
}
