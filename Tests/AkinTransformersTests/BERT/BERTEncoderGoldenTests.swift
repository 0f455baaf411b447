import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// The encoder against `transformers`, on tiny models in every layout that is read.
@Suite struct BERTEncoderGoldenTests {
    @Test(arguments: BERTGolden.names)
    func `every intermediate result agrees with Transformers`(name: String) throws {
        let golden = try BERTGolden.load(name)
        let network = try BERTNetwork<FloatLinearLayer>(folder: BERTGolden.folder(name))
        var seen: [String] = []
        _ = try network.hiddenStates(golden.ids[0]) { intermediate, values in
            guard let expected = golden.intermediates.first(where: { $0.name == intermediate }) else {
                Issue.record("\(intermediate) is not an intermediate of the reference")
                return
            }
            seen.append(intermediate)
            for (row, values_) in expected.rows.enumerated() {
                #expect(largestDifference(values, row: row, values_) <= 1e-5, "\(intermediate), token \(row)")
            }
        }
        #expect(seen == golden.intermediates.map(\.name))
    }

    @Test(arguments: BERTGolden.names)
    func `vectors agree with the reference`(name: String) throws {
        let golden = try BERTGolden.load(name)
        let encoder = try BERTEncoder(folder: BERTGolden.folder(name))
        #expect(encoder.maximumTokens == golden.maximumTokens)
        let passages = try encoder.encode(golden.texts, role: .passage, threads: 1)
        let queries = try encoder.encode(golden.texts, role: .query, threads: 1)
        #expect(passages.tokenCounts == golden.ids.map(\.count))
        #expect(encoder.identity.dimension == golden.passages[0].count)
        for index in golden.texts.indices {
            #expect(
                largestDifference(passages.vectors, row: index, golden.passages[index]) <= 1e-5,
                "\(golden.texts[index])")
            #expect(
                largestDifference(queries.vectors, row: index, golden.queries[index]) <= 1e-5, "\(golden.texts[index])")
        }
    }

    @Test func `truncation and unknown tokens are reported`() throws {
        let encoder = try BERTEncoder(folder: BERTGolden.folder("plain-cased"))
        let result = try encoder.encode(
            ["bank", String(repeating: "bank ", count: 40), "猫 dog"], role: .passage, threads: 1)
        #expect(result.truncated == [false, true, false])
        #expect(result.tokenCounts == [3, 32, 4])
        #expect(result.unknownCounts == [0, 0, 1])
    }

    @Test func `no texts give no vectors`() throws {
        let encoder = try BERTEncoder(folder: BERTGolden.folder("half"))
        let result = try encoder.encode([], role: .query, threads: 4)
        #expect(result.vectors.rows == 0 && result.vectors.columns == 32 && result.tokenCounts.isEmpty)
    }

    @Test func `token vectors are the hidden states without special tokens`() throws {
        let golden = try BERTGolden.load("half")
        let encoder = try BERTEncoder(folder: BERTGolden.folder("half"))
        let (vectors, ranges) = try encoder.tokenVectors(golden.texts[0])
        let states = try BERTNetwork<FloatLinearLayer>(folder: BERTGolden.folder("half")).hiddenStates(golden.ids[0])
        #expect(vectors.rows == golden.ids[0].count - 2)
        for row in 0..<vectors.rows { #expect(vectors.row(row) == states.row(row + 1)) }
        #expect(ranges.map(\.lowerBound) == Array(encoder.tokenStarts(in: golden.texts[0])))
        #expect(ranges.first == 0..<1)
        #expect(try encoder.tokenVectors("").vectors.rows == 0)
    }

    @Test func `the passage prompt counts as overhead`() throws {
        #expect(try BERTEncoder(folder: BERTGolden.folder("half")).overheadTokens == 2)
        #expect(try BERTEncoder(folder: BERTGolden.folder("mean-prompts")).overheadTokens == 4)
    }

    @Test func `ids outside the vocabulary and lengths outside the positions are refused`() throws {
        let network = try BERTNetwork<FloatLinearLayer>(folder: BERTGolden.folder("half"))
        for ids in [[], [-1], [Int32(network.configuration.vocabularySize)], [Int32](repeating: 0, count: 49)] {
            #expect(throws: (any Error).self) { try network.hiddenStates(ids) }
        }
    }
}
