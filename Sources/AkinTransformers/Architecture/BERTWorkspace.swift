import AkinVectors

/// The scratch memory of one forward pass. T is the most tokens it holds, H the hidden size, I the intermediate size.
struct BERTWorkspace<Layer: LinearLayer>: Workspace {
    /// T
    let capacity: Int
    /// Tokens whose feed-forward step is done at a time, so that its wide intermediate stays in the second-level cache.
    let blockSize: Int
    var hidden: Matrix  // (T, H): the state of each token, from layer to layer
    var queryKeyValue: Matrix  // (T, 3 · H)
    var context: Matrix  // (T, H): the heads' results side by side
    var attentionScratch: Matrix
    var projected: Matrix  // (block, H): a step's result before it joins the residual
    var inner: Matrix  // (block, I)
    let states: Layer.Input  // (T, H)
    let wideStates: Layer.Input  // (block, I)
    /// Of each layer, while a calibration collects them.
    var magnitudes: [ActivationMagnitudes]?

    init(capacity: Int, blockSize: Int = 96, configuration: BERTConfiguration) {
        let (hiddenSize, innerSize) = (configuration.hiddenSize, configuration.intermediateSize)
        self.capacity = capacity
        self.blockSize = blockSize
        hidden = Matrix(rows: capacity, columns: hiddenSize)
        queryKeyValue = Matrix(rows: capacity, columns: 3 * hiddenSize)
        context = Matrix(rows: capacity, columns: hiddenSize)
        attentionScratch = SelfAttention.scratch(
            length: min(capacity, configuration.maximumPositions), headSize: configuration.headSize)
        projected = Matrix(rows: blockSize, columns: hiddenSize)
        inner = Matrix(rows: blockSize, columns: innerSize)
        states = Layer.Input(capacity: capacity, columns: hiddenSize)
        wideStates = Layer.Input(capacity: blockSize, columns: innerSize)
    }
}
