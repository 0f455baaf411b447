package import AkinCore
import AkinVectors

/// An approximate index: a graph whose links lead from any node to the neighbours of any query in few steps.
///
/// Hierarchical Navigable Small World graphs after Malkov and Yashunin, "Efficient and robust approximate nearest
/// neighbor search using Hierarchical Navigable Small World graphs" (IEEE TPAMI 42, 2020; arXiv 1603.09320, 2018), with
/// one node for identical vectors and every node reachable. Walks compare codes of four bits a coordinate (see
/// `CodeBasis`); what they find is scored by the rows.
///
/// ```swift
/// let index = try HNSWIndex.build(ids: ids, vectors: vectors, metric: .cosine)
/// let nearest = index.search(query, k: 10).neighbors
/// ```
///
/// An index never changes: additions and removals give a new one (`extended`). Where its rows keep less than the store
/// does (`keepsExactly`), final scores are for the caller to compute from the store's vectors.
package final class HNSWIndex: VectorIndex {
    package let parameters: HNSWParameters
    let graph: HNSWGraph
    let workspaces: WorkspacePool

    package var metric: DistanceMetric { graph.metric }
    package var dimension: Int { graph.dimension }
    package var count: Int { graph.count }
    /// How the rows are kept.
    package var rowFormat: RowFormat { graph.rows.format }
    /// Whether its rows are, to the last bit, the vectors of a store that keeps components of a type.
    package func keepsExactly(_ element: VectorElement) -> Bool {
        switch rowFormat {
        case .float32: true
        case .float16: element == .f16
        case .int8: false
        }
    }
    /// Whether walks compare codes.
    package var hasCodes: Bool { graph.codes != nil }

    init(graph: HNSWGraph, parameters: HNSWParameters) {
        self.graph = graph
        self.parameters = parameters
        workspaces = WorkspacePool(
            nodeCount: graph.nodeCount, connectivity: parameters.connectivity, dimension: graph.dimension,
            coordinates: graph.basis?.coordinates ?? 0)
    }
}
