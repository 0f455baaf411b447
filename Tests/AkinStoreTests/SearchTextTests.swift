import AkinCore
import AkinStore
import Foundation
import Testing

/// What keyword search reads of a passage can be replaced; all else of the passage stays.
@Suite struct SearchTextTests {
    private func search(_ fixture: StoreFixture, _ expression: String) throws -> [Int64] {
        try fixture.store.read { try $0.keywordSearch(matchExpression: expression, limit: 10).map(\.passage) }
    }

    @Test func `search texts are replaced under the same ids`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one", "two")
        try fixture.put("b", "three")
        try fixture.put("a", "four", "five")
        let before = (try fixture.store.read { try $0.lastChange() }, try fixture.passageIDs("a"))
        let outcome = try fixture.store.write {
            try $0.updateSearchTexts { title, _, text in text == "five" ? nil : "\(title ?? "")·\(text)x" }
        }
        #expect(outcome == (2, 0))
        let after = (try fixture.store.read { try $0.lastChange() }, try fixture.passageIDs("a"))
        #expect(before.0.sequence == after.0.sequence && before.0.chain == after.0.chain && before.1 == after.1)
        #expect(try search(fixture, "fourx") == [before.1[0]])
        #expect(try search(fixture, "four") == [])
        #expect(try search(fixture, "five") == [before.1[1]])
        #expect(try search(fixture, "title").count == 2)
        #expect(try fixture.store.verify() == [])
        #expect(try fixture.store.write { try $0.updateSearchTexts { _, _, _ in nil } } == (2, 0))
        #expect(try search(fixture, "four") == [before.1[0]])
        #expect(try fixture.store.verify() == [])
    }

    @Test func `altered rows are left for repair`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.put("b", "two")
        try fixture.store.close()
        try fixture.tamper("UPDATE passage SET token_count = 77 WHERE text = 'one'")
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        #expect(try store.write { try $0.updateSearchTexts { _, _, text in text + "x" } } == (1, 1))
        #expect(try store.verify().contains { $0.fault == .altered })
        try store.close()
    }
}
