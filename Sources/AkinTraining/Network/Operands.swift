import AkinVectors
import CAkinKernels

/// The arithmetic of a network's products, and the arrangement of their operands.
///
/// Operands are words of 32 bits: a float each, or a pair of bfloat16 where the processor multiplies those faster.
/// Strides and sizes of operands count words.
struct Operands: Sendable {
    let isRounded: Bool
    let kernels: TrainingKernels

    /// - Parameter rounds: Whether operands may be rounded to bfloat16; sums are in single precision either way.
    init(rounds: Bool, kernels: TrainingKernels = .active) {
        isRounded = unsafe rounds && kernels.table.product_bf16 != nil
        self.kernels = kernels
    }

    /// Attention over one head, as `akin_training_kernels` describes it.
    func attention(
        _ source: UnsafeMutablePointer<Float>, length: Int, width: Int, head: Int, headSize: Int,
        _ dropout: inout akin_dropout, scratch: UnsafeMutablePointer<Float>, into context: UnsafeMutablePointer<Float>
    ) {
        let rounded = unsafe isRounded ? kernels.table.attention_bf16 : nil
        unsafe (rounded ?? kernels.table.attention)(
            source, length, width, head, headSize, &dropout, scratch, context)
    }

    /// Its way back.
    func attentionBackward(
        _ source: UnsafeMutablePointer<Float>, _ context: UnsafeMutablePointer<Float>,
        _ contextGradient: UnsafeMutablePointer<Float>, length: Int, width: Int, head: Int, headSize: Int,
        _ dropout: inout akin_dropout, scratch: UnsafeMutablePointer<Float>,
        into sourceGradient: UnsafeMutablePointer<Float>
    ) {
        let rounded = unsafe isRounded ? kernels.table.attention_backward_bf16 : nil
        unsafe (rounded ?? kernels.table.attention_backward)(
            source, context, contextGradient, length, width, head, headSize, &dropout, scratch, sourceGradient)
    }

    /// The words of a row of `depth` elements.
    func words(_ depth: Int) -> Int { isRounded ? (depth + 1) / 2 : depth }

    /// The words of a right operand (depth, columns).
    func panelWords(_ depth: Int, _ columns: Int) -> Int { words(depth) * akin_padded(columns) }

    /// Rows as a left operand: rounded into `scratch`, or as they are.
    func left(
        _ x: UnsafeMutablePointer<Float>, rows: Int, columns: Int, scratch: UnsafeMutablePointer<UInt32>
    ) -> UnsafeMutablePointer<UInt32> {
        guard isRounded, let round = unsafe kernels.table.round_bf16 else {
            return unsafe UnsafeMutableRawPointer(x).assumingMemoryBound(to: UInt32.self)
        }
        unsafe round(x, rows, columns, columns, scratch, words(columns))
        return unsafe scratch
    }

    /// b (depth, columns) at `stride` as a right operand.
    ///
    /// - Parameter panelStride: the words from a panel to the next; nil where they have no gaps. With the words of a whole
    ///   operand's panel, b can be some of its rows, an even number of them but for the last.
    func right(
        _ b: UnsafeMutablePointer<Float>, depth: Int, columns: Int, stride: Int, panelStride: Int? = nil,
        into panels: UnsafeMutablePointer<UInt32>
    ) {
        let panelStride = panelStride ?? 32 * words(depth)
        if isRounded, let pack = unsafe kernels.table.pack_bf16 {
            unsafe pack(b, depth, columns, stride, panels, panelStride)
        } else {
            unsafe kernels.table.pack_f32(b, depth, columns, stride, floats(panels), panelStride)
        }
    }

    /// bᵀ as a right operand, b being (columns, depth) at `stride`.
    func rightTransposed(
        _ b: UnsafeMutablePointer<Float>, depth: Int, columns: Int, stride: Int,
        into panels: UnsafeMutablePointer<UInt32>
    ) {
        let panelStride = 32 * words(depth)
        if isRounded, let pack = unsafe kernels.table.pack_transposed_bf16 {
            unsafe pack(b, depth, columns, stride, panels, panelStride)
        } else {
            unsafe kernels.table.pack_transposed_f32(b, depth, columns, stride, floats(panels), panelStride)
        }
    }

    /// c += aᵀ·b. Shapes: panels of a (depth, rows) and b (depth, columns), c (rows, columns) at `stride`.
    func addTransposedProduct(
        _ a: UnsafeMutablePointer<UInt32>, rows: Int, _ panels: UnsafeMutablePointer<UInt32>, depth: Int, columns: Int,
        into c: UnsafeMutablePointer<Float>, stride: Int
    ) {
        if isRounded, let product = unsafe kernels.table.product_transposed_bf16 {
            unsafe product(a, rows, panels, depth, columns, c, stride)
        } else {
            unsafe kernels.table.product_transposed_f32(floats(a), rows, floats(panels), depth, columns, c, stride)
        }
    }

    /// c = a·b (+ bias) (+ c where `adds`). Shapes: a (rows, words(depth)), panels of b (depth, columns), c (rows,
    /// columns) at `stride`.
    func multiply(
        _ a: UnsafeMutablePointer<UInt32>, rows: Int, _ panels: UnsafeMutablePointer<UInt32>, depth: Int, columns: Int,
        bias: UnsafeMutablePointer<Float>? = nil, adds: Bool = false, into c: UnsafeMutablePointer<Float>, stride: Int
    ) {
        if isRounded, let product = unsafe kernels.table.product_bf16 {
            unsafe product(a, rows, words(depth), panels, depth, columns, bias, adds, c, stride)
        } else {
            unsafe kernels.table.product_f32(
                floats(a), rows, depth, floats(panels), depth, columns, bias, adds, c, stride)
        }
    }

    private func floats(_ words: UnsafeMutablePointer<UInt32>) -> UnsafeMutablePointer<Float> {
        unsafe UnsafeMutableRawPointer(words).assumingMemoryBound(to: Float.self)
    }
}
