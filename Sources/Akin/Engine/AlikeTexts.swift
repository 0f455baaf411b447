import AkinText

/// Recognises texts that are the same but for a few words: copies, and other versions of one page.
///
/// Two texts are alike where they share four fifths of their shingles, the runs of three words (Broder 1997, "On the
/// resemblance and containment of documents"). A text of few words says too little by itself: it is alike only to the
/// same words under the same title. Letter case, punctuation and white space do not count.
package struct AlikeTexts {
    private static let resemblance = 0.8
    private static let shingleLength = 3
    private static let fewWords = 12
    /// Texts that may be alike share one of their smallest hashes: of eight, all but one pair in a hundred thousand
    /// that share four fifths of their shingles.
    private static let sketchSize = 8

    /// The shingles of each text, as ascending hashes.
    private var known: [[UInt64]] = []
    private var bySketch: [UInt64: [Int]] = [:]

    package init() {}

    /// The place of the text that this one is alike to, among those that were alike to none; nil for a new one, which
    /// gets the next place.
    ///
    /// - Complexity: O(n log n) in the words of the text, and O(n) for each known text that shares a hash.
    package mutating func place(of text: String, title: String?) -> Int? {
        let shingles = Self.shingles(of: text, title: title)
        let sketch = shingles.prefix(Self.sketchSize)
        var compared: Set<Int> = []
        for place in sketch.flatMap({ bySketch[$0] ?? [] }) where compared.insert(place).inserted {
            if Self.share(shingles, known[place]) >= Self.resemblance { return place }
        }
        for hash in sketch { bySketch[hash, default: []].append(known.count) }
        known.append(shingles)
        return nil
    }

    private static func shingles(of text: String, title: String?) -> [UInt64] {
        let words = KeywordText.words(of: text).map { hash($0.utf8) }
        guard words.count >= fewWords else {
            // A text without words is alike to no other.
            guard !words.isEmpty else { return [] }
            return [words.reduce(hash((title ?? "").utf8), joined)]
        }
        let runs = (0...words.count - shingleLength).map { words[$0..<$0 + shingleLength].reduce(0, joined) }
        return Set(runs).sorted()
    }

    /// Of two ascending lists: what they share of all they have.
    private static func share(_ left: [UInt64], _ right: [UInt64]) -> Double {
        var (first, second, shared) = (0, 0, 0)
        while first < left.count, second < right.count {
            if left[first] == right[second] { shared += 1 }
            let isNotGreater = left[first] <= right[second]
            if left[first] >= right[second] { second += 1 }
            if isNotGreater { first += 1 }
        }
        return Double(shared) / Double(left.count + right.count - shared)
    }

    /// FNV-1a.
    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The finaliser of MurmurHash3, so that the smallest hashes are those of no words in particular.
    private static func joined(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        var mixed = hash &* 0x9E37_79B9_7F4A_7C15 ^ word
        mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ mixed >> 33
    }
}
