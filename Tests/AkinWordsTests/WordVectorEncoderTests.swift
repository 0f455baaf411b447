import AkinCore
import AkinWords
import AkinVectors
import Testing

@Suite struct WordVectorEncoderTests {
    let encoder: WordVectorEncoder
    let texts = SyntheticCorpus.texts(count: 60)

    init() throws {
        var options = WordModelOptions()
        options.training.dimension = 12
        let texts = texts
        let model = try WordVectorModel.train(
            corpus: { body in for text in texts { try body(text) } }, options: options)
        encoder = WordVectorEncoder(model: model, name: "words")
    }

    @Test func `the identity names the model`() throws {
        #expect(encoder.identity.kind == .words)
        #expect(encoder.identity.dimension == 12)
        #expect(encoder.identity.fingerprint.count == 64)
        let copy = WordVectorEncoder(model: try WordVectorModel(serialized: encoder.model.serialized()), name: "words")
        #expect(copy.identity == encoder.identity)
    }

    @Test(arguments: [1, 2, 3, 8])
    func `vectors do not depend on batch or threads`(threads: Int) throws {
        let all = try encoder.encode(texts, role: .passage, threads: threads)
        for (row, text) in texts.enumerated() {
            #expect(try encoder.encode([text], role: .query, threads: 1).vectors.row(0) == all.vectors.row(row))
        }
    }

    @Test func `rows have unit length`() throws {
        let vectors = try encoder.encode(texts, role: .passage, threads: 1).vectors
        for row in 0..<texts.count { #expect(abs(VectorMath.dot(vectors.row(row), vectors.row(row)) - 1) < 1e-5) }
    }

    @Test(arguments: ["", "  ", "…", "xyzzy", "xyzzy plugh"])
    func `a text without a known word has a row of zeros`(_ text: String) throws {
        let encoded = try encoder.encode([text], role: .query, threads: 1)
        #expect(encoded.vectors.row(0).allSatisfy { $0 == 0 })
        #expect(encoded.unknownCounts == encoded.tokenCounts)
    }

    @Test func `counts are of tokens`() throws {
        let encoded = try encoder.encode(["The car, xyzzy", "中文"], role: .query, threads: 1)
        #expect(encoded.tokenCounts == [3, 2])
        #expect(encoded.unknownCounts == [1, 2])
        #expect(encoded.truncated == [false, false])
        #expect(Array(encoder.tokenStarts(in: "The car, xyzzy")) == [0, 4, 9])
    }

    /// (1/n) Σ a/(a + p(w))·v(w), less its share along the component, at unit length, in doubles.
    @Test func `a vector is the weighted mean less the component`() throws {
        let model = encoder.model
        var mean = [Double](repeating: 0, count: 12)
        for word in ["the", "car", "engine", "car"] {
            let index = try #require(model.vocabulary.index(of: word))
            let probability = Double(model.vocabulary.counts[index]) / Double(model.vocabulary.total)
            let weight = model.sifParameter / (model.sifParameter + probability)
            for (component, value) in model.wordVectors.row(index).enumerated() {
                mean[component] += weight * Double(value) / 4
            }
        }
        #expect(model.component.contains { $0 != 0 })
        let share = zip(mean, model.component).reduce(0) { $0 + $1.0 * Double($1.1) }
        mean = zip(mean, model.component).map { $0 - share * Double($1) }
        let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let row = try encoder.encode(["The car engine car"], role: .query, threads: 1).vectors.row(0)
        for (actual, expected) in zip(row, mean) { #expect(abs(Double(actual) - expected / length) < 1e-5) }
    }

    /// The component maximises Σ (u·x)² over the texts' unit SIF means, and encoded texts have nothing left of it.
    @Test func `the component is the direction of most energy`() throws {
        let model = encoder.model
        let vectors = Matrix(
            texts.map { text in
                var sum = [Float](repeating: 0, count: 12)
                for word in WordSegmenter().words(in: text) {
                    guard let vector = model.vector(of: word.text) else { continue }
                    let weight = model.weight(ofWord: model.vocabulary.index(of: word.text))
                    sum = zip(sum, vector).map { $0 + weight * $1 }
                }
                return VectorMath.normalized(sum)
            })
        func energy(_ direction: [Float]) -> Float { vectors.products(with: direction).reduce(0) { $0 + $1 * $1 } }
        let best = energy(model.component)
        for axis in 0..<12 {
            var direction = [Float](repeating: 0, count: 12)
            direction[axis] = 1
            #expect(energy(direction) <= best + 1e-4)
            let tilted = VectorMath.normalized(zip(model.component, direction).map { $0 + 0.05 * $1 })
            #expect(energy(tilted) <= best + 1e-4)
        }
        let removed = try encoder.encode(texts, role: .passage, threads: 1).vectors
        for product in removed.products(with: model.component) { #expect(abs(product) < 1e-4) }
    }

    @Test func `a search finds the topic through a synonym`() throws {
        let vectors = try encoder.encode(
            ["automobile", "car garage", "physician ward", "stream fish"], role: .passage, threads: 1
        ).vectors
        let similarities = vectors.products(with: vectors.row(0))
        #expect(similarities[1] > similarities[2] && similarities[1] > similarities[3])
    }
}
