import AkinVectors

extension HNSWIndex {
    /// Nodes whose admission is tried before a plan is chosen.
    private static let sampleSize = 256

    /// The `k` rows most similar to a query, approximately; `k` rows, or all admitted rows when there are fewer.
    ///
    /// A filter is tried on a sample first. When it admits so few rows that comparing all of them costs less than a
    /// walk that passes over the refused ones, they are compared: such answers, and those of indexes no larger than
    /// `ef`, are exact.
    package func search(_ query: [Float], k: Int, ef: Int?, isAllowed: ((Int64) -> Bool)?) -> SearchResult {
        guard canAnswer(query), k > 0, count > 0 else {
            return SearchResult(neighbors: [], distancesComputed: 0, plan: .scan)
        }
        let breadth = max(ef ?? parameters.efSearch, k)
        return workspaces.withWorkspace { workspace in
            query.withUnsafeBufferPointer { source in
                if let source = source.baseAddress { workspace.query.base.update(from: source, count: dimension) }
            }
            if breadth >= graph.nodeCount { return scan(k: k, isAllowed: isAllowed, isWalked: false, workspace) }
            let found: [Neighbor]
            let wanted: Int
            if let isAllowed {
                let share = admittedShare(isAllowed)
                // In comparisons: a scan compares the admitted rows and asks the filter, at about half a comparison,
                // for each row; a walk meets M new nodes for each of ef admitted ones, and 1 / share as many to find
                // those.
                let scanCost = Double(graph.nodeCount) * (0.5 + share)
                let walkCost = Double(breadth * parameters.connectivity) / share
                guard walkCost < scanCost else { return scan(k: k, isAllowed: isAllowed, isWalked: false, workspace) }
                found = filteredWalk(k: k, ef: breadth, budget: Int(2 * scanCost), isAllowed: isAllowed, workspace)
                wanted = k
            } else {
                found = walk(k: k, ef: breadth, workspace)
                wanted = min(k, count)
            }
            guard found.count == wanted else { return scan(k: k, isAllowed: isAllowed, isWalked: true, workspace) }
            return SearchResult(neighbors: found, distancesComputed: workspace.distances, plan: .walk)
        }
    }

    private func walk(k: Int, ef: Int, _ workspace: SearchWorkspace) -> [Neighbor] {
        let (walk, query, start) = begin(workspace)
        let pool = walk.nearest(to: query, from: start, level: 0, ef: ef, workspace: workspace)
        return collect(rescored(pool, k: k, workspace), k: k, isAllowed: nil)
    }

    private func filteredWalk(k: Int, ef: Int, budget: Int, isAllowed: (Int64) -> Bool, _ workspace: SearchWorkspace)
        -> [Neighbor]
    {
        let (walk, query, start) = begin(workspace)
        let pool = walk.nearestAdmitted(to: query, from: start, ef: ef, budget: budget, workspace: workspace) {
            admits($0, isAllowed)
        }
        guard let pool else { return [] }
        return withoutActuallyEscaping(isAllowed) { collect(rescored(pool, k: k, workspace), k: k, isAllowed: $0) }
    }

    /// Makes the walk's query and descends to level 0.
    private func begin(_ workspace: SearchWorkspace) -> (walk: GraphWalk, query: WalkQuery, start: Candidate) {
        let query = workspace.walkQuery(basis: graph.basis, metric: metric)
        let measure = WalkMeasure(rows: graph.measure, codes: graph.codes)
        let walk = GraphWalk(links: graph.links, measure: measure, locks: .unneeded)
        let entry = Candidate(similarity: measure.similarity(query, graph.entryPoint), node: graph.entryPoint)
        workspace.distances += 1
        return (
            walk, query,
            walk.descend(towards: query, from: entry, level: graph.highestLevel, floor: 1, workspace: workspace)
        )
    }

    /// How many of a walk's candidates are scored by their rows: codes put the true neighbours among the first, not in
    /// their order.
    private func rescoredCount(k: Int, found: Int) -> Int { min(found, max(2 * k, k + found / 3)) }

    /// The best candidates by codes, scored by their rows; those beyond are forgotten.
    private func rescored(_ pool: CandidatePool, k: Int, _ workspace: SearchWorkspace) -> CandidatePool {
        guard graph.codes != nil else { return pool }
        var pool = pool
        pool.truncate(to: rescoredCount(k: k, found: pool.count))
        let measure = graph.measure
        for index in 0..<pool.count { measure.prefetch(pool.base[index].node) }
        for index in 0..<pool.count {
            let node = pool.base[index].node
            pool.base[index] = Candidate(similarity: measure.similarity(workspace.query.base, node), node: node)
        }
        pool.sort()
        return pool
    }

    private func admits(_ node: UInt32, _ isAllowed: (Int64) -> Bool) -> Bool {
        graph.members(of: node).contains { isAllowed(graph.ids[$0]) }
    }

    /// The share of the nodes that a filter admits, from an evenly spaced sample.
    private func admittedShare(_ isAllowed: (Int64) -> Bool) -> Double {
        let tried = min(Self.sampleSize, graph.nodeCount)
        let admitted = (0..<tried).count { admits(UInt32($0 * graph.nodeCount / tried), isAllowed) }
        return Double(admitted) / Double(tried)
    }

    /// The ids of the best nodes, `k` of them when there are as many.
    private func collect(_ pool: CandidatePool, k: Int, isAllowed: ((Int64) -> Bool)?) -> [Neighbor] {
        var neighbors: [Neighbor] = []
        neighbors.reserveCapacity(k)
        for index in 0..<pool.count {
            let candidate = pool.base[index]
            if neighbors.count >= k, let last = neighbors.last, candidate.similarity < last.similarity { break }
            for member in graph.members(of: candidate.node) where isAllowed?(graph.ids[member]) ?? true {
                neighbors.append(Neighbor(id: graph.ids[member], similarity: candidate.similarity))
            }
        }
        neighbors.sort { $0.precedes($1) }
        return Array(neighbors.prefix(k))
    }

    /// Compares every admitted row.
    ///
    /// - Parameter isWalked: Whether a walk came before and found too little.
    private func scan(k: Int, isAllowed: ((Int64) -> Bool)?, isWalked: Bool, _ workspace: SearchWorkspace)
        -> SearchResult
    {
        let measure = graph.measure
        let query = workspace.query.base
        var best = TopSelection(capacity: k)
        for node in 0..<UInt32(graph.nodeCount) {
            if let isAllowed, !admits(node, isAllowed) { continue }
            let similarity = measure.similarity(query, node)
            workspace.distances += 1
            guard similarity >= best.threshold else { continue }
            for member in graph.members(of: node) where isAllowed?(graph.ids[member]) ?? true {
                best.offer(id: Int(graph.ids[member]), score: similarity)
            }
        }
        return SearchResult(
            neighbors: best.neighbors(), distancesComputed: workspace.distances, plan: isWalked ? .walkThenScan : .scan)
    }
}
