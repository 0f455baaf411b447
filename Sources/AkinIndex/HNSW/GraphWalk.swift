import AkinVectors
import CAkinKernels

/// Walks over the links of a graph towards a query (algorithms 2 and 5 of the paper). Pointers only.
struct GraphWalk {
    let links: GraphLinks
    let measure: WalkMeasure
    let locks: LinkLocks

    /// Nodes of the pool followed at once: the links of one are fetched while those of the other are compared.
    static let beam = 2

    /// Follows the nearest link, level by level, until no neighbour is nearer: from `level` down to `floor`, both
    /// walked.
    func descend(towards query: WalkQuery, from start: Candidate, level: Int, floor: Int, workspace: SearchWorkspace)
        -> Candidate
    {
        var nearest = start
        guard level >= floor else { return nearest }
        let (gathered, similarities) = (workspace.gathered.base, workspace.similarities.base)
        var distances = 0
        for level in stride(from: level, through: floor, by: -1) {
            var improved = true
            while improved {
                improved = false
                let found = copyLinks(of: nearest.node, level: level, into: gathered)
                measure.similarities(query, rows: gathered, count: found, into: similarities)
                distances &+= found
                for index in 0..<found {
                    let candidate = Candidate(similarity: similarities[index], node: gathered[index])
                    if candidate.similarity > nearest.similarity { (nearest, improved) = (candidate, true) }
                }
            }
        }
        workspace.distances += distances
        return nearest
    }

    /// The `ef` nearest nodes met when always following the nearest nodes not yet followed (SEARCH-LAYER), best first.
    func nearest(to query: WalkQuery, from start: Candidate, level: Int, ef: Int, workspace: SearchWorkspace)
        -> CandidatePool
    {
        let visited = workspace.freshMarks()
        let (gathered, similarities) = (workspace.gathered.base, workspace.similarities.base)
        var pool = workspace.pool(capacity: ef)
        var distances = 0
        _ = visited.insert(start.node)
        _ = pool.insert(start)
        var place = 0
        while true {
            while place < pool.count, pool.base[place].isExpanded { place &+= 1 }
            var found = 0
            var followed = 0
            var next = place
            while next < pool.count, followed < Self.beam {
                if !pool.base[next].isExpanded {
                    pool.base[next].setExpanded()
                    found = gatherUnvisited(
                        from: pool.base[next].node, level: level, visited: visited, into: gathered, after: found)
                    followed &+= 1
                }
                next &+= 1
            }
            if followed == 0 { break }
            measure.similarities(query, rows: gathered, count: found, into: similarities)
            distances &+= found
            for index in 0..<found {
                let candidate = Candidate(similarity: similarities[index], node: gathered[index])
                if pool.admits(candidate) { place = min(place, pool.insert(candidate)) }
            }
            prefetchLinks(ofNextIn: pool, from: place, level: level)
        }
        workspace.distances += distances
        return pool
    }

    /// The `ef` nearest admitted nodes: refused nodes are waypoints only. `admits` is called lazily, for nodes that
    /// would be kept.
    ///
    /// Gives up, returning nil, after comparing `budget` vectors.
    func nearestAdmitted(
        to query: WalkQuery, from start: Candidate, ef: Int, budget: Int, workspace: SearchWorkspace,
        admits: (UInt32) -> Bool
    ) -> CandidatePool? {
        let visited = workspace.freshMarks()
        let (gathered, similarities) = (workspace.gathered.base, workspace.similarities.base)
        var pool = workspace.pool(capacity: ef)
        var frontier = CandidateHeap()
        var distances = 0
        defer { workspace.distances += distances }
        _ = visited.insert(start.node)
        frontier.push(start)
        if admits(start.node) { _ = pool.insert(start) }
        while let candidate = frontier.pop(), pool.admits(candidate) {
            if distances > budget { return nil }
            let found = gatherUnvisited(from: candidate.node, level: 0, visited: visited, into: gathered, after: 0)
            measure.similarities(query, rows: gathered, count: found, into: similarities)
            distances &+= found
            for index in 0..<found {
                let neighbor = Candidate(similarity: similarities[index], node: gathered[index])
                guard pool.admits(neighbor) else { continue }
                frontier.push(neighbor)
                if admits(neighbor.node) { _ = pool.insert(neighbor) }
            }
        }
        return pool
    }

    /// Asks for the links of the nodes that are followed next, unless something nearer is found first.
    @inline(__always) private func prefetchLinks(ofNextIn pool: CandidatePool, from place: Int, level: Int) {
        var (next, asked) = (place, 0)
        while next < pool.count, asked < Self.beam {
            if !pool.base[next].isExpanded {
                akin_prefetch(links.list(of: pool.base[next].node, level: level), 4 &* links.capacity(level: level))
                asked &+= 1
            }
            next &+= 1
        }
    }

    /// Copies a node's list; returns its length.
    @inline(__always) private func copyLinks(of node: UInt32, level: Int, into gathered: UnsafeMutablePointer<UInt32>)
        -> Int
    {
        let (list, capacity) = (links.list(of: node, level: level), links.capacity(level: level))
        var found = 0
        locks.lock(node)
        while found < capacity, list[found] != GraphLinks.none {
            gathered[found] = list[found]
            found &+= 1
        }
        locks.unlock(node)
        return found
    }

    /// Adds the nodes of a list that were not visited before to the `found` gathered ones and marks them; returns how
    /// many are gathered.
    @inline(__always) private func gatherUnvisited(
        from node: UInt32, level: Int, visited: VisitedMarks, into gathered: UnsafeMutablePointer<UInt32>,
        after found: Int
    ) -> Int {
        let (list, capacity) = (links.list(of: node, level: level), links.capacity(level: level))
        var found = found
        locks.lock(node)
        for slot in 0..<capacity {
            let neighbor = list[slot]
            if neighbor == GraphLinks.none { break }
            // There is no branch on the mark, because no processor could predict it.
            gathered[found] = neighbor
            found &+= visited.insert(neighbor) ? 1 : 0
        }
        locks.unlock(node)
        return found
    }
}
