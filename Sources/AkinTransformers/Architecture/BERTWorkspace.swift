import AkinVectors

/// The scratch memory of one forward pass. T is the most tokens it holds, H the hidden size, I the intermediate size.
struct BERTWorkspace<Layer: LinearLayer>: Workspace {
    /// T
    let capacity: Int
    /// Tokens whose feed-forward step is done at a time, so that its wide intermediate stays in the second-level cache.
    let blockSize: Int
    /// Tokens whose queries, keys and values are computed at a time: all of a usual batch, a part of a long text.
    let projectedSize: Int
    var hidden: Matrix  // (T, H): the state of each token, from layer to layer
    var normalized: Matrix  // (T, H): the same as the layers read it, where that differs; else no rows
    var queryKeyValue: Matrix  // (T, 3 · H)
    var context: Matrix  // (T, H): the heads' results side by side
    var attentionScratch: Matrix
    var projected: Matrix  // (block, H): a step's result before it joins the residual
    var inner: Matrix  // (block, I), or 2 · I with gates
    var gated: Matrix  // (block, I): the same after its gates; without them no rows
    let states: Layer.Input  // (projected, H)
    let wideStates: Layer.Input  // (block, I)
    /// How the layers turn queries and keys.
    let rotary: [RotaryFrequencies: RotaryTable]
    private let readsNormalized: Bool
    /// Of each layer, while a calibration collects them.
    var magnitudes: [ActivationMagnitudes]?

    /// What the layers read: the states, or what was made of them.
    var read: Matrix { readsNormalized ? normalized : hidden }

    init(capacity: Int, blockSize: Int = 96, configuration: BERTConfiguration) {
        let (hiddenSize, innerSize) = (configuration.hiddenSize, configuration.intermediateSize)
        let longest = min(capacity, configuration.maximumPositions)
        self.capacity = capacity
        self.blockSize = blockSize
        projectedSize = max(blockSize, min(capacity, 512))
        hidden = Matrix(rows: capacity, columns: hiddenSize)
        readsNormalized = configuration.isPreNormalized
        normalized = Matrix(rows: readsNormalized ? capacity : 0, columns: hiddenSize)
        queryKeyValue = Matrix(rows: capacity, columns: 3 * hiddenSize)
        context = Matrix(rows: capacity, columns: hiddenSize)
        attentionScratch = SelfAttention.scratch(length: longest, headSize: configuration.headSize)
        projected = Matrix(rows: blockSize, columns: hiddenSize)
        inner = Matrix(rows: blockSize, columns: configuration.innerOutputs)
        gated = Matrix(rows: configuration.isGated ? blockSize : 0, columns: innerSize)
        states = Layer.Input(capacity: projectedSize, columns: hiddenSize)
        wideStates = Layer.Input(capacity: blockSize, columns: innerSize)
        let frequencies = Set(configuration.attentions.compactMap(\.rotary))
        rotary = Dictionary(uniqueKeysWithValues: frequencies.map { ($0, RotaryTable($0, places: longest)) })
    }

    /// Hands over what the layers read to a layer's magnitudes, while a calibration collects them.
    mutating func observe(
        _ layer: Int, rows: Range<Int>, _ body: (inout ActivationMagnitudes, Matrix, Range<Int>) -> Void
    ) {
        if var found = magnitudes?[layer] {
            body(&found, read, rows)
            magnitudes?[layer] = found
        }
    }
}
