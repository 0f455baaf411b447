import AkinVectors
import Foundation

/// Moves places so that joined rows come together and others keep apart.
///
/// Stochastic gradient descent with negative sampling as in UMAP (McInnes, Healy and Melville, 2018, section 3.2) and LargeVis (Tang
/// et al., "Visualizing large-scale and high-dimensional data", 2016), with the low-dimensional similarity 1 / (1 + d²) of t-SNE:
/// an edge pulls with 2 / (1 + d²), each of a few rows drawn at random pushes with 2 / ((ε + d²)(1 + d²)). One thread: the order of
/// the steps is part of the result.
///
/// - Complexity: epochs × edges × (1 + negative samples) steps at most; light edges are visited less often.
struct GraphLayout {
    private static let negativeSamples = 5
    private static let largestStep: Float = 4
    /// The share of its distance to the origin that a place falls back in the first epoch; less later. Without it, groups that no
    /// edge joins to the rest would be pushed ever farther away.
    private static let gravity: Float = 0.006

    private let edges: [FuzzyEdge]
    private let epochs: Int

    init(edges: [FuzzyEdge], epochs: Int) {
        // An edge that would be visited less than once is left out.
        let heaviest = edges.map(\.weight).max() ?? 1
        self.edges = edges.filter { $0.weight * Float(epochs) >= heaviest }
        self.epochs = epochs
    }

    /// Moves the places; `x` and `y` are of the rows that the edges number.
    func optimize(x: inout [Float], y: inout [Float], generator: inout SeededGenerator) {
        let count = x.count
        guard count > 1, !edges.isEmpty else { return }
        let heaviest = edges.map(\.weight).max() ?? 1
        let periods = edges.map { heaviest / $0.weight }
        var due = periods
        for epoch in 0..<epochs {
            let rate = 1 - Float(epoch) / Float(epochs)
            let shrink = 1 - Self.gravity * rate
            for index in 0..<count {
                x[index] *= shrink
                y[index] *= shrink
            }
            for index in edges.indices where due[index] <= Float(epoch + 1) {
                due[index] += periods[index]
                let edge = edges[index]
                attract(Int(edge.from), Int(edge.to), &x, &y, rate: rate)
                // Both ends are pushed, so that rows that are only ever a neighbour keep their distance too.
                for end in [Int(edge.from), Int(edge.to)] {
                    for _ in 0..<Self.negativeSamples {
                        let other = generator.integer(below: count)
                        if other != end { repel(end, from: other, &x, &y, rate: rate) }
                    }
                }
            }
        }
    }

    @inline(__always)
    private func attract(_ a: Int, _ b: Int, _ x: inout [Float], _ y: inout [Float], rate: Float) {
        let (dx, dy) = (x[a] - x[b], y[a] - y[b])
        let force = -2 / (1 + dx * dx + dy * dy)
        let (stepX, stepY) = (Self.clipped(force * dx) * rate, Self.clipped(force * dy) * rate)
        x[a] += stepX
        y[a] += stepY
        x[b] -= stepX
        y[b] -= stepY
    }

    @inline(__always)
    private func repel(_ a: Int, from b: Int, _ x: inout [Float], _ y: inout [Float], rate: Float) {
        let (dx, dy) = (x[a] - x[b], y[a] - y[b])
        let squared = dx * dx + dy * dy
        let force = 2 / ((0.001 + squared) * (1 + squared))
        x[a] += Self.clipped(force * dx) * rate
        y[a] += Self.clipped(force * dy) * rate
    }

    @inline(__always)
    private static func clipped(_ value: Float) -> Float { min(largestStep, max(-largestStep, value)) }
}
