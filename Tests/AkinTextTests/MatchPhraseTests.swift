import AkinText
import Testing

/// What the keyword index is asked for.
@Suite struct MatchPhraseTests {
    @Test(arguments: [
        ("memory leak", "\"memory leak\""), ("don't stop", "\"don t stop\""), ("汉字典", "\"汉字 字典\""),
        // A run that ends in the phrase is kept with its last character alone; behind the phrase's end it may go on.
        ("字典 x", "\"字典 典 x\""), ("Swift语言 x", "\"Swift 语言 言 x\""), ("汉字 词典", "\"汉字 字 词典\""), ("字", "\"字\"*"),
        ("a 字", "\"a 字\"*"), ("字 a", "\"字 a\""), ("한국어를", "\"한국 국어 어를\""), ("Ｃａｆｅ́", "\"Cafe\""),
        ("กัน ยา", "\"ก\u{E031}น น ยา\""),
    ])
    func `a phrase is the row of its words`(text: String, expected: String) {
        #expect(KeywordText.phrases(of: text).map(\.expression) == [expected])
    }

    @Test(arguments: ["", " ", "!", "\"", "\u{301}"]) func `there is no phrase without words`(text: String) {
        #expect(KeywordText.phrases(of: text) == [])
    }

    @Test func `older search texts have Korean words as they are written`() {
        #expect(
            KeywordText.phrases(of: "한국어를 배웁니다", findsOlderText: true).map(\.expression) == [
                "\"한국 국어 어를 를 배웁 웁니 니다\"", "\"한국어를 배웁니다\"",
            ])
    }

    /// A phrase finds every text that holds it, whatever its scripts.
    @Test(arguments: 0..<300) func `any part of a text is a phrase of it`(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let pieces = ["汉字典", "東京タワー", "Swift", "word", "กันยา", "한국어", "größe", " ", " ", ", ", "2024"]
        let characters = Array((0..<12).map { _ in pieces[random.integer(below: pieces.count)] }.joined())
        let text = String(characters)
        let kept = (KeywordText.searchText(text) ?? text).split { !$0.isLetter && !$0.isNumber && $0 < "\u{E000}" }
            .map { $0.lowercased() }
        let start = random.integer(below: characters.count)
        let end = start + 1 + random.integer(below: characters.count - start)
        // Words of spaced scripts are not cut.
        func cuts(_ place: Int) -> Bool {
            place > 0 && place < characters.count && characters[place - 1].isASCIIWord && characters[place].isASCIIWord
        }
        guard !cuts(start), !cuts(end) else { return }
        let part = String(characters[start..<end])
        for phrase in KeywordText.phrases(of: part) {
            #expect(
                phrase.isHeld(by: kept, asTokens: phrase.words.map { $0.lowercased() }),
                "\(part) in \(text): \(phrase.expression) in \(kept)")
        }
    }

    @Test(arguments: [
        ("shouldRollover", ["should Rollover", "should", "Rollover"], 3),
        ("RollingFileAppender", ["Rolling File Appender", "Rolling", "File", "Appender"], 4),
        ("parseHTTPHeader2", ["parse HTTP Header2", "parse", "HTTP", "Header2"], 4),
        ("snake_case", ["snake case"], 0), ("__init__", [], 0), ("std::vector", ["std vector"], 0),
        ("std::unordered_map", ["std unordered map"], 0), ("--no-verify", ["no verify"], 0),
        ("git commit --no-verify now", ["no verify"], 0),
        ("my_fileName", ["my fileName", "file Name", "file", "Name"], 3),
        ("well-known JavaScript iPhone don't PhD McDonald GitHub a:b x--y-z --all :: _ HTTP", [], 0),
    ])
    func `identifiers are looked for in their parts`(text: String, expected: [String], repeats: Int) {
        let words = MatchTerms(words: text)
        var all = MatchTerms()
        KeywordText.addWords(of: text, to: &all, identifiers: true)
        #expect(all.phrases.starts(with: words.phrases))
        let added = all.phrases.dropFirst(words.phrases.count)
        #expect(
            added.filter { !words.phrases.contains($0) }.map { $0.words.joined(separator: " ") } == expected)
        // The whole counts as often as its row and its parts together.
        #expect(added.count - expected.count == repeats)
    }
}

extension MatchTerms {
    fileprivate init(words: String) {
        self.init()
        KeywordText.addWords(of: words, to: &self)
    }
}

extension Character {
    fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) || "größe".contains(self) }
}
