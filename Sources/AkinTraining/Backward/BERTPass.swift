package import AkinTransformers
package import AkinVectors
import CAkinKernels

/// A BERT network's way forward and back over one batch (Devlin et al. 2019), with the derivatives of each step.
///
/// A batch's sequences stand one below the other without padding. The row-wise steps run over blocks of rows whose size
/// depends on the batch alone, attention over a sequence and head at a time: the same batch, seed and kernels give the
/// same bits at any number of threads.
///
/// Not for two batches at a time: `forward`, then `backward`, by one caller.
package final class BERTPass: Sendable {
    package let shape: BERTConfiguration
    let site: BERTParameterLayout
    let parameters: Parameters
    let operands: Operands
    let team: Team
    let layers: [LayerPasses]
    let gradients: BERTLayerGradients
    let activations: [BERTLayerActivations]
    /// The network's output, (tokens, H), after `forward`.
    package let hidden: Rows
    /// Where a head reads some rows alone.
    let read: BERTReadRows?
    let embeddingNormalized: Rows  // (T, H)
    let embeddingInverses: Rows  // (T, 1)
    let scratch: [BERTScratch]
    let sums: PartialSums
    let weightGradients: WeightGradients
    package let capacity: Int
    let longest: Int

    /// The four linear layers of a layer.
    struct LayerPasses: Sendable {
        let queryKeyValue, attentionOutput, intermediate, output: LinearPass
        var all: [LinearPass] { [queryKeyValue, attentionOutput, intermediate, output] }
    }

    /// The gradient of the network's output: to be set, for all tokens of the batch, before `backward`.
    package var hiddenGradient: Rows { gradients.result }

    /// Sets the gradient of a batch's hidden states to zero.
    func clearHiddenGradient(_ batch: Batch) {
        hiddenGradient.clear(batch.tokens)
    }

    var kernels: akin_training_kernels { operands.kernels.table }

    /// - Parameters:
    ///   - capacity: the most tokens of a batch.
    ///   - longest: the most tokens of one sequence.
    ///   - readCapacity: the most rows of a batch whose hidden states are read, when all batches say which; nil where
    ///     all rows are.
    ///   - rounds: whether products may be made in bfloat16.
    package init(
        _ shape: BERTConfiguration, _ site: BERTParameterLayout, _ parameters: Parameters, capacity: Int, longest: Int,
        readCapacity: Int? = nil, rounds: Bool, threads: Int, kernels: TrainingKernels = .active
    ) {
        (self.shape, self.site, self.parameters, self.capacity) = (shape, site, parameters, capacity)
        self.longest = min(longest, shape.maximumPositions)
        let operands = Operands(rounds: rounds, kernels: kernels)
        let team = Team(threads: threads)
        (self.operands, self.team) = (operands, team)
        layers = site.layers.map {
            LayerPasses(
                queryKeyValue: LinearPass($0.queryKeyValue, parameters, operands),
                attentionOutput: LinearPass($0.attentionOutput, parameters, operands),
                intermediate: LinearPass($0.intermediate, parameters, operands),
                output: LinearPass($0.output, parameters, operands))
        }
        activations = site.layers.indices.map {
            let isLast = $0 == site.layers.count - 1
            return BERTLayerActivations(capacity: capacity, read: isLast ? readCapacity ?? capacity : capacity, shape)
        }
        hidden = Rows(count: capacity, columns: shape.hiddenSize)
        embeddingNormalized = Rows(count: capacity, columns: shape.hiddenSize)
        embeddingInverses = Rows(count: capacity, columns: 1)
        let gradients = BERTLayerGradients(capacity: capacity, shape)
        self.gradients = gradients
        read =
            if let last = activations.last, let readCapacity {
                BERTReadRows(capacity: readCapacity, last, gradients, shape)
            } else { nil }
        let attention = akin_training_attention_scratch(self.longest, shape.headSize)
        scratch = (0..<team.threads).map { _ in
            BERTScratch(blockSize: Self.largestBlock, attentionCount: attention, shape)
        }
        let blocks = capacity / Self.smallestBlock + 1
        sums = PartialSums(
            blocks: min(blocks, max(17, capacity / Self.largestBlock + 1)),
            width: 9 * shape.hiddenSize + shape.intermediateSize)
        weightGradients = WeightGradients(
            parameters, operands, team, capacity: capacity,
            elements: site.layers.first.map {
                WeightGradients.elements([$0.queryKeyValue, $0.attentionOutput, $0.intermediate, $0.output])
            } ?? 0)
        packWeights()
    }

    static let smallestBlock = 24
    static let largestBlock = 96

    /// Rows of a block: a sixteenth of the batch, in whole tiles of the products, so that every thread has some.
    static func blockSize(_ tokens: Int) -> Int {
        min(largestBlock, max(smallestBlock, (tokens + 191) / 192 * 12))
    }

    /// Packs the weights as they are now. To be called after each change of them.
    package func packWeights() {
        let passes = layers.flatMap(\.all)
        let pieces = passes.flatMap { pass in (0..<pass.pieces).map { (pass, $0) } }
        team.forEach(pieces.count) { _, piece in pieces[piece].0.pack(pieces[piece].1) }
    }
}
