package import AkinTokenizers
import AkinVectors

/// Sequences of one step with words hidden.
package struct MaskedTexts: Sendable {
    package internal(set) var batch = Batch()
    /// The hidden words and their rows.
    package internal(set) var words = MaskedWordHead.Targets(rows: [], ids: [])
    /// By sequence: 0 where its second text follows the first, 1 where it is of another document. Empty without pairs.
    package internal(set) var isRandom: [Int32] = []
}

/// Makes what a network reads of a corpus in pre-training. Masks and pairs are drawn anew in each epoch, by the seed, the
/// epoch and the sequence's number alone.
package struct MaskedTextSource: Sendable {
    private let corpus: TokenCorpus
    private let masking: WordMasking
    private let (classID, separatorID): (Int32, Int32)
    /// The most tokens of a sequence, special ones included.
    package let length: Int
    /// Whether sequences are pairs, for predicting whether the second follows the first.
    package let makesPairs: Bool
    private let seed: UInt64
    /// Sequences to learn from, and to score on, by their numbers in the corpus.
    package let (training, heldOut): ([UInt32], [UInt32])

    /// The epoch of what is scored on: always the same masks.
    private static let scoring = UInt64.max
    /// Draws of another document before a pair is left as it is.
    private static let draws = 16

    /// Tokens of a sequence that are no text.
    package static func specialTokens(inPairs: Bool) -> Int { inPairs ? 3 : 2 }

    /// - Parameter heldOutShare: of the sequences, which are scored on and not learnt from; a thousand are enough.
    package init(
        _ corpus: TokenCorpus, tokenizer: WordPieceTokenizer, masking: WordMasking, length: Int, makesPairs: Bool,
        heldOutShare: Double, seed: UInt64
    ) {
        (self.corpus, self.masking, self.length, self.makesPairs) = (corpus, masking, length, makesPairs)
        (classID, separatorID, self.seed) = (tokenizer.classID, tokenizer.separatorID, seed)
        (training, heldOut) = corpus.split(holdingOut: heldOutShare, most: 1000, seed: seed)
    }

    /// The most hidden words of a sequence.
    package var mostHidden: Int { masking.most(of: length - Self.specialTokens(inPairs: makesPairs)) }

    /// Sequences to learn from in an epoch, by their places in `training`.
    package func training(_ places: some Sequence<Int>, epoch: Int) -> MaskedTexts {
        texts(places, of: training, epoch: UInt64(epoch))
    }

    /// Sequences to score on, by their places in `heldOut`.
    package func heldOut(_ places: some Sequence<Int>) -> MaskedTexts {
        texts(places, of: heldOut, epoch: Self.scoring)
    }

    private func texts(_ places: some Sequence<Int>, of pool: [UInt32], epoch: UInt64) -> MaskedTexts {
        var texts = MaskedTexts()
        var (rows, found): ([Int], [Int32]) = ([], [])
        for place in places {
            let index = Int(pool[place])
            var generator = SeededGenerator(
                seed: SplitMix64.mixed(seed &+ SplitMix64.mixed(epoch)) &+ SplitMix64.mixed(UInt64(index)))
            var (ids, segments): ([Int32], [Int32]?)
            if makesPairs {
                let pair = pair(index, pool, &generator)
                ids = [classID] + pair.first + [separatorID] + pair.second + [separatorID]
                segments =
                    [Int32](repeating: 0, count: pair.first.count + 2)
                    + [Int32](repeating: 1, count: pair.second.count + 1)
                texts.isRandom.append(pair.isRandom ? 1 : 0)
            } else {
                ids = [classID] + corpus.sequence(index).ids + [separatorID]
                segments = nil
            }
            let hidden = masking.hide(&ids, &generator)
            rows += hidden.places.map { texts.batch.tokens + $0 }
            found += hidden.ids
            texts.batch.append(ids, segments: segments)
        }
        texts.words = .init(rows: rows, ids: found)
        texts.batch.readRows = makesPairs ? (rows + texts.batch.firstRows).sorted() : rows
        return texts
    }

    private typealias Pair = (first: ArraySlice<Int32>, second: ArraySlice<Int32>, isRandom: Bool)

    /// A sequence's sentences up to one of them and those that follow, or in half of the cases those of another document.
    /// The longer text loses what does not fit, far from where the two meet.
    private func pair(_ index: Int, _ pool: [UInt32], _ generator: inout SeededGenerator) -> Pair {
        let own = halves(index, &generator)
        guard generator.unitFloat() < 0.5, let other = otherDocument(than: index, pool, &generator) else {
            return (own.first, own.second, false)
        }
        var (first, second) = (own.first, halves(other, &generator).second)
        while first.count + second.count > length - Self.specialTokens(inPairs: true) {
            if first.count > second.count { first.removeFirst() } else { second.removeLast() }
        }
        return (first, second, true)
    }

    /// Divides a sequence where a sentence begins, or in the middle of its only one.
    private func halves(
        _ index: Int, _ generator: inout SeededGenerator
    ) -> (first: ArraySlice<Int32>, second: ArraySlice<Int32>) {
        let (ids, sentences) = corpus.sequence(index)
        let inner = sentences.dropFirst()
        let place =
            inner.isEmpty ? ids.count / 2 : inner[inner.startIndex + generator.integer(below: inner.count)]
        return (ids[..<place], ids[place...])
    }

    private func otherDocument(
        than index: Int, _ pool: [UInt32], _ generator: inout SeededGenerator
    ) -> Int? {
        for _ in 0..<Self.draws {
            let other = Int(pool[generator.integer(below: pool.count)])
            if corpus.document(of: other) != corpus.document(of: index) { return other }
        }
        return nil
    }
}
