import Akin
import AkinCore
import AkinTestSupport
import AkinVectors
import Testing

/// Filters that are built in Swift.
@Suite struct SwiftFilterTests {
    typealias Filter = Database.Filter

    private static let pairs: [(swift: Filter, text: String)] = [
        (.field("year") >= 2020, "year >= 2020"),
        (.field("year") == 1.5, "year = 1.5"),
        (.field("lang") != "zh", "lang != \"zh\""),
        (.field("draft") == true, "draft = \"true\""),
        (.id == "x", "id = \"x\""),
        (.source.hasPrefix("notes/"), "source starts with \"notes/\""),
        (.title.hasSuffix("?"), "title ends with \"?\""),
        (.field("tags").contains("a"), "tags contains \"a\""),
        (.field("year").between(2000, and: 2010), "year between 2000 and 2010"),
        (.field("lang").oneOf(["zh", "en"]), "lang in (\"zh\", \"en\")"),
        (.field("author.name").exists, "author.name exists"),
        (.field("author") == nil, "not author exists"),
        (.field("author") != nil, "author exists"),
        (.field("source") == "own", "`source` = \"own\""),
        (.field("due date") < "2024-05", "`due date` < \"2024-05\""),
        (
            .field("year") > 2000 && .field("lang") == "en" && !(.field("tag") == "draft"),
            "year > 2000 and lang = \"en\" and not tag = \"draft\""
        ),
        (
            .field("a") == 1 && (.field("b") == 2 || .field("c") <= 3),
            "a = 1 and (b = 2 or c <= 3)"
        ),
        (!(.field("a") == 1 && .field("b") == 2), "not (a = 1 and b = 2)"),
        (!(!(.field("a") == 1)), "a = 1"),
    ]

    @Test(arguments: pairs.indices) func `a filter in Swift prints as the text that means the same`(_ index: Int) throws
    {
        let pair = Self.pairs[index]
        #expect(pair.swift.description == pair.text)
        #expect(try Filter(pair.text).description == pair.text)
    }

    @Test(arguments: 0..<200) func `a random filter reads back as it was printed`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let filter = Self.filter(depth: 4, &random)
            #expect(try Filter(filter.description).description == filter.description)
        }
    }

    @Test func `what cannot be compared is met by no document`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let never: [Filter] = [
            .id == 5, .title != 1, .source.oneOf([1, 2]), .id.between(1, and: 2), .field("year") < Double.infinity,
            .field("year") != Double.nan, .field("lang").oneOf([String]()),
            .field("year").between(0, and: Double.infinity),
        ]
        for filter in never {
            #expect(try await Self.ids(filter, in: database).isEmpty, "\(filter)")
            #expect(try await Self.ids(!filter, in: database).count == 40, "\(filter)")
            #expect(try await Self.ids(Filter(filter.description), in: database).isEmpty, "\(filter)")
        }
    }

    @Test func `a filter in Swift finds what the same text finds`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let filters: [(Filter, text: String, count: Int)] = [
            (.field("year") >= 2015 && .field("tags").contains("blu"), "year >= 2015 and tags contains 'blu'", 16),
            (.field("lang") == nil || .id == "d1", "lang is null or id = 'd1'", 21),
            (.field("lang").oneOf(["zh"]) && !(.field("tags") == "red"), "lang in ('zh') and not tags = 'red'", 13),
            (.id.hasPrefix("d3") && .field("draft") == false, "id starts with 'd3' and draft = false", 6),
        ]
        for (filter, text, count) in filters {
            let found = try await Self.ids(filter, in: database)
            #expect(try await found == Self.ids(Filter(text), in: database) && found.count == count, "\(filter)")
        }
        let answer = try await database.search("the dog", count: 40, mode: .semantic, filter: .field("year") >= 2015)
        #expect(answer.results.count == 25 && answer.results.allSatisfy { ($0.metadata["year"]?.number ?? 0) >= 2015 })
    }

    private static func store(_ folder: TemporaryFolder) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        try await database.put(
            (0..<40).map { number in
                Document(
                    id: "d\(number)", text: SampleTexts.sentence(number),
                    metadata: [
                        "year": JSONValue(2000 + number), "lang": number % 2 == 0 ? nil : "zh",
                        "tags": number % 3 == 0 ? ["red", "green"] : number % 2 == 0 ? ["blue"] : ["blue", "green"],
                        "draft": .bool(number % 2 == 0),
                    ])
            })
        return database
    }

    private static func ids(_ filter: Filter, in database: Database) async throws -> [String] {
        let ids = Collected<String>()
        try await database.export(where: filter) { ids.append($0.id) }
        return ids.values
    }

    // MARK: Random filters

    private static func filter(depth: Int, _ random: inout SeededGenerator) -> Filter {
        switch depth == 0 ? 3 : Int.random(in: 0..<6, using: &random) {
        case 0: filter(depth: depth - 1, &random) && filter(depth: depth - 1, &random)
        case 1: filter(depth: depth - 1, &random) || filter(depth: depth - 1, &random)
        case 2: !filter(depth: depth - 1, &random)
        default: condition(&random)
        }
    }

    private static func condition(_ random: inout SeededGenerator) -> Filter {
        let field: Filter.Field =
            switch Int.random(in: 0..<5, using: &random) {
            case 0: .id
            case 1: .source
            case 2: .title
            default: .field(text(&random))
            }
        let (word, other) = (text(&random), text(&random))
        let number = Double.random(in: -1e6...1e6, using: &random)
        return switch Int.random(in: 0..<14, using: &random) {
        case 0: field == word
        case 1: field != word
        case 2: field < word
        case 3: field >= number
        case 4: field <= number.rounded()
        case 5: field > Int.random(in: -9...9, using: &random)
        case 6: field.contains(word)
        case 7: field.hasPrefix(word)
        case 8: field.hasSuffix(word)
        case 9: field.oneOf([word, other])
        case 10: field.oneOf([number, 1, -0.5])
        case 11: field.between(word, and: other)
        case 12: field == nil
        default: field.exists
        }
    }

    /// Names and values of every kind: words of the language, signs, quotes, other scripts, control characters.
    private static func text(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "year", "and", "not", "Null", "id", "document.id", "a.b", "-", "_", " ", "\"", "'", "`", "``", "\\", "(",
            ")",
            "[x]", "北京", "é", "e\u{301}", "\n", "\t", "\u{0}", "\u{202E}", "\u{1F600}", "1e5", "12", "=", "<>", "",
        ]
        return (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }
}
