import AkinTokenizers
import AkinTransformers
import AkinCore
import AkinVectors
import Testing

@Suite struct StaticDistillationTests {
    private static let nouns = [
        "man", "woman", "child", "dog", "cat", "bank", "river", "money", "tree", "house", "guitar",
    ]

    /// Texts in words that the tiny model knows, the one that is many pieces among them.
    private static let texts = (0..<90).map { number in
        "the \(nouns[number % 11]) is \(["walking", "playing"][number % 2]) to a \(nouns[number * 7 % 11]) in \(nouns[number * 5 % 11])"
    }

    private static func distill(threads: Int = 1, penalty: Float = 0.05, targets: Bool = true) throws
        -> StaticDistillation.Outcome
    {
        let teacher = try BERTEncoder(folder: BERTGolden.folder("half"))
        var options = StaticDistillation.Options()
        (options.dimension, options.threads, options.penalty) = (24, threads, penalty)
        let given = targets ? texts : []
        let vectors = try teacher.encode(given, role: .passage, threads: 1).vectors
        return try StaticDistillation(teacher: teacher, options: options).run(
            corpus: { body in for text in texts { try body(text) } },
            targets: DistillationTargets(texts: given, vectors: vectors))
    }

    @Test func `fitting brings texts near their teacher's vectors`() throws {
        let outcome = try Self.distill()
        #expect(outcome.fittedTexts == 90 && outcome.model.dimension == 24)
        #expect(outcome.fit > 0.97)
        // Words of several tokens became tokens.
        #expect(outcome.addedWords >= 2 && outcome.model.tokenizer.plainTokens("walking").ids.count == 1)
        #expect(outcome.tokens == outcome.model.tokenizer.vocabularySize)
        // A text is nearer to its own teacher's vector than texts are to each other's on average.
        let teacher = try BERTEncoder(folder: BERTGolden.folder("half"))
        let encoder = StaticEncoder(model: outcome.model, name: "s", fingerprint: "f") { teacher }
        let own = try encoder.encode(Self.texts, role: .passage, threads: 1).vectors
        let taught = try teacher.encode(Self.texts, role: .passage, threads: 1).vectors
        var cosines: [Float] = []
        for row in 0..<90 {
            cosines.append(VectorMath.dot(own.row(row), try #require(outcome.model.projected(taught.row(row)))))
            #expect(abs(VectorMath.dot(own.row(row), own.row(row)) - 1) < 1e-4)
        }
        #expect(cosines.reduce(0, +) / 90 > 0.97)
    }

    @Test func `the same input gives the same bytes at any thread count`() throws {
        let one = try Self.distill(threads: 1).model.serialized()
        #expect(try Self.distill(threads: 3).model.serialized() == one)
    }

    @Test func `without targets tokens stay where they start`() throws {
        let outcome = try Self.distill(targets: false)
        #expect(outcome.fittedTexts == 0 && outcome.fit == 0)
        #expect(outcome.model.embeddings.row(20).contains { $0 != 0 })
    }

    @Test func `queries are joined with the teacher where it is at hand`() throws {
        let model = try Self.distill().model
        let teacher = try BERTEncoder(folder: BERTGolden.folder("half"))
        let other = try BERTEncoder(folder: BERTGolden.folder("dense"))
        let alone = StaticEncoder(model: model, name: "s", fingerprint: "f")
        let stranger = StaticEncoder(model: model, name: "s", fingerprint: "f") { other }
        let joined = StaticEncoder(model: model, name: "s", fingerprint: "f") { teacher }
        func query(_ encoder: StaticEncoder) throws -> [Float] {
            try encoder.encode(["the dog is walking"], role: .query, threads: 1).vectors.row(0)
        }
        let passage = try joined.encode(["the dog is walking"], role: .passage, threads: 1).vectors.row(0)
        #expect(try query(alone) == passage && query(stranger) == passage && stranger.knownTeacher() == nil)
        let taught = try teacher.encode(["the dog is walking"], role: .query, threads: 1).vectors.row(0)
        let expected = VectorMath.normalized(zip(passage, try #require(model.projected(taught))).map { $0 + $1 })
        #expect(zip(try query(joined), expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `bad options and empty corpora are refused`() throws {
        let teacher = try BERTEncoder(folder: BERTGolden.folder("half"))
        var options = StaticDistillation.Options()
        options.dimension = 0
        let none = DistillationTargets(texts: [], vectors: Matrix(rows: 0, columns: 32))
        #expect(throws: AkinError.self) {
            try StaticDistillation(teacher: teacher, options: options).run(corpus: { _ in }, targets: none)
        }
        #expect(throws: AkinError.self) {
            try StaticDistillation(teacher: teacher).run(corpus: { try $0("字") }, targets: none)
        }
    }
}
