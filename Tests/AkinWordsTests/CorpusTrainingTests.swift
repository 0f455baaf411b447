import AkinWords
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Synchronization
import Testing

@Suite struct CorpusTrainingTests {
    typealias Options = WordTrainingOptions

    /// One way of training each.
    struct Kind: Sendable, CustomTestStringConvertible {
        var algorithm: WordAlgorithm
        var loss = WordLoss.negativeSampling
        var architecture = WordArchitecture.skipgram

        var testDescription: String { "\(algorithm.rawValue) \(loss.rawValue) \(architecture)" }
    }

    static let kinds = [
        Kind(algorithm: .skipgram), Kind(algorithm: .skipgram, loss: .hierarchicalSoftmax),
        Kind(algorithm: .cbow),
        Kind(algorithm: .cbow, loss: .hierarchicalSoftmax), Kind(algorithm: .fasttext),
        Kind(algorithm: .fasttext, architecture: .cbow),
        Kind(algorithm: .fasttext, loss: .hierarchicalSoftmax),
        Kind(algorithm: .glove),
    ]

    static func options(_ kind: Kind, epochs: Int = 30, threads: Int = 1) -> Options {
        var options = Options()
        options.algorithm = kind.algorithm
        options.loss = kind.loss
        options.architecture = kind.architecture
        options.dimension = 20
        options.window = kind.algorithm == .glove ? 3 : 2
        options.epochs = epochs
        options.minimumCount = 2
        options.sample = 0
        options.learningRate = 0.1
        options.buckets = 2000
        options.threads = threads
        options.memory = 1 << 22
        return options
    }

    static func training(_ folder: TemporaryFolder, _ texts: [String], _ options: Options, checkpoint: Bool = false)
        throws -> CorpusTraining
    {
        let path = try folder.write("corpus.txt", texts.joined(separator: "\n") + "\n")
        return CorpusTraining(
            inputs: [path], options: options, checkpointPath: checkpoint ? folder.path("out.checkpoint") : nil,
            scratchFolder: folder.path(""))
    }

    static func rows(_ embeddings: WordEmbeddings) -> [[Float]] { (0..<embeddings.count).map(embeddings.vectors.row) }

    @Test(arguments: kinds, [1, 2])
    func `planted synonyms are nearest`(kind: Kind, threads: Int) throws {
        let folder = try TemporaryFolder()
        let outcome = try Self.training(folder, SyntheticCorpus.texts(count: 600), Self.options(kind, threads: threads))
            .run()
        let queries = WordQueries(outcome.embeddings)
        for (first, second) in SyntheticCorpus.synonyms {
            // Two threads that write the same few rows lose some of each other's steps: a companion may come nearer
            // then.
            let names = try queries.neighbors(of: first, count: threads == 1 ? 1 : 3).map {
                outcome.embeddings.word(at: $0.index)
            }
            #expect(names.contains(second), "nearest to \(first): \(names)")
        }
        #expect(outcome.words == 600 * 20)
        #expect(outcome.loss.map { $0 > 0 && $0.isFinite } == true)
    }

    @Test(arguments: kinds)
    func `one thread gives the same vectors`(kind: Kind) throws {
        let folder = try TemporaryFolder()
        var options = Self.options(kind, epochs: 2)
        let texts = SyntheticCorpus.texts(count: 60)
        let first = Self.rows(try Self.training(folder, texts, options).run().embeddings)
        #expect(Self.rows(try Self.training(folder, texts, options).run().embeddings) == first)
        options.seed = 2
        #expect(Self.rows(try Self.training(folder, texts, options).run().embeddings) != first)
    }

    /// Stopped again and again, the training comes to the same vectors as in one go.
    @Test(arguments: [kinds[0], kinds[4], kinds[7]])
    func `training continues from a checkpoint`(kind: Kind) throws {
        let folder = try TemporaryFolder()
        let options = Self.options(kind, epochs: 6)
        let texts = SyntheticCorpus.texts(count: 2500)
        let whole = Self.rows(try Self.training(folder, texts, options).run().embeddings)
        let training = try Self.training(folder, texts, options, checkpoint: true)
        let path = folder.path("out.checkpoint")
        var stops = 0
        var outcome: CorpusTraining.Outcome?
        while outcome == nil {
            let steps = Mutex(0)
            do {
                outcome = try training.run(isCancelled: { steps.withLock { $0 > 3 } }) { state in
                    if state.phase == .training { steps.withLock { $0 += 1 } }
                }
            } catch is CancellationError {
                stops += 1
                #expect(FileManager.default.fileExists(atPath: path))
            }
            try #require(stops < 1000)
        }
        #expect(stops > 0)
        #expect(outcome.map { Self.rows($0.embeddings) } == whole)
        #expect(outcome?.resumed == true)
    }

    @Test func `checkpoints of other trainings and damaged ones are refused`() throws {
        let folder = try TemporaryFolder()
        var options = Self.options(Self.kinds[0])
        let texts = SyntheticCorpus.texts(count: 300)
        let training = try Self.training(folder, texts, options, checkpoint: true)
        let calls = Mutex(0)
        #expect(throws: CancellationError.self) {
            try training.run(isCancelled: { calls.withLock { $0 > 2 } }) {
                if $0.phase == .training { calls.withLock { $0 += 1 } }
            }
        }
        let path = folder.path("out.checkpoint")
        let intact = try Data(contentsOf: URL(filePath: path))

        options.seed = 9
        let other = try Self.training(folder, texts, options, checkpoint: true)
        #expect { try other.run() } throws: { ($0 as? AkinError)?.code == .incompatible }

        for damage in [
            intact.prefix(10), intact.prefix(intact.count / 2), Data("AKINWTCK".utf8) + intact.dropFirst(9) + [0],
        ] {
            try damage.write(to: URL(filePath: path))
            #expect { try training.run() } throws: { ($0 as? AkinError)?.code == .invalidData }
        }
        var flipped = intact
        flipped[intact.count / 2] ^= 4
        try flipped.write(to: URL(filePath: path))
        #expect { try training.run() } throws: { ($0 as? AkinError)?.code == .invalidData }
    }

    @Test func `words of lines are those of the segmenter`() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 4)
        let letters = Array("aB'z09 -_.,\u{0}\u{7F}\t\r")
        var lines = (0..<400).map { _ in String((0..<20).map { _ in letters[random.integer(below: letters.count)] }) }
        lines += ["Déjà vu, l\u{2019}été", "人工智能 ABC", "ภาษาไทย", "I'M 'quoted' rock'n'roll''s", "", "\u{FEFF}bom"]
        var options = Self.options(Self.kinds[0])
        (options.minimumCount, options.epochs) = (1, 1)
        let vocabulary = try Self.training(folder, lines, options).run().embeddings
        let expected = Set(lines.flatMap { WordSegmenter().words(in: $0).map(\.text) })
        #expect(Set((0..<vocabulary.count).map(vocabulary.word(at:))) == expected)
    }

    @Test func `prepared text is taken as it is`() throws {
        let folder = try TemporaryFolder()
        var options = Self.options(Self.kinds[0])
        (options.minimumCount, options.epochs, options.tokens) = (1, 1, .whitespace)
        let vocabulary = try Self.training(folder, ["New_York  don't-know\t人工 智能\r", "New_York"], options).run()
            .embeddings
        #expect(Set((0..<vocabulary.count).map(vocabulary.word(at:))) == ["New_York", "don't-know", "人工", "智能"])
        #expect(vocabulary.word(at: 0) == "New_York" && vocabulary.counts?[0] == 2)
    }

    @Test func `lines that are not text are left out and reported`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "bad.txt", Data("good words here\n".utf8) + [0x66, 0xFF, 0x0A] + Data("good words again".utf8))
        var options = Self.options(Self.kinds[0])
        (options.minimumCount, options.epochs) = (1, 1)
        let outcome = try CorpusTraining(
            inputs: [path], options: options, checkpointPath: nil, scratchFolder: folder.path("")
        ).run()
        #expect(outcome.skippedLines == 1 && outcome.skippedPlaces == ["\(path):2"])
        #expect(outcome.words == 6 && outcome.embeddings.count == 4)
    }

    @Test func `a line without end is cut`() throws {
        let folder = try TemporaryFolder()
        var options = Self.options(Self.kinds[0])
        options.epochs = 1
        let words = (0..<300_000).map { "w\($0 % 97)" }
        let outcome = try Self.training(folder, [words.joined(separator: " ")], options).run()
        #expect(outcome.words == words.count && outcome.embeddings.count == 97)
    }

    @Test func `missing or poor input is an error`() throws {
        let folder = try TemporaryFolder()
        let options = Self.options(Self.kinds[0])
        func fails(_ path: String) -> Bool {
            do {
                _ = try CorpusTraining(
                    inputs: [path], options: options, checkpointPath: nil, scratchFolder: folder.path("")
                ).run()
                return false
            } catch { return (error as? AkinError)?.code == .noInput }
        }
        #expect(fails(folder.path("none.txt")))
        #expect(fails(folder.path("")))
        #expect(fails(try folder.write("empty.txt", "")))
        #expect(fails(try folder.write("rare.txt", "each word once only")))
    }

    @Test func `unseen words have vectors by their n-grams`() throws {
        let folder = try TemporaryFolder()
        let embeddings = try Self.training(folder, SyntheticCorpus.texts(count: 600), Self.options(Self.kinds[4])).run()
            .embeddings
        #expect(embeddings.index(of: "physicians") == nil)
        let queries = WordQueries(embeddings)
        #expect(try queries.similarity("physicians", "physician") > queries.similarity("physicians", "bridge"))
        #expect(throws: AkinError.self) { try queries.known("字") }
    }

    /// With little memory pairs go through the disk in sorted runs; what is learned stays the same but for rounding.
    @Test func `pairs that do not fit in memory are counted alike`() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 8)
        let texts = (0..<2000).map { _ in (0..<25).map { _ in "w\(random.integer(below: 900))" }.joined(separator: " ")
        }
        var options = Self.options(Self.kinds[7])
        (options.epochs, options.window, options.memory) = (1, 8, 1 << 30)
        let large = Self.rows(try Self.training(folder, texts, options).run().embeddings)
        options.memory = 1 << 20
        let outcome = try Self.training(folder, texts, options).run()
        // Records come in another order, so that the vectors are near each other, not equal.
        for (a, b) in zip(large, Self.rows(outcome.embeddings)) {
            #expect(VectorMath.dot(VectorMath.unit(a), VectorMath.unit(b)) > 0.8)
        }
    }
}
