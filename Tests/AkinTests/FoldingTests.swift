import Akin
import AkinTestSupport
import AkinVectors
import Testing

/// Results that are left out for others, put before others, or not good enough.
@Suite struct FoldingTests {
    /// Texts of two sentences, some of them copies of others: every third comes again as it is and with other words at
    /// its end.
    private static let documents: [Document] = (0..<40).flatMap { number -> [Document] in
        let text = (0..<2).map { SampleTexts.sentence(number * 2 + $0) }.joined(separator: " ")
        var documents = [Document(id: "d\(number)", text: text)]
        if number.isMultiple(of: 3) {
            documents.append(Document(id: "d\(number)-copy", title: "Copy", text: text.uppercased() + "\n"))
            documents.append(Document(id: "d\(number)-version", text: "\(text) and yet"))
        }
        return documents
    }

    private static func store(_ folder: TemporaryFolder) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(documents)
        return database
    }

    private static func original(_ id: String) -> Substring { id.prefix { $0 != "-" } }

    @Test(arguments: [SearchMode.hybrid, .semantic, .keyword], [1, 10, 60])
    func `copies are folded under the best of them`(mode: SearchMode, count: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        for query in SampleTexts.queries(5) {
            let all = try await database.search(SearchRequest(query, count: 1000, mode: mode)).results
            let folded = try await database.search(SearchRequest(query, count: count, mode: mode, foldsAlike: true))
            var originals: [Substring] = []
            for result in all where !originals.contains(Self.original(result.id)) {
                originals.append(Self.original(result.id))
            }
            #expect(folded.results.map { Self.original($0.id) } == Array(originals.prefix(count)))
            #expect(folded.results.map(\.rank) == Array(1...folded.results.count))
            var left = all.map(\.id)
            for result in folded.results {
                let alike = try #require(result.alike).map(\.id)
                #expect(alike.allSatisfy { Self.original($0) == Self.original(result.id) })
                // The first of its copies stands for all, and they are named in their order.
                #expect(all.first { Self.original($0.id) == Self.original(result.id) }?.id == result.id)
                #expect(alike == left.filter { alike.contains($0) })
                left.removeAll { $0 == result.id || alike.contains($0) }
            }
            if count == 60 {
                #expect(left.isEmpty, "\(left)")
            }
            #expect(all.allSatisfy { $0.alike == nil })
        }
    }

    @Test func `short texts are alike under one title alone`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "a", title: "auger", text: "A tool for holes"),
            Document(id: "b", title: "gimlet", text: "a tool for holes."),
            Document(id: "c", title: "gimlet", text: "a tool, for holes"),
        ])
        let results = try await database.search(SearchRequest("tool", mode: .keyword, foldsAlike: true)).results
        #expect(results.map(\.id) == ["a", "b"] && results[1].alike?.map(\.id) == ["c"])
    }

    @Test func `every text is found again with one word changed, and no other`() {
        var known = AlikeTexts()
        let texts = (0..<200).map { number in
            (0..<8).map { SampleTexts.sentence(number * 97 + $0 * 13) }.joined(separator: " ")
        }
        for text in texts { #expect(known.place(of: text, title: nil) == nil) }
        for (place, text) in texts.enumerated() {
            var words = text.split(separator: " ").map(String.init)
            words[20] = "zebra\(place)"
            #expect(known.place(of: words.joined(separator: "\n"), title: "other") == place)
            #expect(known.place(of: words.reversed().joined(separator: " "), title: nil) == nil)
        }
        #expect(known.place(of: "?!", title: nil) == nil && known.place(of: "?!", title: nil) == nil)
    }

    @Test(arguments: [SearchMode.hybrid, .semantic, .keyword], [false, true])
    func `results below the least score are left out`(mode: SearchMode, folds: Bool) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        for query in SampleTexts.queries(3) {
            var request = SearchRequest(query, count: 60, mode: mode, foldsAlike: folds)
            let all = try await database.search(request).results
            for place in [0, 3, 20] where place < all.count {
                request.minimumScore = all[place].score
                let found = try await database.search(request).results
                #expect(found.map(\.id) == all.filter { $0.score >= all[place].score }.map(\.id))
            }
            request.minimumScore = 1e9
            #expect(try await database.search(request).results.isEmpty)
            request.minimumScore = .nan
            await #expect(throws: AkinError.self) { _ = try await database.search(request) }
        }
    }

    @Test func `the first ten are diverse, the best one first and the rest in their order`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        var changed = 0
        for query in SampleTexts.queries(5) {
            var request = SearchRequest(query, count: 30, mode: .semantic)
            let plain = try await database.search(request).results
            request.diverse = true
            let diverse = try await database.search(request).results
            #expect(diverse.count == 30 && diverse[0].id == plain[0].id)
            let rest = diverse.dropFirst(10).map(\.id)
            let first = Set(diverse.prefix(10).map(\.id))
            #expect(rest == Array(plain.map(\.id).filter { !first.contains($0) }.prefix(20)))
            if diverse.map(\.id) != plain.map(\.id) { changed += 1 }
        }
        #expect(changed > 0)
    }

    @Test(arguments: 0..<20) func `marginal relevance is what its definition says`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        func unit() -> [Float] {
            let vector = (0..<4).map { _ in Float(generator.integer(below: 2001)) / 1000 - 1 + 1e-3 }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 / length }
        }
        let scores = (0..<15).map { _ in Double(generator.integer(below: 1000)) }.sorted(by: >)
        let vectors = (0..<15).map { $0 == 7 ? nil : unit() }
        func dot(_ a: Int, _ b: Int) -> Double? {
            vectors[a].flatMap { left in vectors[b].map { Double(zip(left, $0).reduce(0) { $0 + $1.0 * $1.1 }) } }
        }
        let pairs = (0..<15).flatMap { a in (0..<a).compactMap { dot(a, $0) } }
        let mean = pairs.reduce(0, +) / Double(pairs.count)
        var chosen: [Int] = []
        while chosen.count < 10 {
            var best: (index: Int, value: Double)?
            for index in 0..<15 where !chosen.contains(index) {
                let relevance = (scores[index] - scores[14]) / (scores[0] - scores[14])
                let likeness = chosen.map { max(0, ((dot(index, $0) ?? mean) - mean) / (1 - mean)) }.max() ?? 0
                let value = 0.7 * relevance - 0.3 * likeness
                if value > (best?.value ?? -9) + 1e-9 { best = (index, value) }
            }
            chosen.append(best!.index)
        }
        #expect(MarginalRelevance(scores: scores, vectors: vectors).order(10) == chosen)
    }

    @Test(arguments: [FusionMethod.weighted, .reciprocalRank])
    func `the parts of a hybrid score are the places in both lists`(_ method: FusionMethod) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let isUnique = method == .reciprocalRank
        for query in SampleTexts.queries(5) {
            func list(_ mode: SearchMode) async throws -> [SearchResult] {
                try await database.search(SearchRequest(query, count: 100, mode: mode, unique: isUnique)).results
            }
            let (meaning, words) = (try await list(.semantic), try await list(.keyword))
            #expect(meaning.allSatisfy { $0.fusion == nil })
            let results = try await database.search(SearchRequest(query, count: 30, fusion: method)).results
            for result in results {
                let parts = try #require(result.fusion)
                #expect(abs(parts.semantic.share + parts.keyword.share - result.score) < 1e-9)
                for (part, list) in [(parts.semantic, meaning), (parts.keyword, words)] {
                    let listed = list.firstIndex { $0.passage == result.passage }
                    #expect(part.rank == listed.map { $0 + 1 })
                    if let listed { #expect(abs((part.score ?? .nan) - list[listed].score) < 1e-5) }
                }
            }
        }
    }
}
