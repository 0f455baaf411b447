import AkinVectors

extension HNSWIndex {
    /// Nodes whose admission is tried before a plan is chosen.
    private static let sampleSize = 256

    /// The `k` rows most similar to a query, approximately; `k` rows, or all admitted rows when there are fewer.
    ///
    /// A filter is tried on a sample first. When it admits so few rows that comparing all of them costs less than a walk that passes
    /// over the refused ones, they are compared: such answers, and those of indexes no larger than `ef`, are exact.
    package func search(_ query: [Float], k: Int, ef: Int?, isAllowed: ((Int64) -> Bool)?) -> SearchResult {
        guard canAnswer(query), k > 0, count > 0 else { return SearchResult(neighbors: [], distancesComputed: 0, plan: .scan) }
        let breadth = max(ef ?? parameters.efSearch, k)
        if breadth >= graph.nodeCount { return scan(query, k: k, isAllowed: isAllowed, after: nil) }
        let wanted = min(k, count)
        guard isAllowed != nil || graph.vacantCount > 0 else {
            let (found, distances) = walk(query, k: k, ef: breadth)
            if found.count == wanted { return SearchResult(neighbors: found, distancesComputed: distances, plan: .walk) }
            return scan(query, k: k, isAllowed: nil, after: distances)
        }

        let share = admittedShare(isAllowed)
        // In comparisons: a scan compares the admitted rows and asks the filter, at about half a comparison, for each row;
        // a walk meets M new nodes for each of ef admitted ones, and 1 / share as many to find those.
        let scanCost = Double(graph.nodeCount) * (0.5 + share)
        let walkCost = Double(breadth * parameters.connectivity) / share
        guard walkCost < scanCost else { return scan(query, k: k, isAllowed: isAllowed, after: nil) }
        let (found, distances) = filteredWalk(query, k: k, ef: breadth, budget: Int(2 * scanCost), isAllowed: isAllowed)
        if found.count == k { return SearchResult(neighbors: found, distancesComputed: distances, plan: .walk) }
        return scan(query, k: k, isAllowed: isAllowed, after: distances)
    }

    private func walk(_ query: [Float], k: Int, ef: Int) -> (neighbors: [Neighbor], distances: Int) {
        workspaces.withWorkspace { workspace in
            let (walk, start) = begin(query, workspace)
            let pool = walk.nearest(to: workspace.query.base, from: start, level: 0, ef: ef, workspace: workspace)
            return (collect(pool, k: k, isAllowed: nil), workspace.distances)
        }
    }

    private func filteredWalk(
        _ query: [Float], k: Int, ef: Int, budget: Int, isAllowed: ((Int64) -> Bool)?
    ) -> (neighbors: [Neighbor], distances: Int) {
        workspaces.withWorkspace { workspace in
            let (walk, start) = begin(query, workspace)
            let pool = walk.nearestAdmitted(
                to: workspace.query.base, from: start, ef: ef, budget: budget, workspace: workspace, admits: { admits($0, isAllowed) })
            return (pool.map { collect($0, k: k, isAllowed: isAllowed) } ?? [], workspace.distances)
        }
    }

    /// Copies the query into place and descends to level 0.
    private func begin(_ query: [Float], _ workspace: SearchWorkspace) -> (walk: GraphWalk, start: Candidate) {
        let target = workspace.query.base
        query.withUnsafeBufferPointer { if let source = $0.baseAddress { target.update(from: source, count: dimension) } }
        let measure = graph.measure
        let walk = GraphWalk(links: graph.links, measure: measure, locks: .unneeded)
        let entry = Candidate(similarity: measure.similarity(target, graph.entryPoint), node: graph.entryPoint)
        workspace.distances += 1
        return (walk, walk.descend(towards: target, from: entry, level: graph.highestLevel, floor: 1, workspace: workspace))
    }

    private func admits(_ node: UInt32, _ isAllowed: ((Int64) -> Bool)?) -> Bool {
        let members = graph.members(of: node)
        guard let isAllowed else { return !members.isEmpty }
        return members.contains { isAllowed(graph.ids[$0]) }
    }

    /// The share of the nodes that a filter admits, from an evenly spaced sample.
    private func admittedShare(_ isAllowed: ((Int64) -> Bool)?) -> Double {
        guard let isAllowed else { return Double(graph.nodeCount - graph.vacantCount) / Double(graph.nodeCount) }
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
    /// - Parameter walked: Comparisons of the walk that came before, nil without one.
    private func scan(_ query: [Float], k: Int, isAllowed: ((Int64) -> Bool)?, after walked: Int?) -> SearchResult {
        let measure = graph.measure
        var best = TopSelection(capacity: k)
        var compared = 0
        for node in 0..<UInt32(graph.nodeCount) where admits(node, isAllowed) {
            let similarity = measure.similarity(query, node)
            compared += 1
            for member in graph.members(of: node) where isAllowed?(graph.ids[member]) ?? true {
                best.offer(id: Int(graph.ids[member]), score: similarity)
            }
        }
        return SearchResult(
            neighbors: best.neighbors(), distancesComputed: compared + (walked ?? 0), plan: walked == nil ? .scan : .walkThenScan)
    }
}
