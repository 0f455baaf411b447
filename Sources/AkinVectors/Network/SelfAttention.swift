import CAkinKernels

/// softmax(Q·Kᵀ / √d)·V for each head (Vaswani et al., "Attention Is All You Need", 2017, section 3.2), over one sequence, without a mask.
package struct SelfAttention: Sendable {
    package let heads: Int
    package let headSize: Int

    package init(heads: Int, headSize: Int) {
        self.heads = heads
        self.headSize = headSize
    }

    /// Writes the heads' results side by side into the first `length` rows of `context`. Cost: 4 · length² · heads · headSize operations.
    ///
    /// Shapes: queriesKeysValues (≥ length, 3 · heads · headSize), the queries of all heads first, then keys, then values;
    /// scores at least length² elements of scratch, of which the last head's probabilities remain; context (≥ length, heads · headSize).
    package func apply(to queriesKeysValues: Matrix, length: Int, scores: inout Matrix, into context: inout Matrix) {
        let width = heads * headSize
        precondition(queriesKeysValues.columns == 3 * width && context.columns == width)
        precondition(length <= queriesKeysValues.rows && length <= context.rows && length * length <= scores.rows * scores.columns)
        let scale = 1 / Float(headSize).squareRoot()
        queriesKeysValues.withUnsafePointer { source in
            scores.withUnsafeMutablePointer { scores in
                context.withUnsafeMutablePointer { context in
                    for head in 0..<heads {
                        let queries = source + head * headSize  // (length, headSize), rows 3 · width apart; keys and values likewise
                        let (keys, values) = (queries + width, queries + 2 * width)
                        MatrixProduct.multiplyTransposed(
                            queries, keys, into: scores, m: length, n: length, k: headSize,
                            strides: ProductStrides(a: 3 * width, b: 3 * width, c: length))
                        NetworkKernels.active.table.softmax_f32(scores, length, length, scale)
                        MatrixProduct.multiply(
                            scores, values, into: context + head * headSize, m: length, n: headSize, k: length,
                            strides: ProductStrides(a: length, b: 3 * width, c: width))
                    }
                }
            }
        }
    }
}
