import AkinCore
import AkinTokenizers
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// Taggers against `transformers`.
@Suite struct TokenClassificationTests {
    struct Case: Decodable {
        struct Entity: Decodable {
            let label: String
            let score: Double
            let range: [Int]
        }

        let texts: [String]
        let ids: [Int32]
        let logits: [[Float]]
        /// Whether the text fits into one window.
        let isWhole: Bool
        let entities: [Entity]
    }

    typealias Model = BERTTaskModel<TokenClassificationHead>

    static let names = ["tag-iob", "tag-plain"]

    @Test(arguments: names, EncodingPrecision.allCases)
    func `every token's scores are those of transformers`(name: String, precision: EncodingPrecision) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name), precision: precision)
        #expect(model.head.labels == golden.labels)
        let outputs = try model.map(golden.cases.map { TokenSequence($0.ids) }, threads: 2) { $1 }
        for (output, expected) in zip(outputs, golden.cases) {
            #expect(output.rows == expected.logits.count)
            for (row, scores) in expected.logits.enumerated() {
                #expect(largestDifference(output.row(row), scores) <= HeadGoldens.tolerance(precision))
            }
        }
    }

    @Test(arguments: names)
    func `entities are those of the pipeline`(name: String) throws {
        let golden = try HeadGolden<Case>.load(name)
        let model = try Model(folder: HeadGoldens.folder(name))
        for expected in golden.cases where expected.isWhole {
            let entities = EntityGrouping.entities(try words(expected.texts[0], model))
            #expect(entities.map(\.label) == expected.entities.map(\.label))
            #expect(
                entities.map { [$0.range.lowerBound, $0.range.upperBound] } == expected.entities.map(\.range))
            for (entity, expected) in zip(entities, expected.entities) {
                #expect(abs(entity.score - expected.score) <= 2e-5)
            }
        }
    }

    @Test func `a long text is read in windows and every word gets a label`() throws {
        let model = try Model(folder: HeadGoldens.folder("tag-iob"))
        let text = (0..<100).map { $0.isMultiple(of: 3) ? "unbelievable" : "bank" }.joined(separator: " ")
        let tagging = TokenTagging(text, tokenizer: model.tokenizer, maximumTokens: model.maximumTokens)
        #expect(tagging.windows.count > 3)
        #expect(tagging.windows.allSatisfy { $0.ids.count <= model.maximumTokens })
        let words = try words(text, model)
        #expect(words.count == 100)
        #expect(words.allSatisfy { $0.range.count == 4 || $0.range.count == 12 })
    }

    @Test(arguments: [1, 9, 10, 11, 15, 16, 40, 101])
    func `a word is read in the window that shows most of what is around it`(count: Int) throws {
        let tokenizer = try WordPieceTokenizer(folder: HeadGoldens.folder("tag-iob"))
        let tagging = TokenTagging(
            String(repeating: "bank ", count: count), tokenizer: tokenizer, maximumTokens: 12)
        let windows = tagging.windows.count
        // Each window gives every token a label of its own.
        let outputs = (0..<windows).map { window in
            Matrix(tagging.windows[window].ids.map { _ in (0..<windows).map { $0 == window ? 1 : 0 } })
        }
        let words = tagging.words(
            outputs, labels: (0..<windows).map(String.init), continuations: tokenizer.continuations)
        #expect(words.count == count)
        for (index, word) in words.enumerated() {
            let contexts = (0..<windows).map { window -> Int in
                let part = 5 * window..<5 * window + tagging.windows[window].ids.count - 2
                guard part.contains(index) else { return -1 }
                return min(
                    window == 0 ? .max : index - part.lowerBound,
                    part.upperBound == count ? .max : part.upperBound - 1 - index)
            }
            #expect(contexts[try #require(Int(word.label))] == contexts.max(), "\(index)")
        }
    }

    private func words(_ text: String, _ model: Model) throws -> [LabelledWord] {
        let tagging = TokenTagging(text, tokenizer: model.tokenizer, maximumTokens: model.maximumTokens)
        return tagging.words(
            try model.map(tagging.windows, threads: 1) { $1 }, labels: model.head.labels,
            continuations: model.tokenizer.continuations)
    }
}

@Suite struct EntityGroupingTests {
    private func entities(_ labels: String) -> [String] {
        let words = labels.split(separator: " ").enumerated().map { place, label in
            LabelledWord(range: 2 * place..<2 * place + 1, label: String(label), score: 0.5)
        }
        return EntityGrouping.entities(words).map {
            "\($0.label) \($0.range.lowerBound / 2)-\($0.range.upperBound / 2)"
        }
    }

    @Test(arguments: [
        ("B-A I-A O B-A B-A I-B", ["A 0-1", "A 3-3", "A 4-4", "B 5-5"]),
        ("I-A I-A O I-B", ["A 0-1", "B 3-3"]),
        ("B-A I-A E-A S-A S-A B-B E-B I-B", ["A 0-2", "A 3-3", "A 4-4", "B 5-6", "B 7-7"]),
        ("B-A I-A L-A U-A O L-B U-B", ["A 0-2", "A 3-3", "B 5-5", "B 6-6"]),
        ("NOUN NOUN VERB O NOUN", ["NOUN 0-1", "VERB 2-2", "NOUN 4-4"]),
        ("B-x-ray I-x-ray B-", ["x-ray 0-1", "B- 2-2"]), ("O O", []), ("", []),
    ])
    func `words join as their prefixes say`(labels: String, expected: [String]) {
        #expect(entities(labels) == expected)
    }

    @Test func `the score is the mean of the words' scores`() {
        let words = [
            LabelledWord(range: 0..<1, label: "B-A", score: 0.5), LabelledWord(range: 2..<3, label: "I-A", score: 1),
        ]
        let entities = EntityGrouping.entities(words)
        #expect(entities.map(\.range) == [0..<3] && entities.map(\.score) == [0.75])
    }
}
