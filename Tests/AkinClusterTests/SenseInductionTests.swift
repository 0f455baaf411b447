import AkinCluster
import AkinVectors
import Testing

@Suite struct SenseInductionTests {
    /// Vectors around some directions, all of which share a large common part, as the contextual vectors of one word
    /// do.
    private static func vectors(groups: [Int], spread: Float, seed: UInt64 = 5) -> Matrix {
        var random = SeededGenerator(seed: seed)
        let dimension = 64
        func direction() -> [Float] { VectorMath.normalized((0..<dimension).map { _ in random.unitFloat() - 0.5 }) }
        let common = direction()
        var rows: [[Float]] = []
        for size in groups {
            let center = direction()
            for _ in 0..<size {
                let noise = direction()
                rows.append((0..<dimension).map { 2 * common[$0] + center[$0] + spread * noise[$0] })
            }
        }
        return Matrix(rows)
    }

    @Test(arguments: [[20, 20], [40, 10], [15, 15, 15], [30, 20, 10, 10]]) func `groups are found as senses`(
        sizes: [Int]
    ) throws {
        let induction = try SenseInduction(vectors: Self.vectors(groups: sizes, spread: 0.8))
        #expect(induction.count == sizes.count)
        var start = 0
        for size in sizes {
            #expect(Set(induction.assignments[start..<start + size]).count == 1)
            start += size
        }
        #expect(induction.silhouettes.count == min(8, sizes.reduce(0, +) / 5) - 1)
    }

    @Test func `one group is one sense`() throws {
        let induction = try SenseInduction(vectors: Self.vectors(groups: [60], spread: 0.8))
        #expect(induction.count == 1 && Set(induction.assignments) == [0])
        #expect(try SenseInduction(vectors: Self.vectors(groups: [60], spread: 0.8), count: 3).count == 3)
    }

    @Test func `senses that are near each other are two where half of the occurrences show them to the other half`()
        throws
    {
        // Silhouettes are low at this distance.
        let near = try SenseInduction(vectors: Self.vectors(groups: [100, 100], spread: 1.5))
        #expect(near.count == 2 && near.bimodality > SenseInduction.threshold)
        #expect(near.silhouettes.allSatisfy { $0 < 0.3 })
        let one = try SenseInduction(vectors: Self.vectors(groups: [200], spread: 1.5))
        #expect(one.count == 1 && one.bimodality < 0.4)
    }

    @Test func `one vector or equal vectors are one sense`() throws {
        #expect(try SenseInduction(vectors: Matrix([[1, 0]])).count == 1)
        let equal = try SenseInduction(vectors: Matrix([[Float]](repeating: [1, 2], count: 30)))
        #expect(equal.count == 1 && equal.assignments.count == 30)
        #expect(try SenseInduction(vectors: Matrix([[Float]](repeating: [1, 2], count: 30)), count: 4).count == 1)
    }
}
