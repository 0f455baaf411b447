import AkinText
import Testing

@Suite struct KeywordTextTests {
    @Test(arguments: [
        ("汉字典", "汉字 字典 典 "), ("字", "字 "), ("我爱Swift语言", "我爱 爱 Swift 语言 言 "), ("東京タワー", "東京 京タ タワ ワー ー "),
        ("iPhone手机, ok", "iPhone 手机 机 , ok"), ("ＡＢＣ１", "ABC1"), ("ﾊﾟﾝｶﾞ", "パン ンガ ガ "), ("中。国", "中 。 国 "),
        ("か\u{3099}く", "がく く "),
    ])
    func `runs of unspaced scripts are cut into pairs`(text: String, expected: String) {
        #expect(KeywordText.searchText(text) == expected)
    }

    @Test(arguments: ["", "plain words", "grösser naïve", "“quotes” – dashes", "русский"])
    func `other text is left alone`(text: String) { #expect(KeywordText.searchText(text) == nil) }

    @Test func `syllables of scripts without spaces are kept together`() throws {
        // Thai ก + ั, น: the vowel sign is replaced by a private-use character, which FTS5 takes for a letter.
        #expect(KeywordText.searchText("กัน") == "ก\u{E031}น น ")
    }

    @Test(arguments: [
        ("hello world", "\"hello\" OR \"world\""), ("Hello hello HELLO", "\"Hello\""),
        ("the AND of", "\"the\" OR \"AND\" OR \"of\""),
        (
            "NEAR(a b, 3) c* ^d e:f \"g\" -h",
            "\"NEAR\" OR \"a\" OR \"b\" OR \"3\" OR \"c\" OR \"d\" OR \"e\" OR \"f\" OR \"g\" OR \"h\""
        ),
        ("字", "\"字\"*"), ("汉字典", "\"汉字\" OR \"字典\""), ("don't", "\"don\" OR \"t\""), ("a\u{0}b", "\"a\" OR \"b\""),
        ("C++ 手机ok", "\"C\" OR \"手机\" OR \"ok\""), ("cafe\u{301}", "\"cafe\""),
    ])
    func `every word of a query is quoted`(query: String, expected: String) {
        #expect(KeywordText.matchExpression(query) == expected)
    }

    @Test(arguments: ["", "  ", "\"*()", "!!! ???", "\u{0}\u{1}", "🙂", "\u{301}", "。"])
    func `queries without words have no expression`(query: String) {
        #expect(KeywordText.matchExpression(query) == nil)
    }

    @Test func `the number of terms is limited`() throws {
        let expression = try #require(KeywordText.matchExpression((0..<1000).map { "w\($0)" }.joined(separator: " ")))
        #expect(expression.split(separator: " OR ").count == KeywordText.maximumTerms)
    }

    /// `"term"` or `"term"*`, joined with ` OR `, where a term has letters, digits and marks only, is safe in FTS5's
    /// language.
    @Test(arguments: 0..<300)
    func `SQLite understands the expression of any random query`(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        guard let expression = KeywordText.matchExpression(random.text(pieces: 1 + random.integer(below: 60))) else {
            return
        }
        for term in expression.split(separator: " OR ", omittingEmptySubsequences: false) {
            var scalars = Array(term.unicodeScalars)
            if scalars.last == "*" { scalars.removeLast() }
            #expect(scalars.count >= 3 && scalars.first == "\"" && scalars.last == "\"")
            for scalar in scalars.dropFirst().dropLast() {
                #expect(scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.value >= 0x300)
                #expect(scalar != "\"" && !scalar.properties.isWhitespace && scalar.value >= 0x30)
            }
        }
    }

    /// Documents and queries are cut the same way: a run is found by every part of it.
    @Test(arguments: ["汉字典大全", "東京タワー", "กันยายน", "ພາສາລາວ", "か\u{3099}っこう"])
    func `every part of a run finds it`(run: String) throws {
        let kept = try #require(KeywordText.searchText(run)).split(separator: " ").map(String.init)
        let characters = Array(run)
        for length in 1...characters.count {
            for begin in 0...(characters.count - length) {
                let part = String(characters[begin..<begin + length])
                for term in try #require(KeywordText.matchExpression(part)).split(separator: " OR ") {
                    let word = term.split(separator: "\"")[0]
                    #expect(
                        kept.contains {
                            term.hasSuffix("*") ? $0.unicodeScalars.starts(with: word.unicodeScalars) : $0 == word
                        }, "\(part)")
                }
            }
        }
    }

    @Test(arguments: [
        ("Don't stop-gap THE Rock’n’Roll—2nd", ["don't", "stop-gap", "the", "rock'n'roll", "2nd"]),
        ("-a- 'b' c--d", ["a", "b", "c", "d"]),
        ("我爱Swift语言", ["我爱", "swift", "语言"]), ("字", ["字"]), ("กัน", ["กัน"]), ("", []), ("...", []),
    ])
    func `words for names of clusters are those of the text`(text: String, expected: [String]) {
        #expect(KeywordText.words(of: text) == expected)
    }

    @Test(arguments: [
        ("The quick brown fox jumps over the lazy dog and it is happy.", Language.english),
        ("Der schnelle braune Fuchs springt über den faulen Hund und ist dabei sehr froh.", .german),
        ("今天天气很好，我们去公园吧。", .chinese), ("今日はとても良い天気ですね。", .japanese), ("오늘은 날씨가 좋습니다.", .korean),
        ("Le renard brun saute par-dessus le chien paresseux.", .other), ("", .other), ("12345", .other),
        ("我用 iPhone 拍照片，效果非常好", .chinese),
    ])
    func `the language of a text is guessed`(text: String, expected: Language) {
        #expect(LanguageGuess.language(of: text) == expected)
    }

    @Test func `stop words are in the form of words`() {
        for language in Language.allCases {
            for word in StopWords.set(for: language) { #expect(KeywordText.words(of: word) == [word]) }
        }
        #expect(StopWords.set(for: .english).contains("the"))
        #expect(StopWords.set(for: .german).contains("über"))
        #expect(StopWords.set(for: .chinese).contains("我们"))
    }
}
