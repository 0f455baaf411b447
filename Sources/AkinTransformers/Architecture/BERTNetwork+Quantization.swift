import AkinVectors

extension BERTNetwork<QuantizedLinearLayer> {
    /// Quantises a network's weights: once as they are, to see on the texts of `CalibrationTexts` which activations are
    /// large, and once smoothed accordingly. Cost: a few passes over the weights and a pass of some 250 tokens through
    /// the network.
    init(_ weights: BERTWeights, _ configuration: BERTConfiguration, tokenize: (String) -> [Int32]) throws {
        let unsmoothed = BERTNetwork(weights, configuration)
        let magnitudes = try unsmoothed.magnitudes(over: CalibrationTexts.all.map(tokenize))
        let layers = weights.layers.indices.map {
            BERTLayer(weights.layers[$0], smoothedBy: magnitudes[$0], quantizedBefore: unsmoothed.layers[$0])
        }
        self.init(weights.embeddings, relativeBias: weights.relativeBias, layers, configuration)
    }

    /// The largest activations of each layer over some sequences.
    private func magnitudes(over sequences: [[Int32]]) throws -> [ActivationMagnitudes] {
        var work = BERTWorkspace<QuantizedLinearLayer>(
            capacity: sequences.reduce(0) { $0 + $1.count }, configuration: configuration)
        let none = [ActivationMagnitudes](repeating: ActivationMagnitudes(configuration), count: layers.count)
        work.magnitudes = none
        _ = try forward(sequences.map { TokenSequence($0) }, in: &work)
        return work.magnitudes ?? none
    }
}

extension BERTLayer<QuantizedLinearLayer> {
    /// Quantises a layer's weights again, smoothed by the magnitudes that its activations had in the layer quantised
    /// before.
    init(_ weights: BERTLayerWeights, smoothedBy magnitudes: ActivationMagnitudes, quantizedBefore: BERTLayer) {
        let attention = ActivationSmoothing(magnitudes: magnitudes.attentionInput, into: weights.queryKeyValue)
        let context = ActivationSmoothing(magnitudes: magnitudes.context, into: weights.attentionOutput)
        let feedForward = ActivationSmoothing(magnitudes: magnitudes.feedForwardInput, into: weights.intermediate)
        // A head's result is a mean of values: dividing the values divides it, at no cost.
        let valueFactors = Matrix.joined([.ones(count: 2 * weights.attentionOutput.inputs), context.inputFactors])
        queryKeyValue = QuantizedLinearLayer(
            weights.queryKeyValue, inputFactors: attention.inputFactors, weightFactors: attention.weightFactors,
            outputFactors: valueFactors)
        attentionOutput = QuantizedLinearLayer(
            weights.attentionOutput, inputFactors: nil, weightFactors: context.weightFactors)
        attentionNormalization = weights.attentionNormalization
        intermediate = QuantizedLinearLayer(
            weights.intermediate, inputFactors: feedForward.inputFactors, weightFactors: feedForward.weightFactors)
        output = quantizedBefore.output
        outputNormalization = weights.outputNormalization
    }
}
