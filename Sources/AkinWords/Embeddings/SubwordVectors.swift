import AkinVectors

/// The vectors of character n-grams, which give a vector to words that were never seen.
package struct SubwordVectors: Sendable {
    package let hashing: SubwordHashing
    /// The buckets that have a row, ascending, row by row; nil: row b belongs to bucket b.
    package let buckets: [UInt32]?
    /// (buckets, dimension)
    package let rows: StoredRows

    package init(hashing: SubwordHashing, buckets: [UInt32]?, rows: StoredRows) {
        precondition(buckets?.count ?? hashing.bucketCount == rows.count)
        self.hashing = hashing
        self.buckets = buckets
        self.rows = rows
    }

    /// The mean of the vectors of a word's n-grams; nil when none has one.
    package func vector(of word: [UInt8]) -> [Float]? {
        let rows = rowNumbers(of: word)
        guard !rows.isEmpty else { return nil }
        var sum = [Float](repeating: 0, count: self.rows.dimension)
        for row in rows { self.rows.add(row, scale: 1 / Float(rows.count), to: &sum) }
        return sum
    }

    /// The rows of a word's n-grams, one that occurs twice twice.
    func rowNumbers(of word: some Collection<UInt8>) -> [Int] {
        var rows: [Int] = []
        hashing.forEachBucket(of: word) { bucket in if let row = row(of: bucket) { rows.append(row) } }
        return rows
    }

    private func row(of bucket: UInt32) -> Int? {
        guard let buckets else { return Int(bucket) }
        var (low, high) = (0, buckets.count)
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle] < bucket { low = middle + 1 } else { high = middle }
        }
        return low < buckets.count && buckets[low] == bucket ? low : nil
    }
}
