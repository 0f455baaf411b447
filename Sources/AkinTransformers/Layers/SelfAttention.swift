package import AkinVectors
import CAkinKernels

/// softmax(Q·Kᵀ / √d + B)·V for each head (Vaswani et al., "Attention Is All You Need", 2017, section 3.2), over one
/// sequence: of all tokens, or of those within a window around each.
///
/// Each sum runs in a fixed order: a sequence's result does not depend on the place of its rows or on the rows beside
/// them.
@safe package struct SelfAttention: Sendable {
    // Safe: `apply` checks the shapes before the kernel reads or writes.
    package let heads: Int
    package let headSize: Int
    private let window: Int
    private let bias: RelativePositionBias?
    private let kernel:
        @convention(c) (
            UnsafePointer<Float>, Int, Int, Int, Int, UnsafePointer<Float>?, Int, UnsafeMutablePointer<Float>,
            UnsafeMutablePointer<Float>
        ) -> Void

    /// - Parameters:
    ///   - window: The farthest distance of a token that a token attends to; nil for any.
    ///   - bias: B, for as many heads; nil for none.
    ///   - isRounded: Whether the factors may be rounded to bfloat16, where the processor multiplies that faster.
    package init(
        heads: Int, headSize: Int, window: Int? = nil, bias: RelativePositionBias? = nil, isRounded: Bool
    ) {
        precondition((bias.map { $0.values.rows == heads } ?? true) && (window ?? 0) >= 0)
        self.window = window ?? Int.max
        self.heads = heads
        self.headSize = headSize
        self.bias = bias
        let single = unsafe NetworkKernels.active.table.attention_f32
        unsafe kernel = isRounded ? LinearKernels.active.table.attention_bf16 ?? single : single
    }

    /// The scratch that a sequence of up to `length` tokens needs, which grows by two numbers a token. Shape: (1, enough).
    package static func scratch(length: Int, headSize: Int) -> Matrix {
        Matrix(rows: 1, columns: akin_attention_scratch(length, headSize))
    }

    /// Writes the heads' results side by side into the given rows of `context`. Cost: 4 · length² · heads · headSize
    /// operations, or 4 · length · (2 · window + 1) · heads · headSize and some at the edges.
    ///
    /// Shapes: queriesKeysValues (any, 3 · heads · headSize), the queries of all heads first, then keys, then values;
    /// `rows` are those of the sequence there and in context (any, heads · headSize); scratch as
    /// `scratch(length:headSize:)` makes it for at least as many rows.
    package func apply(
        to queriesKeysValues: Matrix, rows: Range<Int>, scratch: inout Matrix, into context: inout Matrix
    ) {
        let width = heads * headSize
        precondition(queriesKeysValues.columns == 3 * width && context.columns == width && rows.lowerBound >= 0)
        precondition(rows.upperBound <= queriesKeysValues.rows && rows.upperBound <= context.rows)
        precondition(akin_attention_scratch(rows.count, headSize) <= scratch.rows * scratch.columns)
        guard let bias else { return unsafe run(queriesKeysValues, rows, bias: nil, reach: 0, &scratch, &context) }
        precondition(rows.count <= bias.reach)
        unsafe bias.values.withUnsafePointer {
            unsafe run(queriesKeysValues, rows, bias: $0, reach: bias.reach, &scratch, &context)
        }
    }

    private func run(
        _ queriesKeysValues: Matrix, _ rows: Range<Int>, bias: UnsafePointer<Float>?, reach: Int,
        _ scratch: inout Matrix, _ context: inout Matrix
    ) {
        let width = heads * headSize
        unsafe queriesKeysValues.withUnsafePointer { source in
            unsafe scratch.withUnsafeMutablePointer { scratch in
                unsafe context.withUnsafeMutablePointer { context in
                    unsafe kernel(
                        source + rows.lowerBound * 3 * width, rows.count, heads, headSize, window, bias, reach, scratch,
                        context + rows.lowerBound * width)
                }
            }
        }
    }
}
