import AkinCore
import AkinTokenizers
import AkinTransformers
import Foundation
import Testing

/// Classifiers of whole texts and of pairs against `transformers`.
@Suite struct SequenceClassificationTests {
    struct Case: Decodable {
        let texts: [String]
        let ids: [Int32]
        let segments: [Int]
        let logits: [Float]
        let scores: [GoldenScore]
    }

    typealias Model = BERTTaskModel<SequenceClassificationHead>

    static let names = [
        "classify-two", "classify-twelve", "classify-several", "classify-one", "regress-one", "regress-two",
        "classify-half", "next-sentence",
    ]

    /// A text or a pair as the model reads it.
    private func sequence(_ texts: [String], _ model: Model) throws -> TokenSequence {
        guard texts.count == 2 else {
            return TokenSequence(model.tokenizer.encode(texts[0], maximumTokens: model.maximumTokens).ids)
        }
        let pair = try model.tokenizer.encode(texts[0], texts[1], maximumTokens: model.maximumTokens)
        return TokenSequence(pair.ids, firstLength: pair.firstLength)
    }

    @Test(arguments: names)
    func `texts and pairs are cut and framed as transformers does it`(name: String) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name))
        for expected in golden.cases {
            let sequence = try sequence(expected.texts, model)
            #expect(sequence.ids == expected.ids)
            #expect(expected.segments.firstIndex(of: 1) ?? expected.ids.count == sequence.firstLength)
        }
    }

    @Test(arguments: names, EncodingPrecision.allCases)
    func `scores are those of transformers`(name: String, precision: EncodingPrecision) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name), precision: precision)
        let outputs = try model.map(golden.cases.map { try sequence($0.texts, model) }, threads: 1) { $1 }
        #expect(outputs.count == golden.cases.count)
        for (output, expected) in zip(outputs, golden.cases) {
            #expect(
                largestDifference(output, expected.logits) <= HeadGoldens.tolerance(precision), "\(expected.texts)")
        }
    }

    @Test(arguments: names)
    func `labels keep their order and get the probabilities of the pipeline`(name: String) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name))
        #expect(model.head.labels == golden.labels)
        let outputs = try model.map(golden.cases.map { try sequence($0.texts, model) }, threads: 1) { $1 }
        for (output, expected) in zip(outputs, golden.cases) {
            let scores = HeadProbabilities.scores(output, model.headConfiguration.problemType)
            let named = Dictionary(uniqueKeysWithValues: zip(model.head.labels, scores))
            #expect(expected.scores.count == scores.count)
            for score in expected.scores {
                let difference = abs((named[score.label] ?? .infinity) - score.score)
                #expect(difference <= 2e-5 * max(1, abs(score.score)), "\(score.label)")
            }
        }
    }

    @Test(arguments: ["classify-two", "next-sentence"], EncodingPrecision.allCases)
    func `scores are the same alone, in bulk and on any number of threads`(name: String, precision: EncodingPrecision)
        throws
    {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name), precision: precision)
        let once = try golden.cases.map { try sequence($0.texts, model) }
        let sequences = (0..<12).flatMap { _ in once }
        let bulk = try model.map(sequences, threads: 1) { $1 }
        for (index, sequence) in sequences.enumerated() {
            #expect(try model.map([sequence], threads: 1) { $1 } == [bulk[index]])
        }
        for threads in [2, 5] { #expect(try model.map(sequences, threads: threads) { $1 } == bulk) }
    }

    @Test func `the pre-trained network predicts the next sentence too`() throws {
        let model = try Model(folder: HeadGoldens.folder("pretrained"))
        #expect(model.task == .pretraining && model.head.labels == ["IsNext", "NotNext"])
        #expect(try model.map([TokenSequence([2, 3, 3], firstLength: 2)], threads: 1) { $1 }[0].count == 2)
    }

    @Test func `the second text of a pair is another segment`() throws {
        let model = try Model(folder: HeadGoldens.folder("classify-two"))
        let pair = try model.map([TokenSequence([2, 8, 3, 9, 3], firstLength: 3)], threads: 1) { $1 }
        let single = try model.map([TokenSequence([2, 8, 3, 9, 3])], threads: 1) { $1 }
        #expect(pair != single)
    }

    @Test func `a network from the cache gives the same scores`() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cache = PackedModelCache(folder: folder)
        let golden = try HeadGolden<Case>.load("classify-two")
        let outputs = try (0..<2).map { _ in
            let model = try Model(folder: HeadGoldens.folder("classify-two"), precision: .int8, cache: cache)
            return try model.map(golden.cases.map { try sequence($0.texts, model) }, threads: 1) { $1 }
        }
        #expect(outputs[0] == outputs[1])
        #expect(cache.state.files == 1)
    }
}
