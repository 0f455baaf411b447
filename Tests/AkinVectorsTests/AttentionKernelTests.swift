import AkinVectors
import CAkinKernels
import Foundation
import Testing

/// The attention kernel of every table against the definition in double precision, with tails in every direction.
@Suite struct AttentionKernelTests {
    private func random(_ count: Int, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(seed))
        return (0..<count).map { _ in (generator.unitFloat() - 0.5) * 4 }
    }

    @Test(
        arguments: NetworkKernels.available.indices,
        [(1, 1, 1), (2, 3, 5), (7, 2, 8), (12, 2, 16), (13, 1, 20), (31, 3, 32), (33, 2, 64), (100, 2, 33), (40, 1, 24)])
    func attention(table: Int, shape: (length: Int, heads: Int, headSize: Int)) {
        let (length, heads, headSize) = shape
        let width = heads * headSize
        let source = random(length * 3 * width, seed: length)
        var scratch = [Float](repeating: .nan, count: akin_attention_scratch(length, headSize) + 1)
        var context = [Float](repeating: 42, count: length * width + 1)
        scratch[scratch.count - 1] = 42
        NetworkKernels.available[table].table.attention_f32(source, length, heads, headSize, &scratch, &context)
        for head in 0..<heads {
            func element(_ part: Int, _ row: Int, _ i: Int) -> Double {
                Double(source[row * 3 * width + part * width + head * headSize + i])
            }
            for row in 0..<length {
                let scores = (0..<length).map { other in
                    (0..<headSize).reduce(0) { $0 + element(0, row, $1) * element(1, other, $1) } / Double(headSize).squareRoot()
                }
                let exponentials = scores.map { exp($0 - (scores.max() ?? 0)) }
                let sum = exponentials.reduce(0, +)
                for i in 0..<headSize {
                    let expected = (0..<length).reduce(0) { $0 + exponentials[$1] / sum * element(2, $1, i) }
                    #expect(abs(Double(context[row * width + head * headSize + i]) - expected) <= 1e-5)
                }
            }
        }
        #expect(context[length * width] == 42 && scratch[scratch.count - 1] == 42)
    }

    @Test(arguments: NetworkKernels.available.indices)
    func equalQueriesGetEqualBitsWhereverTheyStand(table: Int) {
        let (length, width) = (30, 32)
        var source = random(length * 3 * width, seed: 9)
        for row in 1..<length { for i in 0..<width { source[row * 3 * width + i] = source[i] } }
        var scratch = [Float](repeating: 0, count: akin_attention_scratch(length, width))
        var context = [Float](repeating: 0, count: length * width)
        NetworkKernels.available[table].table.attention_f32(source, length, 1, width, &scratch, &context)
        for row in 1..<length {
            for i in 0..<width { #expect(context[row * width + i].bitPattern == context[i].bitPattern) }
        }
    }
}
