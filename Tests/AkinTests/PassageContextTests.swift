import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// What is shown around a passage, and a document's passages together.
@Suite struct PassageContextTests {
    /// Documents of lines, paragraphs and sections, in passages of a few sentences.
    private static func store(_ folder: TemporaryFolder, chunkTokens: Int = 24) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        for number in 0..<6 {
            let sentences = (0..<60).map { sentence(number * 60 + $0) }
            try folder.write("in/lines\(number).txt", sentences.joined(separator: "\n") + "\n")
            let sections = stride(from: 0, to: 60, by: 6).map { start -> String in
                let paragraph = sentences[start..<start + 3].joined(separator: " ")
                let lines = sentences[start + 3..<start + 6].joined(separator: "\n")
                return "## Part \(start)\n\n\(paragraph)\n\n\(lines)\n"
            }
            try folder.write("in/sections\(number).md", "# Sections\n\n" + sections.joined(separator: "\n"))
        }
        try folder.write("in/short.txt", sentence(1) + "\n" + sentence(2) + "\n")
        _ = try await database.index(
            paths: [folder.path("in")], options: IndexingOptions(chunkTokens: chunkTokens, chunkOverlap: 8))
        return database
    }

    private static func sentence(_ number: Int) -> String {
        let sentence = SampleTexts.sentence(number)
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    private static func search(
        _ database: Database, _ context: PassageContext?, count: Int = 1000, unique: Bool = false
    ) async throws -> [SearchResult] {
        try await database.search(
            SearchRequest(
                "the man is in a house", count: count, mode: .semantic, unique: unique, context: context)
        ).results
    }

    @Test(arguments: [PassageContext.passage, .standard, .sentences(characters: 300), .neighbors(0), .neighbors(2)])
    func `text, range and lines say the same`(_ context: PassageContext) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let alone = try await Self.search(database, .passage)
        let passages = Dictionary(uniqueKeysWithValues: alone.map { ($0.passage, $0) })
        let results = try await Self.search(database, context)
        #expect(results.map(\.passage) == alone.map(\.passage) && results.count > 100)
        for result in results {
            let passage = try #require(passages[result.passage])
            let document = try #require(try await database.document(id: result.id))
            #expect(document.text(in: result.range) == result.text)
            #expect(result.matchText == passage.text && result.match.range == passage.range)
            #expect(result.match.place == passage.place)
            let lines = try #require(result.place?.lines)
            let file = try String(contentsOfFile: result.source, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            let shown = result.text.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(file[lines.lowerBound - 1...lines.upperBound - 1].joined(separator: "\n").contains(shown))
            #expect(shown.split(separator: "\n", omittingEmptySubsequences: false).count == lines.count)
        }
    }

    @Test(arguments: [200, 1000]) func `sentences fill the room that there is`(characters: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, chunkTokens: 64)
        for result in try await Self.search(database, .sentences(characters: characters)) {
            let document = try #require(try await database.document(id: result.id))
            let length = document.text.unicodeScalars.count
            #expect(result.range.count <= max(characters, result.match.range.count))
            // No sample sentence has so many letters, so one more would have fitted.
            #expect(result.range == 0..<length || result.range.count > characters - 100)
            let (before, after) = (
                document.text(in: 0..<result.range.lowerBound), document.text(in: result.range.upperBound..<length)
            )
            #expect(before.last?.isWhitespace ?? true || result.text.first?.isWhitespace ?? true)
            #expect(after.first?.isWhitespace ?? true || result.text.last?.isWhitespace ?? true)
        }
        let short = try #require(
            try await Self.search(database, nil, unique: true).first { $0.id.hasSuffix("short.txt") })
        #expect(short.text == (try await database.document(id: short.id))?.text)
    }

    @Test func `a section is shown before what stands beside it`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let results = try await Self.search(database, .sentences(characters: 400)).filter { $0.id.hasSuffix(".md") }
        #expect(!results.isEmpty)
        for result in results {
            let part = try #require(result.match.place?.headings.last)
            let document = try #require(try await database.document(id: result.id))
            let section = document.text.components(separatedBy: "## ").first { $0.hasPrefix(part + "\n") }
            guard let section else {
                #expect(part == "Sections")
                continue
            }
            let body = section.trimmingCharacters(in: .whitespacesAndNewlines)
            if body.unicodeScalars.count < 300 { #expect(result.text.contains(body)) }
        }
    }

    @Test(arguments: [1, 3, 50]) func `neighbours are the passages before and after`(count: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let alone = try await Self.search(database, .passage)
        let ofDocument = Dictionary(grouping: alone, by: \.id).mapValues {
            $0.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
        }
        for result in try await Self.search(database, .neighbors(count)) {
            let ranges = try #require(ofDocument[result.id])
            let own = try #require(ranges.firstIndex(of: result.match.range))
            let (first, last) = (ranges[max(0, own - count)], ranges[min(ranges.count - 1, own + count)])
            #expect(result.range == first.lowerBound..<last.upperBound)
        }
    }

    @Test(arguments: [
        PassageContext.neighbors(-1), .neighbors(101), .neighbors(.max), .sentences(characters: -1),
        .sentences(characters: .max),
    ])
    func `a context out of bounds is refused`(_ context: PassageContext) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        await #expect(throws: AkinError.self) { _ = try await Self.search(database, context) }
    }

    @Test(arguments: [SearchMode.semantic, .keyword], [2, 3])
    func `the passages of a document stand together`(mode: SearchMode, perDocument: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        var request = SearchRequest("a man in a house", count: 1000, mode: mode, unique: false)
        let all = try await database.search(request).results
        (request.unique, request.perDocument, request.count) = (true, perDocument, 4)
        let results = try await database.search(request).results
        // The documents in the order of their best passages, each with its best among the first hundred.
        var documents: [String] = []
        for result in all where !documents.contains(result.id) { documents.append(result.id) }
        let expected = documents.prefix(4).flatMap { id in
            all.prefix(100).filter { $0.id == id }.prefix(perDocument).map(\.passage)
        }
        #expect(results.map(\.passage) == expected && results.count > 4)
        #expect(results.map(\.rank) == Array(1...results.count))
        #expect(results.allSatisfy { $0.range == $0.match.range })
        request.perDocument = 0
        await #expect(throws: AkinError.self) { _ = try await database.search(request) }
    }
}
