import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Search texts are kept without a copy of the passage's text, and read and found as if they were whole.
@Suite struct CompactSearchTextTests {
    /// U+FFFFC, which stands for the passage's text.
    private static let mark = "\u{FFFFC}"

    /// A passage's text, what keyword search reads, and whether the text can be left out of that.
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let searchText: String?
        let isCompact: Bool
        /// What is read where that is not the search text.
        var read: String?
        var testDescription: String { searchText ?? "none" }
    }

    static let cases = [
        Case(text: "The ferry leaves with the tide.", searchText: nil, isCompact: false),
        Case(
            text: "The ferry leaves with the tide.", searchText: "Ferry \u{FFFFD} The ferry leaves with the tide.",
            isCompact: true),
        Case(
            text: "Call shouldRollover with the record.",
            searchText: "Logging \u{FFFFD} Call shouldRollover with the record. \u{FFFFD} should Rollover",
            isCompact: true),
        Case(
            text: "Call shouldRollover.", searchText: "Call shouldRollover. \u{FFFFD} should Rollover", isCompact: true),
        // The first place counts where the title says the same.
        Case(text: "ferries and tides", searchText: "ferries and tides \u{FFFFD} ferries and tides", isCompact: true),
        Case(text: "汉字典的渡船在早上九点", searchText: "汉字 字典 典的 渡船", isCompact: false),
        Case(text: "short", searchText: "ferry short", isCompact: false),
        // One that begins with the mark would be read as a compact one.
        Case(text: "a text of its own", searchText: "\(mark)\(mark) titled", isCompact: false, read: " titled"),
        Case(
            text: "\(mark) the text holds the mark", searchText: "x \(mark) the text holds the mark", isCompact: false),
        Case(text: "cafe\u{301} at the harbour", searchText: "Bar caf\u{E9} at the harbour", isCompact: false),
    ]

    private static func document(_ one: Case, id: String = "a") -> NewDocument {
        .test(id, [one.text], searchText: one.searchText)
    }

    @Test(arguments: cases) func `search texts are read as they were given`(_ one: Case) throws {
        let fixture = try StoreFixture()
        _ = try fixture.store.write { try $0.put(Self.document(one)) }
        let (stored, read): (String?, String) = try DatabaseQueue(path: fixture.path).read { database in
            (
                try String.fetchOne(database, sql: "SELECT search_text FROM passage"),
                try #require(try String.fetchOne(database, sql: "SELECT text FROM passage_search_text"))
            )
        }
        #expect(Array(read.utf8) == Array((one.read ?? one.searchText ?? one.text).utf8))
        #expect((stored?.hasPrefix(Self.mark) ?? false) == one.isCompact)
        if one.isCompact { #expect(stored?.contains(one.text) == (one.text == "ferries and tides")) }
        #expect(try fixture.store.verify() == [])
        try fixture.store.write { _ = try $0.delete(id: "a") }
        #expect(try fixture.store.verify() == [])
        let found = try fixture.store.read {
            try $0.keywordSearch(matchExpression: "ferry OR ferries OR should", limit: 9)
        }
        #expect(found.isEmpty)
    }

    @Test func `words around the text and in it are found`() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            for (number, one) in Self.cases.enumerated() { _ = try writer.put(Self.document(one, id: "d\(number)")) }
        }
        for (expression, count) in [("ferry", 4), ("tide", 3), ("rollover", 2), ("\"leaves with the tide\"", 2)] {
            let found = try fixture.store.read { try $0.keywordSearch(matchExpression: expression, limit: 9) }
            #expect(found.count == count, "\(expression)")
        }
    }

    @Test func `whole search texts of older formats become compact`() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            for (number, one) in Self.cases.enumerated() { _ = try writer.put(Self.document(one, id: "d\(number)")) }
        }
        let before = try fixture.store.read { try $0.keywordSearch(matchExpression: "the OR rollover", limit: 9) }
        #expect(try !fixture.store.read { try $0.holdsWholeSearchTexts() })
        // As format 5 kept them.
        try fixture.tamper(
            """
            UPDATE passage SET search_text = (SELECT text FROM passage_search_text AS s WHERE s.id = passage.id)
            WHERE search_text IS NOT NULL;
            UPDATE passage SET checksum = NULL
            """)
        #expect(try fixture.store.read { try $0.holdsWholeSearchTexts() })
        let outcome = try fixture.store.write { writer in
            try writer.updateSearchTexts { _, _, text in Self.cases.last { $0.text == text }?.searchText }
        }
        #expect(outcome.damaged == 0 && outcome.changed > 0)
        #expect(try !fixture.store.read { try $0.holdsWholeSearchTexts() })
        let after = try fixture.store.read { try $0.keywordSearch(matchExpression: "the OR rollover", limit: 9) }
        #expect(after.count == before.count)
    }
}
