import Akin
import AkinTestSupport
import Testing

/// Marks, snippets and whether an answer fits, through the library.
@Suite struct SnippetTests {
    private static func store(_ folder: TemporaryFolder, _ configuration: Database.Configuration = .tiny())
        async throws -> Database
    {
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: configuration)
        let documents = (0..<60).map { number in
            Document(
                id: "d\(number)", text: (0..<12).map { SampleTexts.sentence(number * 12 + $0) }.joined(separator: "\n"))
        }
        _ = try await database.put(
            documents + [Document(id: "odd", text: "Guitars are here. The zeppelins landed at the bank. It rained.")])
        return database
    }

    @Test(arguments: [SearchMode.hybrid, .semantic, .keyword])
    func `marks and snippets are parts of the document`(mode: SearchMode) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let request = SearchRequest("where is the red guitar or a house", count: 30, mode: mode)
        for result in try await database.search(request).results {
            let marks = try #require(result.marks)
            let words = marks.map { result.text(in: $0.range).lowercased() }
            #expect(words.allSatisfy { ["red", "guitar", "guitars", "house"].contains($0) }, "\(words)")
            let expected = result.text.lowercased().split { !$0.isLetter }.count {
                ["red", "guitar", "guitars", "house"].contains($0)
            }
            #expect(marks.count == expected && marks.allSatisfy { $0.weight > 0 })
            let document = try #require(try await database.document(id: result.id))
            for characters in [20, 60, 240] {
                let snippet = result.snippet(characters: characters)
                #expect(document.text(in: snippet.range) == snippet.text && snippet.range.count <= characters)
                #expect(result.match.range.contains(snippet.range))
                #expect(snippet.isCutBefore == (snippet.range.lowerBound > result.match.range.lowerBound))
                let scalars = Array(snippet.text.unicodeScalars)
                for mark in snippet.marks {
                    let word = String(String.UnicodeScalarView(scalars[mark])).lowercased()
                    #expect(["red", "guitar", "guitars", "house"].contains(word))
                }
            }
        }
    }

    @Test func `the rarest word decides what is shown, as the index knows it`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let found = try await database.search("the zeppelin and the guitar", mode: .keyword)
        let odd = try #require(found.results.first { $0.id == "odd" })
        #expect(odd.snippet(characters: 40).text == "The zeppelins landed at the bank.")
        let weights = Dictionary(odd.marks?.map { ($0.term, $0.weight) } ?? []) { first, _ in first }
        #expect((weights["zeppelin"] ?? 0) > (weights["guitar"] ?? 9))
    }

    @Test func `what has no question has no marks`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let similar = try await database.similar(to: "d1")
        #expect(similar.results.allSatisfy { $0.marks == nil && !$0.snippet().text.isEmpty })
    }

    @Test func `an answer fits where a passage says what is asked`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let text = "Guitars are here. The zeppelins landed at the bank. It rained."
        #expect(try await database.search(text).fits == true)
        #expect(try await database.search(text, mode: .keyword).fits == nil)
        let other = try TemporaryFolder()
        let words = try await Self.store(other, .words)
        #expect(try await words.search(text).fits == nil)
    }

    @Test(arguments: [(0.0, 0.3, 0.3), (0.5, 0.75, 0.5), (0.5, 0.5, 0), (-0.5, 0.25, 0.5)])
    func `nearness lies between unrelated passages and the question itself`(
        unrelated: Double, cosine: Double, expected: Double
    ) {
        let vector = [Float(unrelated), Float((1 - unrelated * unrelated).squareRoot())]
        let sample = VectorSample(vectors: Array(repeating: vector, count: 20))
        #expect(abs(sample.nearness(ofCosine: cosine, to: [1, 0]) - expected) < 1e-5)
    }
}
