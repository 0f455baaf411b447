import AkinStore
import AkinVectors
import Testing

/// What the language means and how its mistakes are told.
@Suite struct FilterSyntaxTests {
    private static func store() throws -> StoreFixture {
        let fixture = try StoreFixture()
        let documents: [(String, [MetadataEntry])] = [
            (
                "a",
                [
                    MetadataEntry(key: "lang", text: "zh"), MetadataEntry(key: "year", text: nil, number: 1999),
                    MetadataEntry(key: "tag", text: "red"),
                    MetadataEntry(key: "tag", text: "draft"), MetadataEntry(key: "date", text: "2024-01-31"),
                ]
            ),
            (
                "b",
                [
                    MetadataEntry(key: "lang", text: "en"), MetadataEntry(key: "year", text: nil, number: 2020),
                    MetadataEntry(key: "tag", text: "red"),
                    MetadataEntry(key: "author.name", text: "Ōe"), MetadataEntry(key: "open", text: "true"),
                ]
            ),
            (
                "c",
                [
                    MetadataEntry(key: "year", text: "2020"), MetadataEntry(key: "my key", text: "x"),
                    MetadataEntry(key: "source", text: "web"),
                    MetadataEntry(key: "score", text: nil, number: -0.5),
                ]
            ),
        ]
        try fixture.store.write { writer in
            for (id, metadata) in documents { _ = try writer.put(.test(id, ["text of \(id)"], metadata: metadata)) }
        }
        return fixture
    }

    @Test(arguments: [
        ("lang = \"zh\"", "a"), ("lang = 'zh' or year >= 2020", "ab"), ("lang = \"zh\" and year >= 2000", ""),
        // A missing field makes a comparison false, and not is its complement.
        ("lang != \"zh\"", "b"), ("not lang = \"zh\"", "bc"), ("not lang != \"zh\"", "ac"),
        // Lists match on any value.
        ("tag = \"red\"", "ab"), ("tag != \"red\"", "a"), ("not tag in (\"draft\")", "bc"),
        ("tag not in (\"draft\")", "bc"),
        // Numbers compare only with numbers.
        ("year = 2020", "b"), ("year = \"2020\"", "c"), ("year > 0", "ab"), ("year > \"\"", "c"),
        ("year in (1999, \"2020\")", "ac"),
        ("year between 1999 and 2020", "ab"), ("year not between 2000 and 2020", "ac"), ("score = -.5", "c"),
        ("score < +1e-3", "c"),
        // Dates are texts in an order that is theirs.
        ("date >= \"2024-01-01\" and date < \"2024-02\"", "a"), ("date between '2024-01-31' and '2024-12-31'", "a"),
        ("open = true", "b"), ("open != FALSE", "b"), ("year exists", "abc"), ("lang not exists", "c"),
        ("lang is null", "c"),
        ("lang is not null", "ab"), ("lang = null", "c"), ("lang in (\"zh\", null)", "ac"),
        ("author.name starts with \"Ō\"", "b"), ("author.name = \"\\u014de\"", ""),
        ("author.name ends with \"e\"", "b"),
        ("`my key` = \"x\"", "c"), ("[my key] contains \"\"", "c"), ("id in (\"a\", \"c\")", "ac"), ("id > 'a'", "bc"),
        // Quoted names are always the metadata's.
        ("source starts with \"folder/\"", "abc"), ("`source` = \"web\"", "c"), ("title contains \"of a\"", "a"),
        ("(((lang exists)))", "ab"), ("not not lang exists", "ab"), ("NOT (lang exists OR year > 0)", "c"),
        ("title contains \"' OR 1 --\"", ""),
        // and binds closer than or.
        ("id = 'a' or id = 'b' and lang = 'zh'", "a"), ("(id = 'a' or id = 'b') and lang = 'en'", "b"),
        ("lang<>'zh'and year==2020", "b"),
    ])
    func `a filter holds for the documents that its meaning says`(text: String, expected: String) throws {
        let fixture = try Self.store()
        let filter = try DocumentFilter(parsing: text)
        let found = try fixture.store.read { reader in
            try reader.documents(matching: filter).ids.map { try #require(try reader.document(rowID: $0)).id }
        }
        #expect(found.joined() == expected)
    }

    @Test(arguments: [
        ("", "a condition is missing", 0, 0), ("  ", "a condition is missing", 2, 2),
        ("lang", "a comparison is missing", 4, 4),
        ("lang = ", "a value is missing after =", 7, 7), ("lang = zh", "zh is no value", 7, 9),
        ("lang = `zh`", "a name stands where a value", 7, 11),
        ("\"lang\" = 1", "a text stands where", 0, 6), ("2020 < year", "a number stands where", 0, 4),
        ("and = 1", "and stands where", 0, 3),
        ("exists(year)", "exists stands where", 0, 6), ("lower(lang) = 'zh'", "there are no functions", 0, 5),
        ("lang like 'z%'", "there is no like", 5, 9),
        ("lang is 'zh'", "null is missing after is", 8, 12), ("year >= 2020-01-01", "2020-01-01 is no number", 8, 18),
        ("x = 1.", "1. is no number", 4, 6),
        ("x = 1e", "1e is no number", 4, 6), ("x = 1e999", "the number is too large", 4, 9),
        ("x = -", "- is no number", 4, 5),
        ("x = 0x1F", "0x1F is no number", 4, 8),
        ("x = “a”", "“ has no meaning here", 4, 5), ("x = \"a", "the text that begins here has no end", 4, 5),
        ("x = \"a\\", "nothing follows the backslash", 6, 7), ("x = \"\\q\"", "\\q stands for nothing", 5, 7),
        ("x = \"\\ud800\"", "this is no code point", 5, 11),
        ("x = \"\\u{110000}\"", "this is no code point", 5, 15),
        ("`x = 1", "the name that begins here has no end", 0, 1),
        ("[x = 1", "the name that begins here has no end", 0, 1),
        ("x ! 1", "! is no comparison", 2, 3), ("x =< 1", "=< is no comparison", 2, 4),
        ("x = 1 && y = 2", "& has no meaning here", 6, 7),
        ("x = 1 y = 2", "and or or is missing before this", 6, 7), ("x = 1)", "this ) closes nothing", 5, 6),
        ("(x = 1", "this parenthesis is not closed", 0, 1),
        ("(x = 1 2)", "the condition has ended before this", 7, 8), ("x in 1", "( is missing after in", 5, 6),
        ("x in ()", "a value is missing after (", 6, 7),
        ("x in (1,)", "a value is missing after ,", 8, 9), ("x in (1 2)", "a comma or ) is missing", 8, 9),
        ("x in (1", "this list is not closed", 5, 6),
        ("x between 1", "and is missing between", 11, 11), ("x between 1 and \"b\"", "the two ends must be", 10, 19),
        ("x between null and 1", "the two ends must be", 10, 20),
        ("x < true", "have no order", 4, 8), ("x >= null", "have no order", 5, 9),
        ("id = 4711", "ids, sources and titles are texts", 5, 9),
        ("x contains 5", "contains needs a text", 11, 12), ("x starts 'a'", "with is missing after starts", 9, 12),
        ("x is not 1", "null is missing after is", 9, 10),
        ("not", "a condition is missing", 3, 3), ("x = 1 and", "a condition is missing", 9, 9),
        ("x = 1 or or y = 1", "or stands where", 9, 11), ("x = 1;", "; has no meaning here", 5, 6),
    ])
    func `a mistake is reported with its place`(text: String, reason: String, from: Int, to: Int) throws {
        let error = try #require(throws: FilterSyntaxError.self) { try DocumentFilter(parsing: text) }
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.range == from..<to, "\(error)")
        #expect(!error.hint.isEmpty || error.reason.contains("is missing"))
    }

    @Test func `the caret stands below the place`() throws {
        func drawing(_ text: String) throws -> [String] {
            let error = try #require(throws: FilterSyntaxError.self) { try DocumentFilter(parsing: text) }
            return error.description.split(separator: "\n").map(String.init)
        }
        #expect(
            try drawing("lang = zh or x = 1") == [
                "The filter cannot be read at character 8: zh is no value. Texts stand in quotes: \"zh\".",
                "  lang = zh or x = 1",
                "         ^^",
            ])
        // Wide characters take two columns, combining marks none, line breaks become spaces.
        #expect(try drawing("标签 = 草稿")[1...] == ["  标签 = 草稿", "         ^^^^"])
        #expect(try drawing("e\u{301} =\n!")[1...] == ["  e\u{301} = !", "      ^"])
        // A long text is shown around the place.
        let long =
            String(repeating: "lang = \"zh\" and ", count: 50) + "year >= and "
            + String(repeating: "lang = \"zh\" and ", count: 50)
        let lines = try drawing(long)
        #expect(lines[1].count <= 110 && lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
        let column = try #require(lines[2].firstIndex(of: "^"))
        #expect(lines[1].dropFirst(lines[2].distance(from: lines[2].startIndex, to: column)).hasPrefix("and"))
    }

    @Test func `limits are named and not exceeded`() throws {
        func error(_ text: String) throws -> String {
            try #require(throws: FilterSyntaxError.self) { try DocumentFilter(parsing: text) }.description
        }
        let deep = { (depth: Int) in
            String(repeating: "(", count: depth) + "x = 1" + String(repeating: ")", count: depth)
        }
        let fixture = try Self.store()
        func count(_ text: String) throws -> Int {
            try fixture.store.read { try $0.documents(matching: DocumentFilter(parsing: text)).count }
        }
        #expect(try count(deep(64)) == 0)
        #expect(try error(deep(65)).contains("more than 64"))
        #expect(try error(deep(20_000)).contains("more than 64"))
        let chain = { (count: Int) in repeatElement("x=1", count: count).joined(separator: " or ") + " or year = 2020" }
        #expect(try count(chain(999)) == 1)
        #expect(try error(chain(1_000)).contains("more than 1000"))
        let list = { (count: Int) in "year in (2020" + String(repeating: ",1", count: count - 1) + ")" }
        #expect(try count(list(10_000)) == 1)
        #expect(try error(list(10_001)).contains("more than 10000"))
        #expect(try error("x = '" + String(repeating: "a", count: 70_000) + "'").contains("longer than 65536"))
        #expect(try count(String(repeating: "not ", count: 10_001) + "year exists") == 0)
    }

    /// Whatever is written, it is read or refused with a place within the text; what is read can be asked of a store.
    @Test(arguments: 0..<4) func `any text is read or refused`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let fixture = try Self.store()
        let pieces = [
            "lang", "year", " ", "=", "!=", "<", ">=", "(", ")", ",", "\"", "'", "`", "[", "]", "\\", "and", "or",
            "not", "in", "between",
            "is", "null", "true",
            "exists", "contains", "starts", "with", "1", "-", ".5", "e9", "\"zh\"", "中", "\u{301}", "\u{0}", "\n",
            "\\u", "{", "}", "😀",
        ]
        var read = 0
        for round in 0..<4_000 {
            let length = random.integer(below: 40)
            let text =
                round.isMultiple(of: 2)
                ? String(decoding: (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }, as: UTF8.self)
                : (0..<length).map { _ in
                    pieces[random.integer(below: pieces.count)] + (random.integer(below: 3) == 0 ? " " : "")
                }
                .joined()
            do {
                let filter = try DocumentFilter(parsing: text)
                read += 1
                _ = try fixture.store.read { try $0.documents(matching: filter) }
            } catch let error as FilterSyntaxError {
                let length = text.unicodeScalars.count
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= length, "\(text.debugDescription)")
                #expect(error.description.split(separator: "\n").count == 3 || text.isEmpty)
            }
        }
        #expect(read < 2_000)
    }

    /// Texts that were right before a few of their bytes were changed come further into the parser.
    @Test(arguments: 10..<14) func `changed texts are read or refused`(seed: UInt64) throws {
        var samples = FilterSamples(seed: seed)
        var random = SeededGenerator(seed: seed)
        let fixture = try Self.store()
        var (read, refused) = (0, 0)
        for _ in 0..<1_000 {
            let filter = samples.filter(depth: 3)
            var bytes = Array(samples.text(of: filter).utf8)
            for _ in 0..<1 + random.integer(below: 3) {
                let place = random.integer(below: bytes.count)
                switch random.integer(below: 3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[random.integer(below: bytes.count)], at: place)
                }
                if bytes.isEmpty { break }
            }
            do {
                let filter = try DocumentFilter(parsing: String(decoding: bytes, as: UTF8.self))
                _ = try fixture.store.read { try $0.documents(matching: filter) }
                read += 1
            } catch is FilterSyntaxError {
                refused += 1
            }
        }
        #expect(read > 50 && refused > 300)
    }
}
