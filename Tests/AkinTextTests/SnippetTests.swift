import AkinText
import AkinTestSupport
import Testing

/// Which line breaks count, which words are marked, and which part of a text is shown.
@Suite struct SnippetTests {
    private static func lines(_ text: String, isCode: Bool = false) -> [String] {
        let scalars = Array(text.unicodeScalars)
        var lines = [""]
        let breaks = LineFlow.breaks(in: scalars, isCode: isCode)
        for (place, scalar) in scalars.enumerated() {
            if breaks.contains(place) { lines.append("") } else { lines[lines.count - 1].unicodeScalars.append(scalar) }
        }
        return lines
    }

    private static let wrapped = """
        When increment is supplied, it is used as the difference
        between each term. The default increment is one or minus
        one as appropriate.
        """

    @Test(arguments: [
        (wrapped, 1), (wrapped + "\n\n" + wrapped, 3),
        ("for x in list:\n    print(x)\n    if x:\n        return x", 4),
        ("let a = 1;\nlet b = 2;\nlet c = a + b;", 3), ("name | size\nferry | 12\nharbour | 3", 3),
        ("- a list\n- of items\n- of three", 3), ("# A heading\nand a line of some text below", 2),
        ("column names\ncommand line\ncommands\ncomment", 4), ("a\tb\nc\td", 2), ("", 1), ("one line", 1),
        ("first line that is long enough to be one of a paragraph\r\nand a second one that goes on below the first", 1),
    ])
    func `a line break counts unless it wraps a paragraph`(text: String, count: Int) {
        #expect(Self.lines(text).count == count, "\(Self.lines(text))")
    }

    @Test func `every line of code counts`() {
        #expect(Self.lines(Self.wrapped, isCode: true).count == 3)
    }

    /// Words in lower case without an s at their end, as an index that knows plurals would have them.
    private static func stem(_ word: String) -> String? {
        let word = word.lowercased()
        return word.hasSuffix("s") ? String(word.dropLast()) : word
    }

    private static func marks(_ query: String, in text: String, weights: [String: Double] = [:]) throws -> [String] {
        let terms = QuestionTerms(
            try SearchQuery(parsing: query), indexed: stem, weights: { $0.map { weights[$0.indexed] ?? 1 } })
        let scalars = Array(text.unicodeScalars)
        return terms.matches(in: text, indexed: stem).map { String(String.UnicodeScalarView(scalars[$0.range])) }
    }

    @Test(arguments: [
        (
            "which ferries leave from the harbour", "The ferrie leaves the Harbours, which is from here.",
            ["ferrie", "leaves", "Harbours"]
        ),
        ("boat -engine", "boats with an engine", ["boats"]),
        ("roll*", "Rolled over rolls, troll", ["Rolled", "rolls"]),
        ("\"memory leak\" test", "a memory leak, and memory; tests leak", ["memory leak", "tests"]),
        ("the", "What the text says", ["the"]), ("北京大学", "我在北京大学。大学", ["北京", "京大", "大学", "大学"]),
        ("shouldRollover", "it should rollover: shouldRollover", ["should", "rollover", "shouldRollover"]),
        ("5 degrees", "5 degree, 15 degrees", ["5", "degree", "degrees"]), ("", "text", []),
        ("naïve", "a NAÏVE text", ["NAÏVE"]),
    ])
    func `words that say something are marked`(query: String, text: String, expected: [String]) throws {
        #expect(try Self.marks(query, in: text) == expected)
    }

    @Test func `of a long question the rarest words are marked`() throws {
        let words = (0..<30).map { "word\($0)x" }
        let weights = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, 1 + Double($0 * 7 % 30) / 10) })
        let marked = try Self.marks(words.joined(separator: " "), in: words.joined(separator: ", "), weights: weights)
        let rarest = words.sorted { weights[$0]! > weights[$1]! }.prefix(8)
        #expect(Set(marked) == Set(rarest))
        // A word in every second text beside one in a thousand.
        #expect(try Self.marks("ferry text", in: "a text of a ferry", weights: ["ferry": 7, "text": 1]) == ["ferry"])
    }

    private static func snippet(
        _ text: String, _ query: String, room: Int, weights: [String: Double] = [:], leavingOut: Set<String> = []
    ) throws -> (text: String, finder: SnippetFinder, range: Range<Int>) {
        let terms = QuestionTerms(
            try SearchQuery(parsing: query), indexed: stem, weights: { $0.map { weights[$0.indexed] ?? 1 } })
        let marks = terms.matches(in: text, indexed: stem).map {
            SnippetFinder.Mark(range: $0.range, term: $0.term, weight: $0.weight)
        }
        let scalars = Array(text.unicodeScalars)
        let finder = SnippetFinder(scalars, marks: marks, leavingOut: leavingOut, isCode: false, room: room)
        let range = finder.range()
        return (String(String.UnicodeScalarView(scalars[range])), finder, range)
    }

    private static let prose =
        "Ferries leave at nine. A harbour has a lighthouse. The tide turns at noon, and the harbour empties. Nobody waits."

    @Test(arguments: [
        ("tide harbour", 60, "The tide turns at noon, and the harbour empties."),
        ("lighthouse", 30, "A harbour has a lighthouse."), ("zebra", 25, "Ferries leave at nine."),
        ("nobody", 20, "Nobody waits."),
    ])
    func `the sentence with most of the question's words is shown`(query: String, room: Int, expected: String) throws {
        #expect(try Self.snippet(Self.prose, query, room: room).text == expected)
    }

    @Test func `a rare word weighs more than a common one`() throws {
        let text = "Harbours are old and tides are old. The zeppelin landed."
        #expect(try Self.snippet(text, "harbour tide zeppelin", room: 40).text.hasPrefix("Harbours"))
        let weights = ["zeppelin": 9.0, "harbour": 3, "tide": 3]
        #expect(
            try Self.snippet(text, "harbour tide zeppelin", room: 25, weights: weights).text == "The zeppelin landed.")
    }

    @Test func `a heading that is shown elsewhere is left out`() throws {
        let text = "6. Leaks\nA leak is memory that nobody returns. It grows."
        let found = try Self.snippet(text, "leak", room: 100, leavingOut: ["6. Leaks"])
        #expect(found.text == "A leak is memory that nobody returns. It grows.")
        #expect(!found.finder.leavesOut(before: found.range) && !found.finder.leavesOut(after: found.range))
        #expect(try Self.snippet("6. Leaks\n", "leak", room: 100, leavingOut: ["6. Leaks"]).text == "6. Leaks")
    }

    @Test(arguments: 0..<200) func `snippets keep to the room, and cut no word`(seed: Int) throws {
        var random = RandomText(seed: UInt64(seed))
        let words = (0..<random.integer(below: 120)).map { _ in
            String(
                repeating: ["a", "ferry", "ö", "ab-c", "x.y"][random.integer(below: 5)],
                count: 1 + random.integer(below: 2))
                + [" ", " ", " ", ". A ", "\n", "\n\n", "\n    ", ", ", " | "][random.integer(below: 9)]
        }
        let text = words.joined()
        let room = 12 + random.integer(below: 150)
        let found = try Self.snippet(text, "ferry ö", room: room)
        #expect(found.range.count <= room)
        let scalars = Array(text.unicodeScalars)
        #expect(found.range.upperBound <= scalars.count)
        #expect(found.text.isEmpty == text.allSatisfy(\.isWhitespace))
        for place in [found.range.lowerBound, found.range.upperBound] where place > 0 && place < scalars.count {
            let beside = scalars[place - 1...place].contains { $0.properties.isWhitespace }
            #expect(found.text.isEmpty || beside, "\(found.text.debugDescription)")
        }
        let lines = found.finder.lines(of: found.range)
        #expect(lines.allSatisfy { found.range.lowerBound <= $0.lowerBound && $0.upperBound <= found.range.upperBound })
    }

    @Test func `a word that is longer than the room is cut, and text without spaces between characters`() throws {
        let long = String(repeating: "x", count: 500)
        #expect(try Self.snippet(long, "y", room: 50).text.count == 49)
        let chinese = String(repeating: "我在北京大学读书", count: 40)
        let found = try Self.snippet(chinese, "大学", room: 50)
        #expect(found.text.contains("大学") && found.text.count <= 50)
    }
}
