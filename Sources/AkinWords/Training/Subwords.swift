import AkinVectors

/// The character n-grams that are trained beside the words of a vocabulary.
struct Subwords: Sendable {
    let hashing: SubwordHashing
    /// The buckets that have a row, ascending; their rows follow those of the words.
    let buckets: [UInt32]
    /// The rows of each word: its own and those of its n-grams.
    let parts: RowLists

    /// Every bucket that a word of the vocabulary falls into.
    static func all(of vocabulary: WordVocabulary, hashing: SubwordHashing) -> Subwords {
        var used = Set<UInt32>()
        for word in 0..<vocabulary.count {
            hashing.forEachBucket(of: vocabulary.table.bytes(at: word)) { used.insert($0) }
        }
        return Subwords(hashing: hashing, buckets: used.sorted(), vocabulary: vocabulary)
    }

    /// Of the buckets that at least two words fall into, those with the most words, as many as there are words: an
    /// n-gram of one word says nothing about others, and the model's size stays at twice its vocabulary's.
    static func shared(of vocabulary: WordVocabulary, hashing: SubwordHashing) -> Subwords {
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
        return Subwords(hashing: hashing, buckets: shared.map(\.key).sorted(), vocabulary: vocabulary)
    }

    private init(hashing: SubwordHashing, buckets: [UInt32], vocabulary: WordVocabulary) {
        let rows = Dictionary(uniqueKeysWithValues: buckets.enumerated().map { ($1, Int32(vocabulary.count + $0)) })
        var parts = RowLists()
        var list: [Int32] = []
        for word in 0..<vocabulary.count {
            list.removeAll(keepingCapacity: true)
            list.append(Int32(word))
            hashing.forEachBucket(of: vocabulary.table.bytes(at: word)) { if let row = rows[$0] { list.append(row) } }
            parts.append(list)
        }
        (self.hashing, self.buckets, self.parts) = (hashing, buckets, parts)
    }
}
