package import AkinVectors
package import Foundation

/// The parameters of one layer, packed. H is the hidden size, I the intermediate size.
package struct BERTLayer<Layer: LinearLayer>: Sendable {
    let queryKeyValue: Layer  // H → 3 · H: the three projections of the attention stacked
    let attentionOutput: Layer  // H → H
    let attentionNormalization: LayerNormalization  // H
    let intermediate: Layer  // H → I
    let output: Layer  // I → H
    let outputNormalization: LayerNormalization  // H
}

/// A BERT network: token ids to the last hidden state of each token, its linear layers in the arithmetic of `Layer`;
/// normalisation and residuals are in single precision, attention too unless `Layer` rounds its inputs.
///
/// Every step works on one token or one sequence, with sums in a fixed order. So many sequences packed one below the
/// other give the same bits as each alone. Immutable apart from its pool of scratch memory.
package struct BERTNetwork<Layer: LinearLayer>: Sendable {
    package let configuration: BERTConfiguration
    let embeddings: BERTEmbeddings
    let relativeBias: RelativePositionBias?
    let layers: [BERTLayer<Layer>]
    let noBias: Matrix  // (1, H) zeros: the linear layers have added theirs already
    let workspaces: WorkspacePool<BERTWorkspace<Layer>>

    /// Receives every intermediate by the name of the module of Hugging Face's implementation that makes it, in the
    /// order of computation: `embeddings`, `encoder.layer.N.attention.self`, `.attention.output`, `.intermediate` and
    /// `.output`; shapes (tokens, size).
    package typealias Probe = (_ name: String, _ values: Matrix) -> Void

    /// Reads the network in a Hugging Face folder (`config.json` and the weights beside it).
    package init(folder: URL) throws {
        let configuration = try BERTConfiguration(file: folder.appending(path: "config.json"))
        let checkpoint = try SafetensorsCheckpoint(folder: folder)
        self.init(try BERTWeights(checkpoint, configuration: configuration), configuration)
    }

    /// Packs a network's weights.
    init(_ weights: BERTWeights, _ configuration: BERTConfiguration) {
        self.init(
            weights.embeddings, relativeBias: weights.relativeBias, weights.layers.map(BERTLayer.init), configuration)
    }

    init(
        _ embeddings: BERTEmbeddings, relativeBias: RelativePositionBias?, _ layers: [BERTLayer<Layer>],
        _ configuration: BERTConfiguration
    ) {
        self.configuration = configuration
        self.embeddings = embeddings
        self.relativeBias = relativeBias
        self.layers = layers
        noBias = Matrix(rows: 1, columns: configuration.hiddenSize)
        workspaces = WorkspacePool { BERTWorkspace(capacity: $0, configuration: configuration) }
    }

    /// The last hidden state of each token. Shape: (tokens, hidden size). Throws as `forward` does.
    package func hiddenStates(_ ids: [Int32], probe: Probe? = nil) throws -> Matrix {
        var work = BERTWorkspace<Layer>(
            capacity: max(ids.count, 1), blockSize: max(ids.count, 1), configuration: configuration)
        _ = try forward([TokenSequence(ids)], in: &work, probe: probe)
        return work.hidden.firstRows(ids.count)
    }
}

extension BERTLayer {
    /// Packs a layer's weights.
    init(_ weights: BERTLayerWeights) {
        queryKeyValue = Layer(weights.queryKeyValue)
        attentionOutput = Layer(weights.attentionOutput)
        attentionNormalization = weights.attentionNormalization
        intermediate = Layer(weights.intermediate)
        output = Layer(weights.output)
        outputNormalization = weights.outputNormalization
    }
}
