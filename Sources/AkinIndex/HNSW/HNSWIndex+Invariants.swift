/// The shape of a graph.
package struct HNSWStatistics: Sendable, Hashable {
    /// Distinct vectors.
    package let nodes: Int
    /// Nodes that no walk over level 0 from the entry point reaches: 0 in a sound graph.
    package let unreachable: Int
    /// Nodes other than the entry point that no link on level 0 leads to: 0 in a sound graph.
    package let orphans: Int
    /// Nodes on each level, level 0 first.
    package let nodesPerLevel: [Int]
    /// Links of a node on level 0, on average.
    package let meanDegree: Double
}

extension HNSWIndex {
    /// Walks the whole graph and counts. Cost: O(nodes × M).
    package func statistics() -> HNSWStatistics {
        let (links, nodeCount) = (graph.links, graph.nodeCount)
        var tree = ReachTree(nodeCount: nodeCount, links: links)
        if nodeCount > 0 { tree.spread(from: graph.entryPoint) }
        var inDegrees = [Int](repeating: 0, count: nodeCount)
        var nodesPerLevel = [Int](repeating: 0, count: nodeCount == 0 ? 0 : graph.highestLevel + 1)
        var linkCount = 0
        for node in 0..<UInt32(nodeCount) {
            let (list, degree) = (links.list(of: node, level: 0), links.degree(of: node, level: 0))
            for slot in 0..<degree { inDegrees[Int(list[slot])] += 1 }
            linkCount += degree
            for level in 0...Int(links.levels[Int(node)]) { nodesPerLevel[level] += 1 }
        }
        let orphans = inDegrees.indices.count { inDegrees[$0] == 0 && $0 != Int(graph.entryPoint) }
        return HNSWStatistics(
            nodes: nodeCount, unreachable: nodeCount - tree.reachedCount, orphans: orphans,
            nodesPerLevel: nodesPerLevel,
            meanDegree: nodeCount == 0 ? 0 : Double(linkCount) / Double(nodeCount))
    }

    /// What is wrong with the graph, a sentence each; empty when it is sound. Cost: O(nodes × M).
    package func checkInvariants() -> [String] {
        let (links, nodeCount) = (graph.links, graph.nodeCount)
        var faults: [String] = []
        if nodeCount > 0, (0..<nodeCount).contains(where: { Int(links.levels[$0]) > graph.highestLevel }) {
            faults.append("A node stands higher than the entry point, on level \(graph.highestLevel).")
        }
        for node in 0..<UInt32(nodeCount) {
            for level in 0...Int(links.levels[Int(node)]) { faults += listFaults(node, level: level) }
        }
        var seen = Set<Int64>(minimumCapacity: count)
        for member in 0..<count where !seen.insert(graph.ids[member]).inserted {
            faults.append("The id \(graph.ids[member]) stands for two nodes.")
        }
        let shape = statistics()
        if shape.unreachable > 0 { faults.append("\(shape.unreachable) nodes cannot be reached from the entry point.") }
        if shape.orphans > 0 { faults.append("No link leads to \(shape.orphans) nodes.") }
        return faults
    }

    private func listFaults(_ node: UInt32, level: Int) -> [String] {
        let links = graph.links
        let (list, degree) = (links.list(of: node, level: level), links.degree(of: node, level: level))
        let targets = (0..<degree).map { list[$0] }
        var faults: [String] = []
        if targets.contains(node) { faults.append("Node \(node) links to itself on level \(level).") }
        if Set(targets).count < degree { faults.append("Node \(node) links twice to one node on level \(level).") }
        if targets.contains(where: { Int($0) >= graph.nodeCount || Int(links.levels[Int($0)]) < level }) {
            faults.append("Node \(node) links to a node that is not on level \(level).")
        }
        if (degree..<links.capacity(level: level)).contains(where: { list[$0] != GraphLinks.none }) {
            faults.append("Node \(node) has a link after an unused slot on level \(level).")
        }
        return faults
    }
}
