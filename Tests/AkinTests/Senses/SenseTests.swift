import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Senses, ranking by sense and highlights over a tiny model: what the real one finds is measured by
/// tools/bench/senses.
@Suite struct SenseTests {
    private static func store(_ folder: TemporaryFolder, _ texts: [String]) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny(.half))
        _ = try await database.put(texts.enumerated().map { Document(id: "d\($0.offset)", text: $0.element) })
        return database
    }

    private static let rivers = (0..<12).map {
        "the man is walking to the bank of the river in \(["york", "a tree", "the house"][$0 % 3])."
    }
    private static let money = (0..<12).map {
        "you play with big money in the new bank, \(["child", "woman", "you"][$0 % 3])!"
    }

    @Test func `every occurrence has a sense`() async throws {
        let folder = try TemporaryFolder()
        let texts = Self.rivers + Self.money + ["The dog and the cat.", "Banks, bank's and BANK; no bankers"]
        let database = try await Self.store(folder, texts)
        let senses = try await database.senses(of: "bank", options: SenseOptions(count: 2, examples: 2))
        #expect(senses.occurrences == 27 && senses.senses.count == 2)
        #expect(senses.senses.map(\.size).reduce(0, +) == 27)
        #expect(abs(senses.senses.map(\.share).reduce(0, +) - 1) < 1e-9)
        for sense in senses.senses {
            #expect(sense.examples.count == 2 && (0...2).contains(sense.distance) && !sense.keywords.contains("bank"))
            for example in sense.examples {
                let scalars = Array(example.text.unicodeScalars)
                let word = String(String.UnicodeScalarView(scalars[example.word])).lowercased()
                #expect(["bank", "banks", "bank's"].contains(word))
            }
        }

        struct Report: Decodable {
            struct Occurrence: Decodable {
                let id: String
                let range: [Int]
                let sense: Int
            }
            let occurrences: [Occurrence]
        }
        let report = try JSONDecoder().decode(Report.self, from: senses.json())
        for occurrence in report.occurrences {
            let scalars = Array(texts[Int(occurrence.id.dropFirst())!].unicodeScalars)
            let word = String(String.UnicodeScalarView(scalars[occurrence.range[0]..<occurrence.range[1]])).lowercased()
            #expect(word.hasPrefix("bank"))
        }
        #expect(
            try await database.senses(of: "bank", options: SenseOptions(count: 2, examples: 2)).json() == senses.json())
    }

    @Test func `a page escapes what the texts hold`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(
            folder, (0..<6).map { "<script>alert(\($0))</script> the bank & \"money\" of man \($0)" })
        let page = String(decoding: try await database.senses(of: "bank").html(), as: UTF8.self)
        #expect(
            !page.contains("<script") && page.contains("&lt;script&gt;alert(0)") && page.contains("<mark>bank</mark>"))
        #expect(page.contains("Content-Security-Policy") && !page.contains("http://") && !page.contains("https://"))
    }

    @Test func `one occurrence is one sense, and a word without occurrences is refused`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, ["the bank", "a cat"])
        let senses = try await database.senses(of: "bank")
        #expect(senses.occurrences == 1 && senses.senses.count == 1 && senses.silhouettes.isEmpty)
        await expectRefusal(.notFound, saying: "does not occur") { try await database.senses(of: "zebra") }
        await expectRefusal(.invalidArgument, saying: "no word") { try await database.senses(of: "?!") }
    }

    @Test func `characters of a script without spaces are found`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, ["我在银行工作。", "银行在河边。银行很大。"])
        let senses = try await database.senses(of: "银行", options: SenseOptions(count: 1))
        #expect(senses.occurrences == 3)
        let words = senses.senses[0].examples.map { example in
            String(String.UnicodeScalarView(Array(example.text.unicodeScalars)[example.word]))
        }
        #expect(words == ["银行", "银行", "银行"])
    }

    @Test func `a phrase is found as a whole`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(
            folder, ["The New York house is big.", "a house in new yorks and new york", "the new bank"])
        #expect(try await database.senses(of: "New York").occurrences == 2)
    }

    @Test func `highlights stand in the passage`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, Self.rivers + Self.money)
        let plain = try await database.search(SearchRequest("money of a woman", mode: .semantic))
        #expect(plain.results.allSatisfy { $0.highlights == nil })
        let shown = try await database.search(SearchRequest("money of a woman", mode: .semantic, highlights: true))
        #expect(shown.rows == plain.rows)
        for result in shown.results {
            let scalars = Array(result.text.unicodeScalars)
            let highlights = try #require(result.highlights)
            #expect(
                highlights.count <= 6
                    && highlights.map(\.range.lowerBound) == highlights.map(\.range.lowerBound).sorted())
            for highlight in highlights {
                let word = String(result.text(in: highlight.range))
                #expect(word == String(String.UnicodeScalarView(scalars[highlight.range])))
                #expect(word.lowercased() == highlight.word && highlight.score > 0 && highlight.score <= 1.0001)
            }
        }
    }

    @Test func `ranking by sense keeps every result`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, Self.rivers + Self.money)
        let query = "the big money of the bank"
        let plain = try await database.search(SearchRequest(query, count: 24, mode: .keyword))
        let sensed = try await database.search(SearchRequest(query, count: 24, mode: .keyword, bySense: true))
        #expect(Set(plain.ids) == Set(sensed.ids) && sensed.results.map(\.rank) == Array(1...24))
        #expect(sensed.explanation.contains(.senseRanking(passages: 24)))
        // A model's vectors have words in their sense already.
        let byMeaning = try await database.search(SearchRequest(query, count: 24, mode: .semantic))
        let sensedMeaning = try await database.search(SearchRequest(query, count: 24, mode: .semantic, bySense: true))
        #expect(byMeaning.ids == sensedMeaning.ids && sensedMeaning.explanation.contains(.senseInVector))
        // A store of word vectors has no contexts to read.
        let words = try await Database.open(at: folder.path("words.db"), mode: .create, configuration: .words)
        _ = try await words.put(SampleTexts.documents(0..<80))
        let answer = try await words.search(SearchRequest("the dog", bySense: true, highlights: true))
        #expect(answer.results.count == 10 && answer.warnings.contains { $0.message.contains("tells senses apart") })
        #expect(answer.results.allSatisfy { $0.highlights == nil })
    }
}
