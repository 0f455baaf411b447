/// Which candidates become links (SELECT-NEIGHBORS-HEURISTIC, algorithm 4 of the paper).
enum NeighborSelection {
    /// Chooses at most `limit` of the candidates, best first, into `chosen`; returns how many.
    ///
    /// A candidate is passed over when one already chosen is nearer to it than the base is: the walk gets there through that one,
    /// and the slot serves another direction. Candidates that fit without choosing are all taken.
    ///
    /// - Parameters:
    ///   - candidates: (count) sorted, with their similarities to the base; the base is not among them.
    static func select(
        _ candidates: UnsafePointer<Candidate>, count: Int, limit: Int, measure: RowMeasure, into chosen: UnsafeMutablePointer<UInt32>
    ) -> Int {
        if count <= limit {
            for index in 0..<count { chosen[index] = candidates[index].node }
            return count
        }
        var kept = 0
        for index in 0..<count where kept < limit {
            let candidate = candidates[index]
            let row = measure.row(candidate.node)
            var isCovered = false
            for other in 0..<kept where !isCovered {
                isCovered = measure.similarity(row, chosen[other]) > candidate.similarity
            }
            if !isCovered {
                chosen[kept] = candidate.node
                kept &+= 1
            }
        }
        return kept
    }
}
