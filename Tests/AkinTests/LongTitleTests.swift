import Akin
import AkinTestSupport
import Foundation
import Testing

/// Titles that are no titles, as a page has one that never closes its own.
@Suite struct LongTitleTests {
    @Test func `a title of many words does not stand in full before each passage`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        let title = String(repeating: "word ", count: 4000) + "needle"
        _ = try await database.put([
            Document(id: "d", title: title, text: String(repeating: "The ferry leaves at nine. ", count: 1000))
        ])
        func found(_ query: String) async throws -> [String?] {
            try await database.search(SearchRequest(query, count: 10, mode: .keyword)).results.map(\.title)
        }
        #expect(try await found("word") == [title])
        #expect(try await found("needle") == [])
        #expect(try await database.verify() == [])
        try await database.close()
    }
}
