import AkinVectors

/// The parameters of one layer with weights in 8 bits. H is the hidden size, I the intermediate size.
struct QuantizedBERTLayer: Sendable {
    let attentionInputFactors: Matrix?  // (1, H): what the state is multiplied by before it is quantised for the projections
    let queryKeyValue: QuantizedLinearLayer  // H → 3 · H
    let attentionOutput: QuantizedLinearLayer  // H → H
    let attentionNormalization: LayerNormalization  // H
    let feedForwardInputFactors: Matrix?  // (1, H): the same for the feed-forward step
    let intermediate: QuantizedLinearLayer  // H → I
    let output: QuantizedLinearLayer  // I → H
    let outputNormalization: LayerNormalization  // H

    /// Quantises a layer's weights as they are.
    init(_ layer: BERTLayerWeights) {
        attentionInputFactors = nil
        queryKeyValue = QuantizedLinearLayer(layer.queryKeyValue)
        attentionOutput = QuantizedLinearLayer(layer.attentionOutput)
        attentionNormalization = layer.attentionNormalization
        feedForwardInputFactors = nil
        intermediate = QuantizedLinearLayer(layer.intermediate)
        output = QuantizedLinearLayer(layer.output)
        outputNormalization = layer.outputNormalization
    }

    /// Quantises a layer's weights again, smoothed by the magnitudes that its activations had in the layer quantised before.
    init(_ layer: BERTLayerWeights, smoothedBy magnitudes: ActivationMagnitudes, quantizedBefore: QuantizedBERTLayer) {
        let attention = ActivationSmoothing(magnitudes: magnitudes.attentionInput, into: layer.queryKeyValue)
        let context = ActivationSmoothing(magnitudes: magnitudes.context, into: layer.attentionOutput)
        let feedForward = ActivationSmoothing(magnitudes: magnitudes.feedForwardInput, into: layer.intermediate)
        attentionInputFactors = attention.inputFactors
        // A head's result is a mean of values: dividing the values divides it, at no cost.
        let valueFactors = Matrix.joined([.ones(count: 2 * layer.attentionOutput.inputs), context.inputFactors])
        queryKeyValue = QuantizedLinearLayer(layer.queryKeyValue, factors: attention.weightFactors, outputFactors: valueFactors)
        attentionOutput = QuantizedLinearLayer(layer.attentionOutput, factors: context.weightFactors)
        attentionNormalization = layer.attentionNormalization
        feedForwardInputFactors = feedForward.inputFactors
        intermediate = QuantizedLinearLayer(layer.intermediate, factors: feedForward.weightFactors)
        output = quantizedBefore.output
        outputNormalization = layer.outputNormalization
    }
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

    /// Quantises a network's weights: once as they are, to see on the texts of `CalibrationTexts` which activations are large, and once
    /// smoothed accordingly. Cost: a few passes over the weights and a pass of some 250 tokens through the network.
    init(_ weights: BERTWeights, configuration: BERTConfiguration, tokenize: (String) -> [Int32]) throws {
        let unsmoothed = QuantizedBERTNetwork(weights.embeddings, weights.layers.map(QuantizedBERTLayer.init), configuration)
        let magnitudes = try unsmoothed.magnitudes(over: CalibrationTexts.all.map(tokenize))
        let layers = weights.layers.indices.map {
            QuantizedBERTLayer(weights.layers[$0], smoothedBy: magnitudes[$0], quantizedBefore: unsmoothed.layers[$0])
        }
        self.init(weights.embeddings, layers, configuration)
    }

    init(_ embeddings: BERTEmbeddings, _ layers: [QuantizedBERTLayer], _ configuration: BERTConfiguration) {
        self.configuration = configuration
        self.embeddings = embeddings
        self.layers = layers
        noBias = Matrix(rows: 1, columns: configuration.hiddenSize)
        workspaces = WorkspacePool { QuantizedBERTWorkspace(capacity: $0, configuration: configuration) }
    }

    /// The largest activations of each layer over some sequences.
    private func magnitudes(over sequences: [[Int32]]) throws -> [ActivationMagnitudes] {
        var work = QuantizedBERTWorkspace(capacity: sequences.reduce(0) { $0 + $1.count }, configuration: configuration)
        let none = [ActivationMagnitudes](repeating: ActivationMagnitudes(configuration), count: layers.count)
        work.magnitudes = none
        _ = try forward(sequences, in: &work)
        return work.magnitudes ?? none
    }
}
