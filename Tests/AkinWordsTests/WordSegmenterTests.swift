import AkinWords
import Testing

@Suite struct WordSegmenterTests {
    static let cases: [(String, [String])] = [
        ("", []),
        (" \n\t…—", []),
        ("Hello, World!", ["hello", "world"]),
        ("don't 'quote' dogs' rock'n'roll", ["don't", "quote", "dogs", "rock'n'roll"]),
        ("don\u{2019}t", ["don't"]),
        ("a''b", ["a", "b"]),
        ("GPT4 v2.0", ["gpt4", "v2", "0"]),
        ("ÉCOLE straße ΟΔΟΣ", ["école", "straße", "οδοσ"]),
        ("e\u{301}cole", ["école"]),
        ("中文字", ["中", "中文", "文", "文字", "字"]),
        ("中 文", ["中", "文"]),
        ("用Swift写3行", ["用", "swift", "写", "3", "行"]),
        ("かな", ["か", "かな", "な"]),
        ("กิน", ["กิ", "กิน", "น"]),
        ("한국어 텍스트", ["한국어", "텍스트"]),
        ("🐱cat🐱", ["cat"]),
        ("\u{301}x", ["x"]),
    ]

    @Test(arguments: cases)
    func `a text is split into its words`(_ text: String, into expected: [String]) {
        #expect(WordSegmenter().words(in: text).map(\.text) == expected)
    }

    @Test(arguments: cases.map(\.0) + ["Ein Café 中文字, don’t กินข้าว 1e\u{301}2 «x»!"])
    func `ranges cover their words`(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        for word in WordSegmenter().words(in: text) {
            var slice = String.UnicodeScalarView()
            slice.append(contentsOf: scalars[word.range])
            // String comparison is by canonical equivalence, as composed words need.
            #expect(String(slice).lowercased().replacing("\u{2019}", with: "'").replacing("ς", with: "σ") == word.text)
        }
    }

    @Test(arguments: cases.map(\.0))
    func `tokens ascend within the text`(_ text: String) {
        let starts = WordSegmenter().tokenStarts(in: text)
        for (earlier, later) in zip(starts, starts.dropFirst()) { #expect(earlier < later) }
        #expect(starts.allSatisfy { $0 < text.unicodeScalars.count })
    }

    @Test func `tokens of unspaced text are single letters`() {
        #expect(Array(WordSegmenter().tokenStarts(in: "中文 ab")) == [0, 1, 3])
    }
}
