/// Which candidates become links (SELECT-NEIGHBORS-HEURISTIC, algorithm 4 of the paper).
enum NeighborSelection {
    /// How much nearer a chosen node must be to a candidate than the base is, in squared distance, to stand for it: α
    /// of Vamana (Subramanya et al., "DiskANN", NeurIPS 2019, algorithm 2). Above 1 more links stay, and walks need
    /// fewer steps; at 1.1 a tenth more of them gave 1.2 to 1.4 times the queries a second at recalls of .95 to .97 on
    /// sentence embeddings, at 1.2 fewer again.
    private static let slack: Float = 1.1

    /// Chooses at most `limit` of the candidates, best first, into `chosen`; returns how many.
    ///
    /// A candidate is skipped when one already chosen is nearer to it than the base is. The walk gets there through the
    /// chosen one, and the slot serves another direction. Candidates that fit without choosing are all taken.
    ///
    /// - Parameters:
    ///   - candidates: (count) sorted, with their similarities to the base; the base is not among them.
    static func select(
        _ candidates: UnsafePointer<Candidate>, count: Int, limit: Int, pairs: PairMeasure,
        into chosen: UnsafeMutablePointer<UInt32>
    ) -> Int {
        if count <= limit {
            for index in 0..<count { chosen[index] = candidates[index].node }
            return count
        }
        let own = pairs.ownSimilarity
        var kept = 0
        for index in 0..<count where kept < limit {
            let candidate = candidates[index]
            let distance = own - candidate.similarity
            var isCovered = false
            for other in 0..<kept where !isCovered {
                isCovered = slack * (own - pairs.similarity(candidate.node, chosen[other])) < distance
            }
            if !isCovered {
                chosen[kept] = candidate.node
                kept &+= 1
            }
        }
        return kept
    }
}
