import AkinWords
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

@Suite struct WordQueryTests {
    private func queries(limit: Int? = nil) throws -> WordQueries {
        WordQueries(try WordEmbeddings.read(WordGoldens.path("gensim.bin")).embeddings, limit: limit)
    }

    private func expectEqual(
        _ found: [WordQueries.Neighbor], _ expected: [WordGoldens.Questions.Pair], _ queries: WordQueries
    ) {
        #expect(found.map { queries.embeddings.word(at: $0.index) } == expected.map(\.word))
        for (a, b) in zip(found, expected) { #expect(abs(Double(a.score) - b.score) < 1e-5 * max(1, abs(b.score))) }
    }

    @Test func `answers are those of gensim`() throws {
        let (queries, expected) = (try queries(), try WordGoldens.word2Vec().questions)
        expectEqual(try queries.neighbors(of: "harbor", count: 4), expected.neighbors, queries)
        expectEqual(try queries.analogy("the", "harbor", "straße", method: .additive, count: 3), expected.add, queries)
        expectEqual(
            try queries.analogy("the", "harbor", "straße", method: .multiplicative, count: 3), expected.mul, queries)
        #expect(abs(Double(try queries.similarity("harbor", "灯台")) - expected.similarity) < 1e-6)
        let odd = try queries.oddOneOut(["harbor", "straße", "灯台", "don't"]).min { $0.similarity < $1.similarity }
        #expect(odd?.word == expected.odd)
    }

    @Test func `words are looked up as written, else in lower case`() throws {
        let queries = try queries()
        #expect(queries.index(of: "HARBOR") == queries.index(of: "harbor"))
        #expect { try queries.neighbors(of: "nowhere", count: 1) } throws: { ($0 as? AkinError)?.code == .notFound }
        #expect(throws: AkinError.self) { try queries.oddOneOut(["the", "harbor"]) }
    }

    @Test func `only the first words are searched when a limit is given`() throws {
        let limited = try queries(limit: 3)
        #expect(try limited.neighbors(of: "🚢", count: 10).map(\.index).max() == 2)
        #expect(try limited.neighbors(of: "🚢", count: 10).count == 3)
    }

    @Test(arguments: [WordQueries.AnalogyMethod.additive, .multiplicative])
    func `many analogies at once are answered as one`(method: WordQueries.AnalogyMethod) throws {
        var random = SeededGenerator(seed: 3)
        var lines = "300 12\n"
        for word in 0..<300 {
            lines += "w\(word) " + (0..<12).map { _ in "\(random.unitFloat() - 0.5)" }.joined(separator: " ") + "\n"
        }
        let folder = try TemporaryFolder()
        let queries = WordQueries(try WordEmbeddings.read(try folder.write("a.vec", lines)).embeddings, limit: 200)
        let questions = (0..<150).map { _ in
            (a: random.integer(below: 300), b: random.integer(below: 300), c: random.integer(below: 300))
        }
        let answers = try queries.analogyAnswers(questions, method: method, threads: 2)
        for (question, answer) in zip(questions, answers) {
            let one = try queries.analogy(
                "w\(question.a)", "w\(question.b)", "w\(question.c)", method: method, count: 1)
            #expect(answer == one.first?.index)
        }
    }

    /// ρ of scipy.stats.spearmanr for values with ties.
    @Test func `Spearman's correlation shares the ranks of ties`() throws {
        let folder = try TemporaryFolder()
        let text = "5 2\nx 1 0\na 1 0\nb 1 1\nc 1 1\nd 0 1\n"
        let queries = WordQueries(try WordEmbeddings.read(try folder.write("a.vec", text)).embeddings)
        let pairs = [("x", "a", 9.0), ("x", "b", 7), ("x", "c", 8), ("x", "d", 1), ("x", "unknown", 5)]
        let result = WordEvaluation.similarity(queries, pairs)
        #expect(result.known == 4 && result.total == 5)
        #expect(abs(result.spearman - 0.9486832980505139) < 1e-12)
    }

    @Test func `vectors of sentences lose the component that they share`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a.vec", "3 3\nharbor 3 1 0\nlamp 3 0 1\nbridge 3 1 1\n")
        let embeddings = try WordEmbeddings.read(file).embeddings
        let texts = (0..<30).map { $0 % 2 == 0 ? "Harbor!" : "a lamp" } + ["nothing known"]
        let rows = SentenceVectors(embeddings).rows(of: texts)
        for row in 0..<30 { #expect(abs(VectorMath.dot(rows.row(row), rows.row(row)) - 1) < 1e-5) }
        #expect(rows.row(30).allSatisfy { $0 == 0 })
        let plain = SentenceVectors(embeddings).rows(of: texts, removing: 0)
        #expect(VectorMath.dot(plain.row(0), plain.row(1)) > 0.8)
        #expect(VectorMath.dot(rows.row(0), rows.row(1)) < -0.9)
        // Rarer words weigh more.
        #expect(SentenceVectors(embeddings).weight(of: 0) < SentenceVectors(embeddings).weight(of: 2))
    }
}
