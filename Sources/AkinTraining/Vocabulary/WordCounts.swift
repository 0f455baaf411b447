package import AkinTokenizers

/// The words of a corpus, as BERT's tokenizer splits it, and how often each occurs.
///
/// Memory: some 100 bytes for each different word.
package struct WordCounts {
    private let tokenizer: BasicTokenizer
    // By bytes: Swift's texts are equal in any normal form, and the tokenizer's words are not.
    private var counts: [[UInt8]: Int] = [:]
    /// Words counted, each as often as it occurs.
    package private(set) var total = 0

    package init(_ tokenizer: BasicTokenizer) { self.tokenizer = tokenizer }

    /// Different words.
    package var distinct: Int { counts.count }

    package mutating func add(_ text: String) {
        tokenizer.forEachWord(in: text) { word in
            counts[Array(word), default: 0] += 1
            total += 1
        }
    }

    /// The words that are short enough to be taken apart, the most frequent first, of equals by their bytes.
    var ordered: [(word: [UInt8], count: Int)] {
        let limit = tokenizer.maximumWordScalars
        return counts.filter { word, _ in word.count { $0 & 0xC0 != 0x80 } <= limit }.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
        }.map { ($0.key, $0.value) }
    }
}

extension WordCounts {
    /// How a tokenizer splits the words: pieces of a word in the mean, and the share of words it does not know.
    package func coverage(by tokenizer: WordPieceTokenizer) -> (tokensPerWord: Double, unknownShare: Double) {
        var (tokens, unknown) = (0, 0)
        for (word, count) in counts {
            let ids = tokenizer.placedTokens(String(decoding: word, as: UTF8.self)).ids
            tokens += ids.count * count
            if ids.contains(tokenizer.unknownID) { unknown += count }
        }
        let words = Double(max(1, total))
        return (Double(tokens) / words, Double(unknown) / words)
    }
}
