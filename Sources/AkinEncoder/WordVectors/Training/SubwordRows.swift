/// The n-gram rows of every word of a vocabulary.
struct SubwordRows: Sendable {
    /// The buckets that have a row, ascending.
    let buckets: [UInt32]
    /// Row numbers into `buckets`, word after word.
    let rows: [Int32]
    /// The rows of word w are rows[starts[w] ..< starts[w + 1]].
    let starts: [Int]

    /// Of the buckets that at least two words fall into, those with the most words, as many as there are words: an n-gram of one word tells
    /// nothing about others, and the model's size stays at twice its vocabulary's.
    init(vocabulary: WordVocabulary, hashing: SubwordHashing) {
        // By bucket: the words in it, and the last one seen
        var usage: [UInt32: (words: Int, last: Int)] = [:]
        for word in 0..<vocabulary.count {
            hashing.forEachBucket(of: vocabulary.table.bytes(at: word)) { bucket in
                let known = usage[bucket] ?? (0, -1)
                if known.last != word { usage[bucket] = (known.words + 1, word) }
            }
        }
        let shared = usage.filter { $0.value.words > 1 }
            .sorted { ($1.value.words, $0.key) < ($0.value.words, $1.key) }
            .prefix(vocabulary.count)
        let buckets = shared.map(\.key).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: buckets.enumerated().map { ($1, Int32($0)) })
        var rows: [Int32] = []
        var starts = [0]
        for word in 0..<vocabulary.count {
            hashing.forEachBucket(of: vocabulary.table.bytes(at: word)) { bucket in
                if let row = numbers[bucket] { rows.append(row) }
            }
            starts.append(rows.count)
        }
        self.buckets = buckets
        self.rows = rows
        self.starts = starts
    }
}
