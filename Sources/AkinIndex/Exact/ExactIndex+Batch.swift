import AkinCore
package import AkinVectors

extension ExactIndex {
    /// Rows shortlisted beyond k, from whose last score it is judged whether rounding can have hidden a better row.
    private static let margin = 32
    // (queriesPerBlock, rowsPerBlock) products: 256 KB, which stays in the second-level cache.
    private static let queriesPerBlock = 64
    private static let rowsPerBlock = 1024

    /// The exact neighbours of many queries: ground truth for measuring recall.
    ///
    /// Each answer equals `search(_:k:)`'s bit for bit. Matrix products shortlist k + 32 rows a query, whose
    /// similarities are then computed as `search` does; where the products' rounding error could have hidden a row,
    /// that query is answered by `search` itself.
    ///
    /// - Parameter queries: (queries, dimension).
    /// - Complexity: queries × rows × dimension multiplications, at the speed of a matrix product.
    package func search(batch queries: Matrix, k: Int, threads: Int = 1) -> [[Neighbor]] {
        guard queries.columns == dimension, k > 0, count > 0 else { return Array(repeating: [], count: queries.rows) }
        let halfSquaredNorms = vectors.withUnsafePointer { base in
            (0..<count).map { VectorMath.dot(base + $0 * dimension, base + $0 * dimension, dimension) / 2 }
        }
        let blocks = (queries.rows + Self.queriesPerBlock - 1) / Self.queriesPerBlock
        let answers = AnswerSlots(count: blocks)
        Parallel.ranges(blocks, threads: threads) { range in
            for block in range {
                let first = block * Self.queriesPerBlock
                let rows = first..<min(first + Self.queriesPerBlock, queries.rows)
                answers.base[block] = self.answer(queries, rows, k: k, halfSquaredNorms: halfSquaredNorms)
            }
        }
        return (0..<blocks).flatMap { answers.base[$0] }
    }

    private func answer(_ queries: Matrix, _ range: Range<Int>, k: Int, halfSquaredNorms: [Float]) -> [[Neighbor]] {
        let products = AlignedBuffer<Float>(count: range.count * Self.rowsPerBlock)
        var shortlists = [TopSelection](repeating: TopSelection(capacity: k + Self.margin), count: range.count)
        vectors.withUnsafePointer { base in
            queries.withUnsafePointer { queryBase in
                for first in stride(from: 0, to: count, by: Self.rowsPerBlock) {
                    let rows = min(Self.rowsPerBlock, count - first)
                    MatrixProduct.multiplyTransposed(
                        queryBase + range.lowerBound * dimension, base + first * dimension, into: products.base,
                        m: range.count, n: rows, k: dimension)
                    for query in 0..<range.count {
                        for row in 0..<rows {
                            let product = products.base[query * rows + row]
                            let score = metric == .l2 ? product - halfSquaredNorms[first + row] : product
                            if score >= shortlists[query].threshold {
                                shortlists[query].offer(id: first + row, score: score)
                            }
                        }
                    }
                }
            }
        }
        let longest = (2 * (halfSquaredNorms.max() ?? 0)).squareRoot()
        return range.map {
            exactAnswer(queries.row($0), k: k, shortlist: shortlists[$0 - range.lowerBound].sorted(), longest: longest)
        }
    }

    /// Scores a shortlist, whose scores are products (less half the row's squared length under `l2`), as
    /// `search` does.
    private func exactAnswer(_ query: [Float], k: Int, shortlist: [TopSelection.Entry], longest: Float) -> [Neighbor] {
        guard canAnswer(query) else { return [] }
        let squaredLength = VectorMath.dot(query, query)
        var best = TopSelection(capacity: k)
        vectors.withUnsafePointer { base in
            let measure = RowMeasure(base: base, dimension: dimension, metric: metric)
            for entry in shortlist {
                best.offer(id: Int(ids[entry.id]), score: measure.similarity(query, UInt32(entry.id)))
            }
        }
        let neighbors = best.neighbors()
        if shortlist.count == count { return neighbors }
        // A sum of n products errs by at most n·u·Σ|aᵢbᵢ| (Higham, "Accuracy and Stability of Numerical Algorithms",
        // 2002, 3.1); twice that for the two sums compared, and doubled again to be safe.
        let lengths = squaredLength.squareRoot() + longest
        let error = 4 * Float(dimension + 2) * Float.ulpOfOne * lengths * lengths
        if let last = neighbors.last, let unseen = shortlist.last?.score {
            let bound = metric == .l2 ? 2 * unseen - squaredLength : unseen
            if last.similarity > bound + error { return neighbors }
        }
        return search(query, k: k).neighbors
    }
}

/// One slot for the answers of each block of queries, written by different threads.
private final class AnswerSlots: @unchecked Sendable {
    // Safe: each block's slot is written by the one thread that owns the block, and read after all threads have ended.
    let base: UnsafeMutablePointer<[[Neighbor]]>
    private let count: Int

    init(count: Int) {
        self.count = count
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: [], count: count)
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }
}
