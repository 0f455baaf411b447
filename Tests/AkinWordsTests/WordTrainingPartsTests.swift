import AkinWords
import AkinVectors
import Testing

@Suite struct WordTrainingPartsTests {
    @Test(arguments: [[1.0], [1, 1], [5, 3, 2, 0], [1, 0, 0, 1], (1...50).map { 1 / Double($0) }])
    func `an alias table draws by weight`(weights: [Double]) {
        let table = AliasTable(weights: weights)
        var random = SeededGenerator(seed: 3)
        let draws = 200_000
        var counts = [Int](repeating: 0, count: weights.count)
        for _ in 0..<draws { counts[table.draw(random.next())] += 1 }
        let total = weights.reduce(0, +)
        for (count, weight) in zip(counts, weights) {
            let expected = weight / total
            #expect(
                abs(Double(count) / Double(draws) - expected) <= 5
                    * (expected * (1 - expected) / Double(draws)).squareRoot())
        }
    }

    /// FNV-1a test vectors for ASCII; for "é" the two bytes are sign-extended, as fastText does.
    @Test(
        arguments: [("", 0x811C_9DC5), ("a", 0xE40C_292C), ("foobar", 0xBF9C_F968), ("é", 0x3CFA_68C1)]
            as [(String, UInt32)])
    func `the hash of a subword is FNV-1a over sign-extended bytes`(text: String, expected: UInt32) {
        #expect(SubwordHashing.hash(text.utf8) == expected)
    }

    @Test func `subwords are the n-grams of the marked word`() {
        func buckets(_ word: String, _ lengths: ClosedRange<Int>) -> [UInt32] {
            var found: [UInt32] = []
            SubwordHashing(lengths: lengths, bucketCount: 1000).forEachBucket(of: Array(word.utf8)) { found.append($0) }
            return found.sorted()
        }
        func expected(_ ngrams: [String]) -> [UInt32] { ngrams.map { SubwordHashing.hash($0.utf8) % 1000 }.sorted() }
        #expect(buckets("né", 2...3) == expected(["<n", "<né", "né", "né>", "é>"]))
        #expect(buckets("ab", 1...1) == expected(["a", "b"]))
        #expect(buckets("a", 3...6) == [])
        // Takes no longer for lengths that no word has.
        #expect(buckets("ab", 3...0xFFFF_FFFF) == expected(["<ab", "ab>"]))
    }

    @Test(arguments: [1, 2, 5, 20])
    func `eigenvectors solve their matrix`(size: Int) {
        var random = SeededGenerator(seed: UInt64(size))
        var matrix = Matrix(rows: size, columns: size)
        for row in 0..<size {
            for column in 0...row {
                let value = random.unitFloat() - 0.5
                matrix[row, column] = value
                matrix[column, row] = value
            }
        }
        let eigen = SymmetricEigen(of: matrix)
        #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
        for (index, value) in eigen.values.enumerated() {
            let vector = eigen.vectors.row(index)
            for (product, component) in zip(matrix.products(with: vector), vector) {
                #expect(abs(product - value * component) < 1e-5)
            }
            for other in 0..<size {
                #expect(abs(VectorMath.dot(vector, eigen.vectors.row(other)) - (other == index ? 1 : 0)) < 1e-5)
            }
        }
    }
}
