import AkinCore
import AkinVectors

extension HNSWGraph {
    /// The graph in a mapped snapshot, whose section lengths have been checked.
    convenience init(_ fields: SnapshotFields, in file: MappedFile) {
        func section<Element>(_ section: Snapshot.Section, _ type: Element.Type) -> UnsafePointer<Element> {
            // Safe: the extents lie inside the file and begin at multiples of 64.
            (file.base + fields.extents[section.rawValue].offset).assumingMemoryBound(to: type)
        }
        let links = GraphLinks(
            connectivity: fields.header.parameters.connectivity, levels: section(.levels, UInt8.self),
            base: section(.baseLinks, UInt32.self), upperStarts: section(.upperStarts, UInt32.self),
            upper: section(.upperLinks, UInt32.self))
        let header = fields.header
        let rows = RowTable(
            base: UnsafeRawPointer(section(.rows, UInt8.self)), scales: section(.rowScales, Float.self),
            dimension: header.dimension,
            format: header.rowFormat)
        let basis =
            fields.coordinates == 0
            ? nil
            : CodeBasis(
                dimension: header.dimension, coordinates: fields.coordinates, center: section(.codeCenter, Float.self),
                directions: section(.codeDirections, Float.self), steps: section(.codeSteps, Float.self), owners: [file]
            )
        let codes = basis.map {
            CodeTable(
                base: section(.codes, UInt8.self), bytesPerCode: $0.bytesPerCode,
                terms: header.metric == .l2 ? section(.codeTerms, Float.self) : nil)
        }
        self.init(
            nodeCount: fields.nodeCount, count: header.count, metric: header.metric, entryPoint: fields.entryPoint,
            links: links,
            memberStarts: section(.memberStarts, UInt32.self), ids: section(.ids, Int64.self), rows: rows, basis: basis,
            codes: codes,
            owners: [file])
    }

    /// What would make a search read outside the graph's memory; nil when nothing would. Cost: O(nodes × M).
    ///
    /// - Parameter upperRows: Rows of `upper` that exist.
    func boundsFault(upperRows: Int) -> String? {
        if memberStarts[0] != 0 || Int(memberStarts[nodeCount]) != count {
            return "its members do not add up to its ids"
        }
        var rows = 0
        for node in 0..<nodeCount {
            if memberStarts[node] > memberStarts[node + 1] {
                return "the members of node \(node) end before they begin"
            }
            let level = Int(links.levels[node])
            if level > highestLevel || level > GraphLinks.highestLevel {
                return "node \(node) stands on level \(level), above the entry point"
            }
            if Int(links.upperStarts[node]) != rows {
                return "the upper links of node \(node) are not where they belong"
            }
            rows += level
        }
        if rows != upperRows { return "it has \(upperRows) rows of upper links for \(rows) levels" }
        if !areLinksInBounds() { return "a link on level 0 leads nowhere" }
        for node in 0..<UInt32(nodeCount) where links.levels[Int(node)] > 0 {
            for level in 1...Int(links.levels[Int(node)]) {
                let list = links.list(of: node, level: level)
                for slot in 0..<links.capacity(level: level) where list[slot] != GraphLinks.none {
                    if Int(list[slot]) >= nodeCount || Int(links.levels[Int(list[slot])]) < level {
                        return "a link of node \(node) on level \(level) leads nowhere"
                    }
                }
            }
        }
        return nil
    }

    /// Whether every slot of level 0 names a node or nothing. Without branches, so that it runs at the speed of memory.
    private func areLinksInBounds() -> Bool {
        var outside: UInt32 = 0
        let limit = UInt32(nodeCount)
        for slot in 0..<nodeCount * links.capacity(level: 0) {
            let link = links.base[slot]
            outside |= (link >= limit ? 1 : 0) & (link != GraphLinks.none ? 1 : 0)
        }
        return outside == 0
    }
}
