import AkinVectors

extension HNSWBuilder {
    /// Takes over the lists of the nodes that stay. Where a link led to a removed node, the list is chosen again, on
    /// its level, from the links that stay and the links of the removed nodes, so that walks through them find another
    /// way.
    ///
    /// `mend` finds nodes that are still cut off.
    ///
    /// - Complexity: O(nodes × M), and (2M)² comparisons at most for each list that lost a link.
    func adopt(_ existing: HNSWGraph, surviving: [UInt32], threads: Int) {
        var renumbered = [UInt32](repeating: GraphLinks.none, count: existing.nodeCount)
        for (node, source) in surviving.enumerated() { renumbered[Int(source)] = UInt32(node) }
        let heirs = renumbered
        Parallel.ranges(surviving.count, threads: threads) { range in
            let rivals = AlignedBuffer<Candidate>(
                count: self.parameters.connectivity * 2 * (self.parameters.connectivity * 2 + 1))
            for node in range {
                for level in 0...Int(existing.links.levels[Int(surviving[node])]) {
                    self.adoptList(of: UInt32(node), from: surviving[node], level: level, existing, heirs, rivals.base)
                }
            }
        }
    }

    private func adoptList(
        of node: UInt32, from source: UInt32, level: Int, _ existing: HNSWGraph, _ heirs: [UInt32],
        _ rivals: UnsafeMutablePointer<Candidate>
    ) {
        let (old, list) = (existing.links.list(of: source, level: level), mutableList(of: node, level: level))
        let degree = existing.links.degree(of: source, level: level)
        var kept = 0
        for slot in 0..<degree where heirs[Int(old[slot])] != GraphLinks.none {
            list[kept] = heirs[Int(old[slot])]
            kept += 1
        }
        guard kept < degree else { return }
        var known = Set((0..<kept).map { list[$0] } + [node])
        var pool = CandidatePool(
            base: rivals, capacity: links.capacity(level: level) * (links.capacity(level: level) + 1))
        for slot in 0..<kept {
            _ = pool.insert(Candidate(similarity: pairs.similarity(node, list[slot]), node: list[slot]))
        }
        for slot in 0..<degree where heirs[Int(old[slot])] == GraphLinks.none {
            let further = existing.links.list(of: old[slot], level: level)
            for place in 0..<existing.links.degree(of: old[slot], level: level) {
                let heir = heirs[Int(further[place])]
                if heir != GraphLinks.none, known.insert(heir).inserted {
                    _ = pool.insert(Candidate(similarity: pairs.similarity(node, heir), node: heir))
                }
            }
        }
        replaceList(of: node, level: level, by: pool)
    }
}
