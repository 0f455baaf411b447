import AkinVectors

extension HNSWBuilder {
    /// Makes every node reachable from the entry point on level 0.
    ///
    /// Choosing links can drop the last one to a node. A walk in breadth marks the links by which it first reached each
    /// node: these form a tree, and any other link can be given up without losing a node. Each unreached node gets a
    /// free or given-up slot of the nearest node that has one, that link joins the tree, and the walk goes on from
    /// there. One pass suffices: tree links are never given up, and nodes × 2M slots always leave one for nodes − 1
    /// tree links.
    ///
    /// - Complexity: O(nodes × M), and one search for each node that was not reached.
    func mend() {
        guard nodeCount > 0 else { return }
        var tree = ReachTree(nodeCount: nodeCount, links: links)
        tree.spread(from: entryPoint)
        guard tree.reachedCount < nodeCount else { return }
        workspaces().withWorkspace { workspace in
            for node in 0..<UInt32(nodeCount) where !tree.isReached(node) {
                let (source, slot) = place(for: node, tree: &tree, workspace: workspace)
                mutableList(of: source, level: 0)[slot] = node
                tree.spread(from: node, parent: source)
            }
        }
    }

    /// A reached node near `node`, and a slot of its list that is free or not part of the tree.
    private func place(for node: UInt32, tree: inout ReachTree, workspace: SearchWorkspace) -> (
        source: UInt32, slot: Int
    ) {
        let measure = measure
        let walk = GraphWalk(links: links, measure: measure, locks: .unneeded)
        let query = query(for: node, workspace: workspace)
        // Only what a walk from the entry point meets counts as reached; the upper levels could lead elsewhere.
        let start = Candidate(similarity: measure.similarity(query, entryPoint), node: entryPoint)
        let pool = walk.nearest(to: query, from: start, level: 0, ef: parameters.efConstruction, workspace: workspace)
        for index in 0..<pool.count {
            if let slot = tree.spareSlot(of: pool.base[index].node) { return (pool.base[index].node, slot) }
        }
        return tree.nextSpareSlot()
    }
}

/// The nodes that a walk in breadth over level 0 has reached, and the link by which it reached each.
struct ReachTree {
    private let links: GraphLinks
    // (nodes) the node whose link reached this one; itself for a root, `none` while unreached.
    private var parents: [UInt32]
    // Reached nodes in the order of their links being followed.
    private var order: [UInt32] = []
    // No node of `order` before this one has a spare slot: a slot that is used never becomes free again.
    private var spent = 0

    var reachedCount: Int { order.count }

    init(nodeCount: Int, links: GraphLinks) {
        self.links = links
        parents = Array(repeating: GraphLinks.none, count: nodeCount)
    }

    func isReached(_ node: UInt32) -> Bool { parents[Int(node)] != GraphLinks.none }

    /// Reaches whatever can be reached from an unreached node.
    ///
    /// - Parameter parent: The node whose new link leads there, nil for the entry point.
    mutating func spread(from root: UInt32, parent: UInt32? = nil) {
        parents[Int(root)] = parent ?? root
        var next = order.count
        order.append(root)
        while next < order.count {
            let node = order[next]
            next += 1
            let list = links.list(of: node, level: 0)
            for slot in 0..<links.degree(of: node, level: 0) where !isReached(list[slot]) {
                parents[Int(list[slot])] = node
                order.append(list[slot])
            }
        }
    }

    /// A free slot of a node's list, or else the last whose link is not in the tree.
    func spareSlot(of node: UInt32) -> Int? {
        let degree = links.degree(of: node, level: 0)
        if degree < links.capacity(level: 0) { return degree }
        let list = links.list(of: node, level: 0)
        return (0..<degree).last { parents[Int(list[$0])] != node }
    }

    /// The first reached node that has a spare slot, and the slot. Cost: O(M) over the life of the tree for each node.
    mutating func nextSpareSlot() -> (source: UInt32, slot: Int) {
        while spent < order.count {
            if let slot = spareSlot(of: order[spent]) { return (order[spent], slot) }
            spent += 1
        }
        preconditionFailure("fewer tree links than slots leave a slot")
    }
}
