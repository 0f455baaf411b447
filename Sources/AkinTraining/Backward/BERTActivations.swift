import AkinTransformers
import AkinVectors

/// What a layer's way forward leaves for its way back. T is the capacity in tokens, H the hidden size, I the
/// intermediate size.
struct BERTLayerActivations: Sendable {
    var input: Rows  // (T, H)
    let queryKeyValue: Rows  // (T, 3 · H)
    var context: Rows  // (T, H): the heads' results side by side
    let attentionNormalized: Rows  // (T, H): before gamma and beta
    let attentionInverses: Rows  // (T, 1): of the standard deviations
    let attentionResult: Rows  // (T, H)
    let inner: Rows  // (T, I): before the activation
    let outputNormalized: Rows  // (T, H)
    let outputInverses: Rows  // (T, 1)

    /// - Parameter read: the most rows that are computed after the attention.
    init(capacity: Int, read: Int, _ shape: BERTConfiguration) {
        let (hidden, inner) = (shape.hiddenSize, shape.intermediateSize)
        input = Rows(count: capacity, columns: hidden)
        queryKeyValue = Rows(count: capacity, columns: 3 * hidden)
        context = Rows(count: capacity, columns: hidden)
        attentionNormalized = Rows(count: read, columns: hidden)
        attentionInverses = Rows(count: read, columns: 1)
        attentionResult = Rows(count: read, columns: hidden)
        self.inner = Rows(count: read, columns: inner)
        outputNormalized = Rows(count: read, columns: hidden)
        outputInverses = Rows(count: read, columns: 1)
    }
}

/// The gradients of one layer's activations; the layers take turns with them.
struct BERTLayerGradients: Sendable {
    var result: Rows  // (T, H): of the layer's output, then of its input
    var attentionSum: Rows  // (T, H): of the sum before the attention's normalisation
    var context: Rows  // (T, H)
    let queryKeyValue: Rows  // (T, 3 · H)

    init(capacity: Int, _ shape: BERTConfiguration) {
        let hidden = shape.hiddenSize
        result = Rows(count: capacity, columns: hidden)
        attentionSum = Rows(count: capacity, columns: hidden)
        context = Rows(count: capacity, columns: hidden)
        queryKeyValue = Rows(count: capacity, columns: 3 * hidden)
    }
}

/// Scratch memory of one thread.
struct BERTScratch: Sendable {
    let projected: Rows  // (block, H)
    let inner: Rows  // (block, I): after the activation
    let outputGradient: Rows  // (block, H): of a linear layer's result, before dropout
    let innerGradient: Rows  // (block, I)
    let operand: AlignedBuffer<UInt32>  // the rounded rows of a block
    let attention: AlignedBuffer<Float>

    init(blockSize: Int, attentionCount: Int, _ shape: BERTConfiguration) {
        projected = Rows(count: blockSize, columns: shape.hiddenSize)
        inner = Rows(count: blockSize, columns: shape.intermediateSize)
        outputGradient = Rows(count: blockSize, columns: shape.hiddenSize)
        innerGradient = Rows(count: blockSize, columns: shape.intermediateSize)
        operand = AlignedBuffer(count: blockSize * max(shape.intermediateSize, 3 * shape.hiddenSize))
        attention = AlignedBuffer(count: attentionCount)
    }
}
