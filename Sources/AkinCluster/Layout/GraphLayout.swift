import AkinVectors
import Foundation

/// Moves places so that joined rows come together and others keep apart.
///
/// Stochastic gradient descent with negative sampling as in UMAP (McInnes, Healy and Melville, "UMAP: uniform manifold
/// approximation and projection", 2018, section 3.2), with the low-dimensional similarity 1 / (1 + a d²), whose b = 1
/// needs no powers: an edge pulls both its ends with 2 a d / (1 + a d²), each of five rows drawn at random pushes its
/// head with 2 d / ((ε + d²)(1 + a d²)). One thread: the order of the steps is part of the result.
///
/// - Complexity: epochs × 2 × edges × (1 + negative samples) steps at most; light edges are visited less often.
struct GraphLayout {
    private static let negativeSamples = 5
    private static let largestStep: Float = 4
    /// The a of the similarity: UMAP's for its usual least distance of 0.1.
    private static let steepness: Float = 1.577
    /// The share of its distance to the origin that a place falls back in the first epoch; less later. Without it,
    /// groups that no edge joins to the rest would be pushed ever farther away.
    private static let gravity: Float = 0.003

    private let epochs: Int
    /// The edges from row i to others, each edge in both directions, from `offsets[i]` on.
    private var offsets: [Int]
    private var tails: [Int32]
    /// Epochs from one visit of an edge to the next.
    private var periods: [Float]

    init(edges: [FuzzyEdge], count: Int, epochs: Int) {
        self.epochs = epochs
        // An edge that would be visited less than once is left out.
        let heaviest = edges.map(\.weight).max() ?? 1
        let edges = edges.filter { $0.weight * Float(epochs) >= heaviest }
        offsets = [Int](repeating: 0, count: count + 1)
        for edge in edges {
            offsets[Int(edge.from) + 1] += 1
            offsets[Int(edge.to) + 1] += 1
        }
        for row in 0..<count { offsets[row + 1] += offsets[row] }
        tails = [Int32](repeating: 0, count: 2 * edges.count)
        periods = [Float](repeating: 0, count: 2 * edges.count)
        var next = offsets
        for edge in edges {
            for (row, other) in [(Int(edge.from), edge.to), (Int(edge.to), edge.from)] {
                (tails[next[row]], periods[next[row]]) = (other, heaviest / edge.weight)
                next[row] += 1
            }
        }
    }

    /// The places after all epochs.
    func optimized(_ start: [SIMD2<Float>], generator: inout SeededGenerator) -> [SIMD2<Float>] {
        var places = start
        var due = periods
        unsafe places.withUnsafeMutableBufferPointer { places in
            unsafe due.withUnsafeMutableBufferPointer { due in
                unsafe tails.withUnsafeBufferPointer { tails in
                    for epoch in 0..<epochs { unsafe move(places, due, tails, epoch: epoch, generator: &generator) }
                }
            }
        }
        return places
    }

    private func move(
        _ places: UnsafeMutableBufferPointer<SIMD2<Float>>, _ due: UnsafeMutableBufferPointer<Float>,
        _ tails: UnsafeBufferPointer<Int32>,
        epoch: Int, generator: inout SeededGenerator
    ) {
        let count = places.count
        let rate = 1 - Float(epoch) / Float(epochs)
        let kept = 1 - Self.gravity * rate
        let now = Float(epoch + 1)
        for head in 0..<count {
            var place = unsafe places[head] * kept
            for index in offsets[head]..<offsets[head + 1] where unsafe due[index] <= now {
                unsafe due[index] += periods[index]
                let tail = unsafe Int(tails[index])
                let difference = unsafe place - places[tail]
                let pull = 2 * Self.steepness / (1 + Self.steepness * (difference * difference).sum())
                let step = Self.clipped(difference * pull) * rate
                place -= step
                unsafe places[tail] += step
                for _ in 0..<Self.negativeSamples {
                    let other = generator.integer(below: count)
                    if other == head { continue }
                    let difference = unsafe place - places[other]
                    let squared = (difference * difference).sum()
                    place +=
                        Self.clipped(difference * (2 / ((0.001 + squared) * (1 + Self.steepness * squared)))) * rate
                }
            }
            unsafe places[head] = place
        }
    }

    @inline(__always)
    private static func clipped(_ step: SIMD2<Float>) -> SIMD2<Float> {
        step.clamped(lowerBound: SIMD2(repeating: -largestStep), upperBound: SIMD2(repeating: largestStep))
    }
}
