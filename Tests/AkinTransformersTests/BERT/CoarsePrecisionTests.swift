import AkinCore
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// The encoder in coarser arithmetic: near the one in single precision, and free of any dependence on what is encoded
/// beside a text.
@Suite struct CoarsePrecisionTests {
    static let coarse = [EncodingPrecision.bf16, .int8]

    /// The least cosine to single precision that a precision must keep: these networks of random weights and few
    /// components are harder than trained ones.
    private func leastCosine(_ precision: EncodingPrecision) -> Float { precision == .int8 ? 0.995 : 0.9998 }

    @Test(arguments: BERTGolden.names, coarse)
    func `vectors are near those of single precision`(name: String, precision: EncodingPrecision) throws {
        let golden = try BERTGolden.load(name)
        let encoder = try BERTEncoder(folder: BERTGolden.folder(name), precision: precision)
        for (role, expected) in [(TextRole.passage, golden.passages), (.query, golden.queries)] {
            let result = try encoder.encode(golden.texts, role: role, threads: 1)
            #expect(result.tokenCounts == golden.ids.map(\.count))
            for index in golden.texts.indices {
                let vector = result.vectors.row(index)
                let cosine = VectorMath.dot(VectorMath.normalized(vector), VectorMath.normalized(expected[index]))
                #expect(cosine >= leastCosine(precision), "\(golden.texts[index])")
                #expect(vector != expected[index])
            }
        }
    }

    @Test(arguments: BERTGolden.names, EncodingPrecision.allCases)
    func `vectors are the same alone, in bulk and on any number of threads`(name: String, precision: EncodingPrecision)
        throws
    {
        let golden = try BERTGolden.load(name)
        let encoder = try BERTEncoder(folder: BERTGolden.folder(name), precision: precision)
        // Enough tokens for several batches, whose sequences begin at every place of a tile.
        let texts = (0..<12).flatMap { [golden.texts, golden.texts.reversed()][$0 % 2] }
        let bulk = try encoder.encode(texts, role: .passage, threads: 1)
        for (index, text) in texts.enumerated() {
            let alone = try encoder.encode([text], role: .passage, threads: 1)
            #expect(alone.vectors.row(0).map(\.bitPattern) == bulk.vectors.row(index).map(\.bitPattern), "\(text)")
        }
        for threads in [2, 3, 8] {
            let other = try encoder.encode(texts, role: .passage, threads: threads)
            for index in texts.indices {
                #expect(other.vectors.row(index).map(\.bitPattern) == bulk.vectors.row(index).map(\.bitPattern))
            }
            #expect(
                other.tokenCounts == bulk.tokenCounts && other.truncated == bulk.truncated
                    && other.unknownCounts == bulk.unknownCounts)
        }
    }

    @Test(arguments: coarse)
    func `loading again gives the same bits`(precision: EncodingPrecision) throws {
        let texts = try BERTGolden.load("half").texts
        let first = try BERTEncoder(folder: BERTGolden.folder("half"), precision: precision).encode(
            texts, role: .query, threads: 1)
        let second = try BERTEncoder(folder: BERTGolden.folder("half"), precision: precision).encode(
            texts, role: .query, threads: 1)
        for index in texts.indices { #expect(first.vectors.row(index) == second.vectors.row(index)) }
    }

    @Test(arguments: coarse)
    func `the identity is the same at any precision`(precision: EncodingPrecision) throws {
        let single = try BERTEncoder(folder: BERTGolden.folder("half"))
        let other = try BERTEncoder(folder: BERTGolden.folder("half"), precision: precision)
        #expect(single.identity == other.identity)
        #expect(other.precision == precision)
    }

    @Test func `no texts give no vectors`() throws {
        let encoder = try BERTEncoder(folder: BERTGolden.folder("half"), precision: .int8)
        #expect(try encoder.encode([], role: .query, threads: 4).vectors.rows == 0)
        #expect(try encoder.tokenVectors("").vectors.rows == 0)
    }

    @Test(arguments: coarse)
    func `token vectors are near those of single precision`(precision: EncodingPrecision) throws {
        let text = try BERTGolden.load("half").texts[0]
        let expected = try BERTEncoder(folder: BERTGolden.folder("half")).tokenVectors(text)
        let actual = try BERTEncoder(folder: BERTGolden.folder("half"), precision: precision).tokenVectors(text)
        #expect(actual.ranges == expected.ranges && actual.vectors.rows == expected.vectors.rows)
        for row in 0..<expected.vectors.rows {
            let (a, b) = (
                VectorMath.normalized(actual.vectors.row(row)), VectorMath.normalized(expected.vectors.row(row))
            )
            #expect(VectorMath.dot(a, b) >= leastCosine(precision))
        }
    }
}
