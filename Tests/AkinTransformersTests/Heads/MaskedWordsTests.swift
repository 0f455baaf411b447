import AkinCore
import AkinTokenizers
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// Masked words against `transformers`.
@Suite struct MaskedWordsTests {
    struct Case: Decodable {
        struct Mask: Decodable {
            struct Word: Decodable {
                let word: String
                let score: Double
            }

            let logits: [Float]
            let words: [Word]
        }

        let texts: [String]
        let ids: [Int32]
        let masks: [Mask]
    }

    typealias Model = BERTTaskModel<MaskedWordsHead>

    static let names = ["mask-tied", "mask-repeated", "mask-untied", "pretrained"]

    @Test(arguments: names, EncodingPrecision.allCases)
    func `each mask's scores are those of transformers`(name: String, precision: EncodingPrecision) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name), precision: precision)
        let sequences = golden.cases.map {
            TokenSequence(model.tokenizer.encode($0.texts[0], maximumTokens: model.maximumTokens).ids)
        }
        #expect(sequences.map(\.ids) == golden.cases.map(\.ids))
        let outputs = try model.map(sequences, threads: 2) { try model.head.scores($1) }
        for (output, expected) in zip(outputs, golden.cases) {
            #expect(output.rows == expected.masks.count)
            for (row, mask) in expected.masks.enumerated() {
                #expect(largestDifference(output.row(row), mask.logits) <= HeadGoldens.tolerance(precision))
            }
        }
    }

    @Test(arguments: names)
    func `the likeliest words are those of the reference`(name: String) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name))
        let outputs = try model.map(golden.cases.map { TokenSequence($0.ids) }, threads: 1) {
            try model.head.scores($1)
        }
        for (output, expected) in zip(outputs, golden.cases) {
            for (row, mask) in expected.masks.enumerated() {
                let found = HeadProbabilities.largest(output.row(row), count: 4)
                #expect(found.map { model.tokenizer.token(Int32($0.index)) } == mask.words.map(\.word))
                for (one, expected) in zip(found, mask.words) {
                    #expect(abs(one.probability - expected.score) <= 2e-5)
                }
            }
        }
    }
}
