import AkinVectors

extension WordVectorModel {
    /// The SIF mean of a text, with counts of its tokens.
    struct Composition {
        /// Σ weight · vector over the words that have a vector, divided by their number; zeros when none has.
        var mean: [Float]
        var tokens = 0
        /// Tokens that are not in the vocabulary, whether or not their n-grams gave them a vector.
        var unknown = 0
    }

    /// The SIF mean of a text, the principal component still in it. Cost: O(words × dimension).
    func composition(of text: String) -> Composition {
        var result = Composition(mean: [Float](repeating: 0, count: dimension))
        var used = 0
        WordSegmenter().forEachWord(in: text) { word, _, isToken in
            let index = vocabulary.table.index(of: word)
            if isToken {
                result.tokens += 1
                if index == nil { result.unknown += 1 }
            }
            if add(word, index, weight(ofWord: index), to: &result.mean) { used += 1 }
        }
        if used > 0 { for component in 0..<dimension { result.mean[component] /= Float(used) } }
        return result
    }

    /// The vector of a word: its row, or the mean of its n-grams' rows; nil when the model knows neither.
    package func vector(of word: String) -> [Float]? {
        let bytes = Array(word.utf8)
        var sum = [Float](repeating: 0, count: dimension)
        return add(bytes, vocabulary.table.index(of: bytes), 1, to: &sum) ? sum : nil
    }

    private func add(_ word: [UInt8], _ index: Int?, _ weight: Float, to sum: inout [Float]) -> Bool {
        if let index {
            Self.add(wordVectors, index, weight, to: &sum)
            return true
        }
        var rows: [Int] = []
        hashing.forEachBucket(of: word) { if let row = row(ofBucket: $0) { rows.append(row) } }
        for row in rows { Self.add(bucketVectors, row, weight / Float(rows.count), to: &sum) }
        return !rows.isEmpty
    }

    static func add(_ matrix: Matrix, _ row: Int, _ weight: Float, to sum: inout [Float]) {
        let width = matrix.columns
        unsafe sum.withUnsafeMutableBufferPointer { target in
            guard let base = target.baseAddress else { return }
            unsafe matrix.withUnsafePointer { unsafe VectorMath.axpy(weight, $0 + row * width, base, width) }
        }
    }

    private func row(ofBucket bucket: UInt32) -> Int? {
        var (low, high) = (0, buckets.count)
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle] < bucket { low = middle + 1 } else { high = middle }
        }
        return low < buckets.count && buckets[low] == bucket ? low : nil
    }
}
