import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct SearchTests {
    /// A store of `count` sentences, every third with a title.
    private static func store(
        _ folder: TemporaryFolder, _ configuration: Database.Configuration = .tiny(), count: Int = 150
    ) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        var documents = SampleTexts.documents(0..<count)
        for index in stride(from: 0, to: count, by: 3) {
            documents[index].title = "small \(SampleTexts.nouns[index % 11])"
        }
        _ = try await database.put(documents)
        return database
    }

    /// The words of a text as `unicode61` sees them; none of the sample words is changed by stemming into another.
    private static func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter }.map(String.init))
    }

    @Test(arguments: SearchMode.allCases) func `every mode ranks by its score and shows both`(_ mode: SearchMode)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        if mode == .words { _ = try await database.optimize(encoder: "words") }
        for query in SampleTexts.queries(6) {
            let response = try await database.search(SearchRequest(query, count: 20, mode: mode))
            #expect(response.query == query && response.mode == mode)
            #expect(response.results.count == 20)
            #expect(response.results.map(\.rank) == Array(1...20))
            #expect(response.results.map(\.score) == response.results.map(\.score).sorted(by: >))
            for result in response.results {
                let matches = !Self.words(query).isDisjoint(with: Self.words("\(result.title ?? "") \(result.text)"))
                #expect((result.scores.keyword != nil) == matches)
                switch mode {
                case .keyword:
                    #expect(
                        result.scores.semantic == nil && result.encoder == nil && result.scores.keyword == result.score)
                case .semantic, .words:
                    let semantic = try #require(result.scores.semantic)
                    #expect(abs(semantic - result.score) < 1e-5)
                    #expect(result.encoder == (mode == .words ? "words" : "dense"))
                case .hybrid:
                    #expect(result.scores.semantic != nil && result.encoder == "dense")
                }
            }
            #expect(response.plan == (mode == .keyword ? nil : .exact))
        }
    }

    @Test(arguments: SearchMode.allCases) func `the keyword score is the same in every mode`(_ mode: SearchMode)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        if mode == .words { _ = try await database.optimize(encoder: "words") }
        let query = "red river zebra"
        let byWords = try await database.search(SearchRequest(query, count: 1000, mode: .keyword)).results
        let expected = Dictionary(uniqueKeysWithValues: byWords.map { ($0.passage, $0.score) })
        #expect(expected.count > 10 && expected.count < 150)
        let results = try await database.search(SearchRequest(query, count: 1000, mode: mode)).results
        #expect(results.count == (mode == .keyword ? expected.count : 150))
        for result in results { #expect(result.scores.keyword == expected[result.passage]) }
    }

    @Test(arguments: TinyModel.allCases) func `semantic scores are cosines of query and passage`(_ model: TinyModel)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, .tiny(model), count: 60)
        let embedder = try await Embedder.load(.tiny(model))
        for query in SampleTexts.queries(3) {
            let vector = try await embedder.embed([query], asQueries: true).row(0)
            let results = try await database.search(SearchRequest(query, count: 60, mode: .semantic)).results
            #expect(results.count == 60)
            let texts = results.map { result in result.title.map { $0 + " " + result.text } ?? result.text }
            let passages = try await embedder.embed(texts)
            for (index, result) in results.enumerated() {
                let expected = storedScore(vector, passages.row(index))
                // A component between two halves may go to the other one.
                #expect(abs(expected - result.score) < 2e-4)
                #expect(abs((result.scores.semantic ?? .nan) - result.score) < 1e-5)
            }
        }
        #expect(try await database.verify() == [])
    }

    @Test func `semantic scores of word vectors are cosines too`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, .words)
        let embedder = try await database.embedder()
        #expect(embedder.name == "words")
        let query = "red river"
        let vector = try await embedder.embed([query], asQueries: true).row(0)
        for mode in [SearchMode.semantic, .words, .hybrid] {
            let results = try await database.search(SearchRequest(query, count: 150, mode: mode)).results
            let passages = try await embedder.embed(
                results.map { result in result.title.map { $0 + " " + result.text } ?? result.text })
            for (index, result) in results.enumerated() {
                #expect(abs(storedScore(vector, passages.row(index)) - (result.scores.semantic ?? .nan)) < 1e-5)
            }
        }
    }

    @Test(arguments: [SearchMode.semantic, .keyword, .hybrid]) func `unique keeps the best passage of each document`(
        _ mode: SearchMode
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = (0..<20).map { number in
            Document(
                id: "d\(number)", text: (0..<10).map { SampleTexts.sentence(number * 10 + $0) }.joined(separator: " "))
        }
        let file = try folder.write("long.jsonl", try documents.jsonLines())
        let summary = try await database.index(
            paths: [file], options: IndexingOptions(chunkTokens: 12, chunkOverlap: 0))
        #expect(summary.passages >= 100)
        let query = "red river dog"
        let passages = try await database.search(SearchRequest(query, count: 1000, mode: mode, unique: false)).results
        let unique = try await database.search(SearchRequest(query, count: 1000, mode: mode, unique: true)).results
        #expect(Set(passages.map(\.id)).count < passages.count)
        #expect(unique.count == Set(passages.map(\.id)).count)
        #expect(Set(unique.map(\.id)).count == unique.count)
        guard mode != .hybrid else { return }  // Ranks, and so fused scores, differ between the two.
        var seen: Set<String> = []
        let expected = passages.filter { seen.insert($0.id).inserted }
        #expect(unique.map(\.passage) == expected.map(\.passage))
    }

    /// One document whose passages fill both lists many times over must not crowd out the others.
    @Test(arguments: [SearchMode.semantic, .keyword, .hybrid]) func `as many rows are returned as were asked for`(
        _ mode: SearchMode
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        var documents = [Document(id: "long", text: String(repeating: "The dog is red. The dog is big. ", count: 500))]
        documents += (0..<30).map { Document(id: "d\($0)", text: "a dog " + SampleTexts.sentence($0)) }
        let file = try folder.write("long.jsonl", try documents.jsonLines())
        _ = try await database.index(paths: [file], options: IndexingOptions(chunkTokens: 12, chunkOverlap: 0))
        for count in [1, 5, 20, 31] {
            let response = try await database.search(SearchRequest("the red dog", count: count, mode: mode))
            #expect(Set(response.ids).count == count)
        }
        #expect(try await database.search(SearchRequest("the red dog", count: 100, mode: mode)).results.count == 31)
    }

    @Test(arguments: [SearchMode.semantic, .hybrid]) func `asking for more than the store holds gives all`(
        _ mode: SearchMode
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 300)
        #expect(try await Set(database.search(SearchRequest("dog", count: 5000, mode: mode)).ids).count == 300)
        #expect(try await database.search(SearchRequest("dog", count: 250, mode: mode)).results.count == 250)
        let matching = try await database.search(SearchRequest("dog", count: 5000, mode: .keyword)).results
        #expect(matching.allSatisfy { Self.words("\($0.title ?? "") \($0.text)").contains("dog") })
        let expected = (0..<300).count { number in
            let title = number % 3 == 0 ? SampleTexts.nouns[number % 11] : ""
            return Self.words("\(title) \(SampleTexts.sentence(number))").contains("dog")
        }
        #expect(matching.count == expected)
    }

    @Test(arguments: [
        ("北京", ["1", "3"]), ("大学", ["1"]), ("京大", ["1"]), ("河", ["2"]), ("上海", []), ("北京 dog", ["1", "3", "4"]),
    ])
    func `keywords of two Chinese characters are found`(_ query: String, _ expected: [String]) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "1", text: "我在北京大学读书。"), Document(id: "2", text: "他在河边弹吉他。"),
            Document(id: "3", title: "北京", text: "the river"), Document(id: "4", text: "a dog"),
        ])
        let response = try await database.search(SearchRequest(query, mode: .keyword))
        #expect(response.ids.sorted() == expected)
        for result in response.results { #expect(result.scores.keyword != nil) }
    }

    @Test(arguments: SearchMode.allCases, ["", " ", "\n\t "]) func `an empty query is refused`(
        _ mode: SearchMode, _ query: String
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 10)
        await expectRefusal(.invalidArgument, saying: "query") {
            try await database.search(SearchRequest(query, mode: mode))
        }
    }

    @Test(arguments: [0, -1]) func `asking for no results is refused`(_ count: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 10)
        await expectRefusal(.invalidArgument, saying: "\(count)") {
            try await database.search(SearchRequest("dog", count: count))
        }
    }

    @Test(arguments: [
        "\"", "dog OR", "NEAR(dog, 3)", "- dog *", "!?", "(", "dog AND (cat", "text:dog", "🐕‍🦺", "\u{0}dog", "a\u{301}",
    ])
    func `what FTS5 takes for syntax is taken for words`(_ query: String) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 50)
        for mode in [SearchMode.keyword, .hybrid, .semantic] {
            let response = try await database.search(SearchRequest(query, mode: mode))
            if query.contains("dog") || mode != .keyword { #expect(!response.results.isEmpty) }
        }
    }

    @Test func `an empty store answers nothing`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        for mode in [SearchMode.hybrid, .keyword, .semantic] {
            #expect(try await database.search(SearchRequest("dog", mode: mode)).results.isEmpty)
        }
    }

    @Test func `several questions get their answers in order`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let requests = SampleTexts.queries(12).map { SearchRequest($0) }
        let responses = try await database.search(requests)
        #expect(responses.map(\.query) == requests.map(\.query))
        for (request, response) in zip(requests, responses) {
            #expect(try await database.search(request).rows == response.rows)
        }
    }

    @Test func `similar documents are those nearest to the stored vector`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 80)
        let embedder = try await Embedder.load(.tiny())
        let texts = try await database.search(SearchRequest("dog", count: 80, mode: .semantic)).results
        let vectors = try await embedder.embed(
            texts.map { result in result.title.map { $0 + " " + result.text } ?? result.text })
        let own = try #require(texts.firstIndex { $0.id == "d7" })
        let mine = kept(vectors.row(own))
        let expected = texts.indices.filter { $0 != own }
            .sorted { storedScore(mine, vectors.row($0)) > storedScore(mine, vectors.row($1)) }
        let similar = try await database.similar(to: "d7", count: 5)
        #expect(similar.ids == expected.prefix(5).map { texts[$0].id })
        await expectRefusal(.notFound, saying: "nobody") { try await database.similar(to: "nobody") }
    }
}
