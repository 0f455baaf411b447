import Foundation

/// The parameters of an HNSW graph, with the letters of the paper (Malkov and Yashunin, "Efficient and robust
/// approximate nearest neighbor search using Hierarchical Navigable Small World graphs", 2018).
package struct HNSWParameters: Sendable, Codable, Hashable {
    /// *M*: links a new node makes on each level, and the most it keeps above level 0; on level 0 it keeps up to 2M. 2
    /// ... 256.
    ///
    /// 16 in hnswlib, 32 in faiss. More links cost 8 bytes each a node and find more at the same `efSearch`.
    package var connectivity: Int

    /// *efConstruction*: how widely the neighbours of a new node are searched for; at least `connectivity`. 200 in
    /// hnswlib, 40 in faiss.
    package var efConstruction: Int

    /// *ef*: how widely a search looks when the query does not say.
    ///
    /// The default gives a recall@10 of .987 on 117,659 sentence embeddings of 384 dimensions.
    package var efSearch: Int

    /// Decides the levels of the nodes: with one thread, the same rows and the same seed give the same graph.
    package var seed: UInt64

    package init(connectivity: Int = 16, efConstruction: Int = 200, efSearch: Int = 192, seed: UInt64 = 1) {
        self.connectivity = connectivity
        self.efConstruction = efConstruction
        self.efSearch = efSearch
        self.seed = seed
    }

    static let connectivities = 2...256

    /// What is out of range, as a sentence; nil when nothing is.
    var fault: String? {
        if !Self.connectivities.contains(connectivity) { return "The connectivity is \(connectivity); use 2 to 256." }
        if !(connectivity...1_000_000).contains(efConstruction) {
            return
                "efConstruction is \(efConstruction); use at least the connectivity, \(connectivity), and at most 1000000."
        }
        if !(1...1_000_000).contains(efSearch) { return "efSearch is \(efSearch); use 1 to 1000000." }
        return nil
    }

    /// The level of a new node: ⌊−ln(u)/ln(M)⌋ (section 4.1), so that each level holds about 1/M of the one below.
    func level(uniform: Double) -> UInt8 {
        let level = -log(1 - uniform) / log(Double(connectivity))
        return UInt8(min(level, Double(GraphLinks.highestLevel)))
    }
}
