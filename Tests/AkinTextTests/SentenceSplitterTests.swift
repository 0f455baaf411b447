import AkinText
import Testing

@Suite struct SentenceSplitterTests {
    /// A `|` marks each border; the text is what is left without them.
    @Test(arguments: [
        "One. |Two! |Three?",
        "Dr. Smith met Mrs. Jones at 3.14 p.m. yesterday. |They left.",
        "He said \"Stop.\" |Then he went.",
        "\"Really?\" she asked. |He nodded.",
        "J. K. Rowling wrote it. |See Fig. 3 and No. 5 for more.",
        "I live in the U.S. |The weather is fine. |The U.S. Army is large.",
        "It costs 3.50 euros. |In 1990. |The end.",
        "Wait... what? |Well... |The end.",
        "Apples, pears, etc. are fruit. |So are plums, etc. |The rest is not.",
        "Das ist z. B. Unsinn. |Das ist z.B. Quatsch, d. h. falsch.",
        "Am 3. Oktober war es kalt. |Der 2. Weltkrieg endete 1945. |Danach kam Frieden.",
        "Prof. Dr. Müller kam ca. 5 Minuten zu spät. |„Guten Tag.“ |Er ging.",
        "今天天气很好。|我们去公园吧！|你去吗？|“好的。”|他说。|“不！”",
        "「そうですか。」と言った。|次の日。",
        "第一；|第二。|中文没有空格!|下一句",
        "هل هذا سؤال؟ |نعم.",
        "यह एक वाक्य है। |यह दूसरा है।",
        "A paragraph\nwrapped over lines. |Next.\n\n|New paragraph without mark\n\n|Last",
        "# Heading\n|Text below. |More.",
        "Shopping:\n|- milk\n|- bread and\n  butter\n|1. Eggs\n|2. Flour",
        "Visit example.com today. |Use v1.2.3 now.",
        "(One.) |[Two.] |Three.",
        "  Leading space. |End.  \n",
        "It has an iPod. iPad is taken for lower case. |5 is a number.",
    ])
    func `sentences end where a reader would end them`(marked: String) {
        let expected = marked.split(separator: "|").map(String.init)
        let text = expected.joined()
        #expect(SentenceSplitter().ranges(in: text).map { substring(text, $0) } == expected)
    }

    @Test func `an empty text has no sentence, a blank one has one`() {
        #expect(SentenceSplitter().ranges(in: "").isEmpty)
        #expect(SentenceSplitter().ranges(in: " \n\n ") == [0..<4])
    }

    @Test(arguments: 0..<300)
    func `ranges cover random texts and hold content`(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let text = random.text(pieces: 1 + random.integer(below: 120))
        let ranges = SentenceSplitter().ranges(in: text)
        #expect(ranges.first?.lowerBound == 0)
        #expect(ranges.last?.upperBound == text.unicodeScalars.count)
        for (range, next) in zip(ranges, ranges.dropFirst()) { #expect(range.upperBound == next.lowerBound) }
        for range in ranges where ranges.count > 1 {
            #expect(substring(text, range).unicodeScalars.contains { !$0.properties.isWhitespace })
        }
    }

    /// Each would take minutes if any rule looked ahead or back without bound.
    @Test(arguments: [". ", ".", " ", "\n", "\"", ".\"", "a", "1. ", "。", "z. B. ", "- \n", "#\n"])
    func `long runs take linear time`(piece: String) {
        let text = String(repeating: piece, count: 400_000)
        #expect(SentenceSplitter().ranges(in: text).last?.upperBound == text.unicodeScalars.count)
    }
}
