import AkinVectors

/// The parameters of one layer with weights in 8 bits. H is the hidden size, I the intermediate size.
struct QuantizedBERTLayer: Sendable {
    let attentionInputFactors: Matrix  // (1, H): what the state is multiplied by before it is quantised for the projections
    let queryKeyValue: QuantizedLinearLayer  // H → 3 · H
    let attentionOutput: QuantizedLinearLayer  // H → H
    let attentionNormalization: LayerNormalization  // H
    let feedForwardInputFactors: Matrix  // (1, H)
    let intermediate: QuantizedLinearLayer  // H → I
    let output: QuantizedLinearLayer  // I → H
    let outputNormalization: LayerNormalization  // H
}

/// A BERT network whose linear layers run in 8-bit integers; attention, normalisation and residuals stay in single precision.
///
/// Weights have a scale for each output, activations one for each token, found as they pass. Every step works on a token or a sequence
/// by itself with sums of fixed order: many sequences packed one below the other give the bits that each gives alone.
struct QuantizedBERTNetwork: Sendable {
    let configuration: BERTConfiguration
    let embeddings: BERTEmbeddings
    let layers: [QuantizedBERTLayer]
    let noBias: Matrix  // (1, H) zeros: the linear layers have added theirs already
    let workspaces: WorkspacePool<QuantizedBERTWorkspace>

    /// Quantises a network's weights. Cost: a few passes over them.
    init(_ weights: BERTWeights, configuration: BERTConfiguration) {
        self.configuration = configuration
        embeddings = weights.embeddings
        layers = weights.layers.indices.map { index in
            let layer = weights.layers[index]
            let before = index == 0 ? weights.embeddings.normalization : weights.layers[index - 1].outputNormalization
            let attention = ActivationSmoothing(from: before, into: layer.queryKeyValue)
            let feedForward = ActivationSmoothing(from: layer.attentionNormalization, into: layer.intermediate)
            return QuantizedBERTLayer(
                attentionInputFactors: attention.inputFactors,
                queryKeyValue: QuantizedLinearLayer(layer.queryKeyValue, factors: attention.weightFactors),
                attentionOutput: QuantizedLinearLayer(layer.attentionOutput),
                attentionNormalization: layer.attentionNormalization,
                feedForwardInputFactors: feedForward.inputFactors,
                intermediate: QuantizedLinearLayer(layer.intermediate, factors: feedForward.weightFactors),
                output: QuantizedLinearLayer(layer.output),
                outputNormalization: layer.outputNormalization)
        }
        noBias = Matrix(rows: 1, columns: configuration.hiddenSize)
        workspaces = WorkspacePool { QuantizedBERTWorkspace(capacity: $0, configuration: configuration) }
    }
}
