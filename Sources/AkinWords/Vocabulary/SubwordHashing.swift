/// The character n-grams of a word, hashed as fastText does (Bojanowski et al. 2017, section 3.2).
package struct SubwordHashing: Sendable {
    /// Lengths in scalars, the boundary marks `<` and `>` included.
    package let lengths: ClosedRange<Int>
    package let bucketCount: Int
    /// Whether `<word>` as a whole is an n-gram too when it is short enough, as it is to fastText.
    package let includesWhole: Bool

    package init(lengths: ClosedRange<Int>, bucketCount: Int, includesWhole: Bool = false) {
        self.lengths = lengths
        self.bucketCount = bucketCount
        self.includesWhole = includesWhole
    }

    /// Calls `body` with the bucket of each n-gram of `<word>`, the lone boundary marks left out. Cost: O(scalars ×
    /// lengths).
    package func forEachBucket(of word: some Collection<UInt8>, _ body: (UInt32) -> Void) {
        guard bucketCount > 0 else { return }
        let marked = [0x3C] + word + [0x3E]
        var starts = marked.indices.filter { marked[$0] & 0xC0 != 0x80 }
        let scalars = starts.count
        starts.append(marked.count)
        for first in 0..<scalars {
            // A hostile model may claim endless lengths.
            for length in stride(from: lengths.lowerBound, through: min(lengths.upperBound, scalars - first), by: 1)
            where includesWhole || length < scalars {
                if length == 1, first == 0 || first + 1 == scalars { continue }
                body(Self.hash(marked[starts[first]..<starts[first + length]]) % UInt32(bucketCount))
            }
        }
    }

    /// 32-bit FNV-1a over sign-extended bytes, fastText's variant.
    package static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(bitPattern: Int32(Int8(bitPattern: byte)))) &* 16_777_619 }
        return hash
    }
}
