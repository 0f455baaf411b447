import AkinWords
import AkinCore
import Testing

@Suite struct WordVectorTrainingTests {
    static func options(_ method: WordModelOptions.Method, threads: Int = 1) -> WordModelOptions {
        var options = WordModelOptions()
        options.method = method
        options.training.dimension = 16
        options.training.epochs = 15
        options.training.window = 1
        options.training.sample = 1e-2
        options.training.threads = threads
        return options
    }

    static func model(
        _ texts: [String], _ options: WordModelOptions = WordModelOptions()
    ) throws -> WordVectorModel {
        try WordVectorModel.train(corpus: { body in for text in texts { try body(text) } }, options: options)
    }

    @Test(arguments: WordModelOptions.Method.allCases, [1, 2])
    func `planted synonyms are nearest neighbors`(method: WordModelOptions.Method, threads: Int) throws {
        let model = try Self.model(SyntheticCorpus.texts(count: 600), Self.options(method, threads: threads))
        #expect(model.method == method)
        for (first, second) in SyntheticCorpus.synonyms {
            #expect(model.neighbors(of: first, count: 1).map(\.word) == [second])
            #expect(model.neighbors(of: second, count: 1).map(\.word) == [first])
        }
    }

    @Test(arguments: WordModelOptions.Method.allCases)
    func `one thread gives the same bytes`(method: WordModelOptions.Method) throws {
        let texts = SyntheticCorpus.texts(count: 60)
        var options = Self.options(method)
        let first = try Self.model(texts, options).serialized()
        #expect(try Self.model(texts, options).serialized() == first)
        options.training.seed = 2
        #expect(try Self.model(texts, options).serialized() != first)
    }

    @Test func `the method follows the size of the corpus`() throws {
        let small = try Self.model(SyntheticCorpus.texts(count: 30))
        #expect(small.method == .ppmiSVD)
        var options = WordModelOptions()
        (options.training.dimension, options.training.epochs) = (8, 1)
        let large = try Self.model(SyntheticCorpus.texts(count: 3100), options)
        #expect(large.method == .skipGramSubword)
    }

    @Test func `the vocabulary is ordered by frequency, then by bytes`() throws {
        let model = try Self.model(["b a c c", "c b a d"])
        #expect((0..<model.vocabulary.count).map(model.vocabulary.word(at:)) == ["c", "a", "b", "d"])
        #expect(model.vocabulary.counts == [3, 2, 2, 1])
        #expect(model.vocabulary.total == 8)
    }

    @Test func `a minimum count drops rare words but counts them`() throws {
        var options = WordModelOptions()
        options.training.minimumCount = 2
        let model = try Self.model(["b a c c", "c b a d"], options)
        #expect(model.vocabulary.index(of: "d") == nil)
        #expect(model.vocabulary.total == 8)
    }

    @Test func `the dimension of PPMI is at most the size of the vocabulary`() throws {
        #expect(try Self.model(["one two three", "two three"]).dimension == 3)
    }

    @Test func `a corpus without words is refused`() {
        for texts in [[], ["", "…"]] {
            let error = #expect(throws: AkinError.self) { try Self.model(texts) }
            #expect(error?.code == .noInput)
        }
    }

    @Test func `errors of the corpus pass through`() {
        let error = #expect(throws: AkinError.self) {
            try WordVectorModel.train(corpus: { _ in throw AkinError(.inputOutput, "unreadable") })
        }
        #expect(error?.code == .inputOutput)
    }

    @Test func `options out of range are refused`() {
        var zero = WordModelOptions()
        zero.training.dimension = 0
        var still = WordModelOptions()
        still.training.learningRate = .nan
        for options in [zero, still] {
            let error = #expect(throws: AkinError.self) { try Self.model(["a b"], options) }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func `unknown words get the vectors of their subwords`() throws {
        let texts = (0..<200).map { "walking talking \($0 % 2 == 0 ? "walked talked" : "walker talker") road" }
        var options = Self.options(.skipGramSubword)
        options.training.subwordLengths = 3...4
        let model = try Self.model(texts, options)
        #expect(model.vector(of: "walkings") != nil)
        #expect(model.vector(of: "zzz") == nil)
        #expect(model.neighbors(of: "zzz", count: 3).isEmpty)
    }
}
