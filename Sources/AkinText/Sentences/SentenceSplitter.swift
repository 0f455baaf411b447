/// Cuts a text into sentences by rules: marks, abbreviations, line structure. No model, no dictionary beyond a few
/// dozen words.
///
/// Ranges are half-open, counted in Unicode scalars, and cover the text without gaps: white space after a sentence
/// belongs to it. A sentence ends
/// * at a blank line, before a list item, a heading or a table row, and after a heading line;
/// * after `。！？；` and the full stops of other scripts, which need no space behind them;
/// * after `.`, `!`, `?` and `…` when white space follows and what comes next does not begin in lower case, unless the
///   full stop belongs to an abbreviation, an initial, a list number or a German ordinal.
///
/// Closing quotes and brackets go with the mark before them. Single line breaks inside a paragraph are taken for
/// wrapped lines.
/// - Complexity: O(n) in the scalars of the text.
package struct SentenceSplitter: Sendable {
    package init() {}

    /// The sentences of a text; none for an empty text, one for a text of white space.
    package func ranges(in text: String) -> [Range<Int>] { Array(sentences(of: ScalarText(text))) }

    /// The sentences of a text given as its scalars.
    package func ranges(in scalars: [Unicode.Scalar]) -> [Range<Int>] { Array(sentences(of: ScalarText(scalars))) }

    /// The sentences one after another, so that those of a long text are never held together.
    func sentences(of scalars: ScalarText) -> some Sequence<Range<Int>> { SentenceScan(scalars: scalars) }
}

/// One pass over a text.
private struct SentenceScan: Sequence, IteratorProtocol {
    private let scalars: ScalarText
    /// How far the text is read.
    private var index = 0
    /// The sentence that has ended and was not handed out yet.
    private var ended: Range<Int>?
    /// Where the sentence being read begins.
    private var start = 0
    /// Where the line being read begins.
    private var lineStart = 0
    /// Whether the sentence being read holds anything but white space.
    private var hasContent = false

    init(scalars: ScalarText) { self.scalars = scalars }

    mutating func next() -> Range<Int>? {
        while ended == nil, index < scalars.count {
            let scalar = scalars[index]
            if scalar.isWhiteSpaceOrBreak {
                index = passWhiteSpace(from: index)
            } else if SentenceMarks.isMark(scalar) {
                hasContent = true
                index = passMarks(from: index)
            } else {
                hasContent = true
                index += 1
            }
        }
        if ended == nil { close(at: scalars.count) }
        defer { ended = nil }
        return ended
    }

    private mutating func close(at end: Int) {
        guard end > start else { return }
        ended = start..<end
        start = end
        hasContent = false
    }

    /// Reads past a run of white space, and ends the sentence before it if the line breaks in the run say so. Returns
    /// the index behind the run.
    private mutating func passWhiteSpace(from begin: Int) -> Int {
        var breaks = 0
        var end = begin
        var nextLine = lineStart
        while end < scalars.count, scalars[end].isWhiteSpaceOrBreak {
            if scalars[end].isLineBreak {
                let isSecondHalf = scalars[end] == "\n" && end > begin && scalars[end - 1] == "\r"
                if !isSecondHalf { breaks += 1 }
                nextLine = end + 1
            }
            end += 1
        }
        guard breaks > 0 else { return end }
        let ends =
            breaks > 1 || LineShape.isHeading(scalars, from: lineStart) || LineShape.beginsBlock(scalars, from: end)
        if ends, hasContent { close(at: end) }
        lineStart = nextLine
        return end
    }

    /// Reads past a run of marks and closing quotes, and decides whether the sentence ends there. Returns where to read
    /// on.
    private mutating func passMarks(from begin: Int) -> Int {
        var end = begin
        var unconditional = false
        var spaced = false
        while end < scalars.count {
            let scalar = scalars[end]
            if SentenceMarks.endsAlone(scalar) {
                unconditional = true
            } else if SentenceMarks.endsBeforeSpace(scalar) {
                spaced = true
            } else {
                break
            }
            end += 1
        }
        let marksEnd = end
        while end < scalars.count, SentenceMarks.isClosing(scalars[end]) { end += 1 }
        if end < scalars.count, SentenceMarks.isClosingBeforeSpace(scalars[end]),
            end + 1 == scalars.count || scalars[end + 1].isWhiteSpaceOrBreak
        {
            end += 1
        }

        var next = end
        while next < scalars.count, scalars[next].isWhiteSpaceOrBreak, !scalars[next].isLineBreak { next += 1 }
        let followsSpace = next > end || end == scalars.count || scalars[end].isLineBreak

        let ends: Bool
        if unconditional {
            ends = !(end > marksEnd && next < scalars.count && SentenceMarks.continuesAfterQuote(scalars[next]))
        } else if spaced, followsSpace {
            ends = endsBeforeSpace(marks: begin..<marksEnd, next: next)
        } else if begin > 0, scalars[begin - 1].isIdeographOrKana, scalars[marksEnd - 1] != "." {
            // Chinese and Japanese written with `!`, `?` or `…` and no space.
            ends = true
        } else {
            ends = false
        }
        guard ends else { return end }
        var after = next
        var lastBreak: Int?
        while after < scalars.count, scalars[after].isWhiteSpaceOrBreak {
            if scalars[after].isLineBreak { lastBreak = after }
            after += 1
        }
        close(at: after)
        if let lastBreak { lineStart = lastBreak + 1 }
        return after
    }

    /// Decides for marks that have white space or the end behind them; `next` is the scalar behind blanks, possibly a
    /// line break.
    private func endsBeforeSpace(marks: Range<Int>, next: Int) -> Bool {
        var next = next
        while next < scalars.count, scalars[next].isWhiteSpaceOrBreak { next += 1 }
        guard next < scalars.count else { return true }
        var first = next
        while first < scalars.count, first < next + 3, SentenceMarks.isOpening(scalars[first]) { first += 1 }
        guard first < scalars.count else { return true }
        if scalars[first].isLowerCase || SentenceMarks.continuesSentence(scalars[first]) { return false }
        guard marks.count == 1, scalars[marks.lowerBound] == "." else { return true }
        return !Abbreviations.holdsFullStop(scalars, at: marks.lowerBound, lineStart: lineStart, next: first)
    }
}
