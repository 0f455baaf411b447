/// A frequency and a length that no posting of a block is better in together.
///
/// BM25 grows with the frequency and falls with the length, whatever the mean length and the weights are. So the best
/// score in a block is that of one of its pairs that no other pair beats in both. These stay the same when the store
/// changes around the block, while scores do not. (Block maxima: Ding and Suel, "Faster top-k document retrieval using
/// block-max indexes", 2011.)
struct ScoreBound: BitwiseCopyable, Hashable {
    var frequency: UInt32
    var length: UInt32

    /// The pairs that no other pair beats in both, by descending frequency.
    static func front(of pairs: [ScoreBound]) -> [ScoreBound] {
        var front: [ScoreBound] = []
        for pair in pairs.sorted(by: { ($1.frequency, $0.length) < ($0.frequency, $1.length) })
        where front.last.map({ pair.length < $0.length }) ?? true {
            front.append(pair)
        }
        return front
    }
}
