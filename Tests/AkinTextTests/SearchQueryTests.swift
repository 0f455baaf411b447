import AkinCore
import AkinText
import Testing

/// The syntax of questions.
@Suite struct SearchQueryTests {
    /// The parts of a query in short: words as they are, `+` for required, `-` for excluded, `t:` for titles, `*` for
    /// beginnings.
    private static func parts(_ query: SearchQuery) -> [String] {
        query.parts.map { part in
            switch part {
            case .words(let text): text
            case .row(let row):
                "<\(row.demand == .required ? "+" : row.demand == .excluded ? "-" : "")\(row.inTitle ? "t:" : "")\(row.text)\(row.isPrefix ? "*" : "")>"
            }
        }
    }

    @Test(arguments: [
        ("\"memory leak\" java", ["<+memory leak>", " java"], "memory leak java"),
        ("boat -draft engine", ["boat ", "<-draft>", "engine"], "boat engine"),
        ("boat -\"old news\"", ["boat ", "<-old news>"], "boat "),
        ("-draft boat", ["<-draft>", "boat"], "boat"), ("boat -no-verify", ["boat ", "<-no-verify>"], "boat "),
        ("roll* over", ["<roll*>", " over"], "roll over"), ("is it roll*?", ["is it ", "<roll*>"], "is it roll?"),
        ("boat -roll*", ["boat ", "<-roll*>"], "boat "), ("(snake_ca*)", ["<(snake_ca*>"], "(snake_ca)"),
        ("title:boat engine", ["<+t:boat>", " engine"], "boat engine"),
        ("Title:\"old boat\"", ["<+t:old boat>"], "old boat"), ("title:roll*", ["<+t:roll*>"], "roll"),
        ("boat -title:draft", ["boat ", "<-t:draft>"], "boat "),
        ("(\"a b\")", ["(", "<+a b>", ")"], "(a b)"), ("\"a b\"c", ["<+a b>", "c"], "a bc"),
        ("\"汉字\" 字典*", ["<+汉字>", "<字典*>"], "汉字 字典"), ("船 -草稿", ["船 ", "<-草稿>"], "船 "),
        ("\"größer ไทย\" -가나", ["<+größer ไทย>", "<-가나>"], "größer ไทย "),
    ])
    func `syntax is read`(text: String, expected: [String], meaning: String) throws {
        let query = try SearchQuery(parsing: text)
        #expect(Self.parts(query) == expected)
        #expect(query.meaning == meaning && !query.hasLoneQuote)
    }

    @Test(arguments: [
        "how do boats float?", "-5 degrees", "commit --no-verify", "boat - draft", "well-known", "a -- b", "boat -",
        "boat -(draft", "r* files", "x* y", "a *word* b", "**bold**", "2*3", "ro*ll", "*", "* *", "*abc", "fn(x)*",
        "abc**", "title: a boat", "title:", "title:(", "subtitle:boat", "untitle:boat", "title :boat", "\"\"",
        "\"!\" ok", "\" \"", "“memory leak”", "a:b c", "AND OR NOT", "NEAR(a b)", "a\u{0}b", "", " ", "-", "--",
        "\u{FFFD}",
    ])
    func `what is not written as syntax is text`(text: String) throws {
        let query = try SearchQuery(parsing: text)
        #expect(query.rows.isEmpty && query.meaning == text && !query.hasLoneQuote)
        #expect(
            query.scoringExpression(findsOlderText: false) { $0 }
                == SearchQuery(literal: text).scoringExpression(findsOlderText: false) { $0 })
    }

    @Test(arguments: [
        "a \"b c", "\"", "5\" pipe 3\" wide", "say\"hello\"", "\"a\" \"b", "x -\"a b", "title:\"boat", "-a\"b x",
    ])
    func `a quotation mark without a partner is text`(text: String) throws {
        let query = try SearchQuery(parsing: text)
        #expect(query.hasLoneQuote)
        #expect(!query.rows.contains { $0.written.hasPrefix("\"") && !$0.written.dropFirst().hasSuffix("\"") })
    }

    @Test(arguments: ["-draft", " -a -\"b c\"", "-title:boat ...", "-roll* !"])
    func `a query that only excludes is refused with its place`(text: String) throws {
        let error = try #require(throws: QuerySyntaxError.self) { try SearchQuery(parsing: text) }
        #expect(error.reason == "it says only what to leave out")
        #expect(try SearchQuery(parsing: text, mayOnlyExclude: true).rows.allSatisfy { $0.demand == .excluded })
        #expect(SearchQuery(literal: text).rows.isEmpty)
    }

    @Test func `the caret stands below the place`() throws {
        let error = try #require(throws: QuerySyntaxError.self) { try SearchQuery(parsing: "… -草稿 -old") }
        #expect(
            error.description.split(separator: "\n") == [
                "The query cannot be read at character 3: it says only what to leave out. Add a word to look for, or a space behind the dash to look for this one.",
                "  … -草稿 -old", "    ^^^^^",
            ])
    }

    /// The words that score a text in prose are those of the text, each once, in their order.
    @Test(arguments: [
        "boiling point of water", "memory leak in JavaScript: stop it", "well-known state-of-the-art e-mail",
        "Don't stop; it's 5 o'clock (or 3.14)", "the U.S. and/or the EU", "东京大学在哪里", "Где находится Москва?",
        "한국어를 배웁니다", "iPhone vs. Android?", "café naïve Größe", "C++ or C#?", "do while loop", "can bus", "who", "what",
        "What is it?", "the who and the what",
    ])
    func `prose is scored by its words alone`(text: String) throws {
        let query = try SearchQuery(parsing: text)
        #expect(
            query.scoringExpression(findsOlderText: false) { _ in nil } == KeywordText.matchExpression(text))
        #expect(
            query.scoringExpression(findsOlderText: true) { _ in nil }
                == KeywordText.matchExpression(text, findsOlderText: true))
        #expect(query.meaning == text)
    }

    @Test(arguments: [
        ("how do I stop a memory leak?", "stop a memory leak"),
        ("What is the boiling point of water", "the boiling point of water"),
        ("which of the two can you use", "of the two use"), ("Is there a boat?", "a boat"),
        ("what \"is it\" about", "\"is it\" about"),
        ("Who’s there at the door", "s at the door"),
        ("does the CAN bus need a terminator", "the CAN bus need a terminator"),
    ])
    func `words that only ask are not scored`(text: String, words: String) throws {
        #expect(
            try SearchQuery(parsing: text).scoringExpression(findsOlderText: false) { $0 }
                == SearchQuery(parsing: words).scoringExpression(findsOlderText: false) { $0 })
        #expect(SearchQuery(literal: text).meaning == text)
    }

    @Test func `limits are named and not exceeded`() throws {
        func error(_ text: String) throws -> String {
            try #require(throws: QuerySyntaxError.self) { try SearchQuery(parsing: text) }.description
        }
        let rows = { (count: Int) in String(repeating: "ab* ", count: count) }
        #expect(try SearchQuery(parsing: rows(100)).rows.count == 100)
        #expect(try error(rows(101)).contains("more than 100 parts"))
        let phrase = { (count: Int) in "\"" + String(repeating: "word ", count: count) + "\"" }
        #expect(try SearchQuery(parsing: phrase(200)).rows.count == 1)
        #expect(try error("boat " + phrase(201)).contains("character 6: the phrase has more than 200 words"))
    }

    /// A megabyte of what could be syntax is read in one pass, or refused in a few lines.
    @Test(arguments: [
        "\"", "-", "- ", "a\"", " \"", "\"a ", "title:", "title: ", "*", "ab* ", "-a ", "a_", "aB", "ab*\"", "-\"",
        "\"a\" ",
        "title:\"", "汉", "\u{0}", "\u{FFFD}", "e\u{301}", "--a", "::a",
    ])
    func `a million of any mark is read or refused`(piece: String) {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        do {
            let query = try SearchQuery(parsing: text)
            let expression = query.scoringExpression(findsOlderText: false) { $0 } ?? ""
            #expect(expression.utf8.count < 1_100_000 && query.rows.count <= 100)
        } catch {
            #expect(error.description.count < 500 && error.description.split(separator: "\n").count == 3)
        }
    }

    /// Every part of the text is words, a row or the mark of a row, in order; nothing is lost.
    @Test(arguments: [
        "run", "\"a OR b\" run* \"x y z\"", "snake_case shouldRollover shouldRollover", "天 天地*", "\"one tw\"* OR",
    ])
    func `an expression has the phrases that it was made of`(_ text: String) throws {
        let query = try SearchQuery(parsing: text)
        let expression = try #require(query.scoringExpression(findsOlderText: false) { $0.lowercased() })
        let phrases = try #require(MatchTerms.phrases(ofExpression: expression))
        #expect(phrases.map(\.expression).joined(separator: " OR ") == expression && !phrases.isEmpty)
    }

    @Test(arguments: [
        "", "word", "\"a\" AND \"b\"", "\"a\" OR ", "\"a\"**", "text : \"a\"", "\"a", "\"\"", "\"a\"OR\"b\"",
    ])
    func `other expressions are not taken for phrases`(_ expression: String) {
        #expect(MatchTerms.phrases(ofExpression: expression) == nil)
    }

    @Test(arguments: 0..<300) func `nothing of a random text is lost`(seed: Int) throws {
        var random = RandomText(seed: UInt64(seed))
        let text = random.text(pieces: 1 + random.integer(below: 60))
        let query = try SearchQuery(parsing: text, mayOnlyExclude: true)
        var rest = text.unicodeScalars[...]
        for part in query.parts {
            let written =
                switch part {
                case .words(let words): words
                case .row(let row): row.written
                }
            // White space between parts belongs to none.
            while let first = rest.first, first.properties.isWhitespace, !rest.starts(with: written.unicodeScalars) {
                rest.removeFirst()
            }
            #expect(rest.starts(with: written.unicodeScalars), "\(text.debugDescription)")
            rest = rest.dropFirst(written.unicodeScalars.count)
        }
        #expect(rest.allSatisfy { $0.properties.isWhitespace })
        let phrases = query.rows.flatMap { $0.phrases(findsOlderText: true) { $0 } }
        #expect(phrases.allSatisfy { !$0.words.isEmpty && $0.words.allSatisfy { !$0.isEmpty && !$0.contains(" ") } })
    }
}
