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
    private let activations: [BERTLayerActivations]
    /// The network's output, (tokens, H), after `forward`.
    package let hidden: Rows
    private let embeddingNormalized: Rows  // (T, H)
    private let embeddingInverses: Rows  // (T, 1)
    private let scratch: [BERTScratch]
    private let sums: PartialSums
    private let weightGradients: WeightGradients
    package let capacity: Int
    private let longest: Int

    /// The four linear layers of a layer.
    struct LayerPasses: Sendable {
        let queryKeyValue, attentionOutput, intermediate, output: LinearPass
        var all: [LinearPass] { [queryKeyValue, attentionOutput, intermediate, output] }
    }

    /// The gradient of the network's output: to be set, for all tokens of the batch, before `backward`.
    package var hiddenGradient: Rows { gradients.result }

    /// Sets the gradient of a batch's hidden states to zero.
    func clearHiddenGradient(_ batch: Batch) {
        unsafe hiddenGradient[0].update(repeating: 0, count: batch.tokens * shape.hiddenSize)
    }

    private var kernels: akin_training_kernels { operands.kernels.table }

    /// - Parameters:
    ///   - capacity: the most tokens of a batch.
    ///   - longest: the most tokens of one sequence.
    ///   - rounds: whether products may be made in bfloat16.
    package init(
        _ shape: BERTConfiguration, _ site: BERTParameterLayout, _ parameters: Parameters, capacity: Int, longest: Int,
        rounds: Bool, threads: Int, kernels: TrainingKernels = .active
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
        activations = site.layers.map { _ in BERTLayerActivations(capacity: capacity, shape) }
        hidden = Rows(count: capacity, columns: shape.hiddenSize)
        embeddingNormalized = Rows(count: capacity, columns: shape.hiddenSize)
        embeddingInverses = Rows(count: capacity, columns: 1)
        gradients = BERTLayerGradients(capacity: capacity, shape)
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

// MARK: - Forward

extension BERTPass {
    /// Which masks a pass uses: none in evaluation.
    struct Masks: Sendable {
        let hidden: Dropout
        let attention: Dropout

        /// Places of the masks: the embeddings, then three for each layer; attention's by sequence and head too.
        func embeddings() -> akin_dropout { hidden.mask(0) }
        func attentionOutput(_ layer: Int) -> akin_dropout { hidden.mask(UInt64(3 * layer + 1)) }
        func output(_ layer: Int) -> akin_dropout { hidden.mask(UInt64(3 * layer + 2)) }
        func probabilities(_ layer: Int, _ sequence: Int, _ head: Int) -> akin_dropout {
            attention.mask(UInt64(3 * layer + 3) << 40 | UInt64(sequence) << 12 | UInt64(head))
        }
    }

    /// Computes the last hidden states of a batch into `hidden`.
    ///
    /// Shapes: as `Batch` says; ids, segments and lengths must be ones that the network knows.
    package func forward(_ batch: Batch, hiddenDropout: Float, attentionDropout: Float, seed: UInt64) {
        let masks = Masks(
            hidden: Dropout(share: hiddenDropout, seed: seed), attention: Dropout(share: attentionDropout, seed: seed))
        let tokens = batch.tokens
        precondition(tokens <= capacity && batch.bounds.allSatisfy { $0.count <= longest })
        embed(batch, masks)
        for index in layers.indices {
            let next = index + 1 < layers.count ? activations[index + 1].input : hidden
            forwardLayer(index, batch, masks, into: next)
        }
    }

    /// hidden = drop(LN(words[id] + positions[place] + tokenTypes[segment]))
    private func embed(_ batch: Batch, _ masks: Masks) {
        let size = shape.hiddenSize
        let target = activations.first?.input ?? hidden
        let places = batch.bounds.flatMap { 0..<$0.count }
        let norm = site.normalization
        team.forEachRange(of: batch.tokens, size: Self.blockSize(batch.tokens)) { member, rows in
            let (kernels, sum, values) = unsafe (
                self.kernels, self.scratch[member].projected, self.parameters.values.base
            )
            var none = Dropout(share: 0, seed: 0).mask(0)
            var mask = masks.embeddings()
            for (place, row) in rows.enumerated() {
                let word = unsafe values + self.site.words.start + Int(batch.ids[row]) * size
                unsafe sum[place].update(from: word, count: size)
                unsafe kernels.add_scaled(values + self.site.positions.start + places[row] * size, size, 1, sum[place])
                let segment = unsafe values + self.site.tokenTypes.start + Int(batch.segments[row]) * size
                unsafe kernels.add_scaled(segment, size, 1, sum[place])
            }
            let first = rows.lowerBound
            unsafe kernels.drop_add_norm(
                nil, sum[0], &none, 0, values + norm.gamma, values + norm.beta, rows.count, size,
                self.shape.layerNormEpsilon, self.embeddingNormalized[first], self.embeddingInverses[first],
                target[first])
            if mask.threshold > 0 {
                unsafe kernels.drop(
                    target[first], rows.count * size, &mask, UInt32(truncatingIfNeeded: first * size), target[first])
            }
        }
    }

    private func forwardLayer(_ index: Int, _ batch: Batch, _ masks: Masks, into next: Rows) {
        let (passes, saved, size) = (layers[index], activations[index], shape.hiddenSize)
        let blockSize = Self.blockSize(batch.tokens)
        team.forEachRange(of: batch.tokens, size: blockSize) { member, rows in
            unsafe passes.queryKeyValue.forward(
                saved.input[rows.lowerBound], rows: rows.count, scratch: self.scratch[member].operand.base,
                into: saved.queryKeyValue[rows.lowerBound])
        }
        forEachHead(batch) { member, sequence, rows, head in
            var mask = masks.probabilities(index, sequence, head)
            unsafe self.kernels.attention(
                saved.queryKeyValue[rows.lowerBound], rows.count, size, head, self.shape.headSize, &mask,
                self.scratch[member].attention.base, saved.context[rows.lowerBound])
        }
        team.forEachRange(of: batch.tokens, size: blockSize) { member, rows in
            self.finishForward(index, rows, masks, self.scratch[member], into: next)
        }
    }

    /// What follows the attention and looks at each token by itself.
    private func finishForward(
        _ index: Int, _ rows: Range<Int>, _ masks: Masks, _ scratch: BERTScratch, into next: Rows
    ) {
        let (passes, saved, size) = (layers[index], activations[index], shape.hiddenSize)
        let (first, count, values) = unsafe (rows.lowerBound, rows.count, parameters.values.base)
        let (operand, start) = unsafe (scratch.operand.base, UInt32(truncatingIfNeeded: rows.lowerBound * size))
        let (attentionNorm, outputNorm) = (
            site.layers[index].attentionNormalization, site.layers[index].outputNormalization
        )
        var attentionMask = masks.attentionOutput(index), outputMask = masks.output(index)

        unsafe passes.attentionOutput.forward(
            saved.context[first], rows: count, scratch: operand, into: scratch.projected[0])
        unsafe kernels.drop_add_norm(
            saved.input[first], scratch.projected[0], &attentionMask, start, values + attentionNorm.gamma,
            values + attentionNorm.beta, count, size, shape.layerNormEpsilon, saved.attentionNormalized[first],
            saved.attentionInverses[first], saved.attentionResult[first])

        unsafe passes.intermediate.forward(
            saved.attentionResult[first], rows: count, scratch: operand, into: saved.inner[first])
        unsafe kernels.activate(
            saved.inner[first], count * shape.intermediateSize, shape.activation.code, scratch.inner[0])
        unsafe passes.output.forward(scratch.inner[0], rows: count, scratch: operand, into: scratch.projected[0])
        unsafe kernels.drop_add_norm(
            saved.attentionResult[first], scratch.projected[0], &outputMask, start, values + outputNorm.gamma,
            values + outputNorm.beta, count, size, shape.layerNormEpsilon, saved.outputNormalized[first],
            saved.outputInverses[first], next[first])
    }

    /// Calls `body` for each head of each sequence.
    private func forEachHead(
        _ batch: Batch, _ body: @Sendable (_ member: Int, _ sequence: Int, _ rows: Range<Int>, _ head: Int) -> Void
    ) {
        let heads = shape.headCount
        team.forEach(batch.bounds.count * heads) { member, piece in
            body(member, piece / heads, batch.bounds[piece / heads], piece % heads)
        }
    }
}

// MARK: - Backward

extension BERTPass {
    /// Adds the parameters' gradients, from `hiddenGradient`. The batch and the masks' shares and seed must be those of
    /// the last `forward`.
    ///
    /// - Parameter frozenLayers: How many of the first layers, and the embeddings with them, get no gradients.
    package func backward(
        _ batch: Batch, hiddenDropout: Float, attentionDropout: Float, seed: UInt64, frozenLayers: Int = 0
    ) {
        let masks = Masks(
            hidden: Dropout(share: hiddenDropout, seed: seed), attention: Dropout(share: attentionDropout, seed: seed))
        for index in layers.indices.reversed() where index >= frozenLayers { backwardLayer(index, batch, masks) }
        if frozenLayers == 0 { backwardEmbeddings(batch, masks) }
    }

    private func backwardLayer(_ index: Int, _ batch: Batch, _ masks: Masks) {
        let (passes, saved, size, flow) = (layers[index], activations[index], shape.hiddenSize, gradients)
        let blockSize = Self.blockSize(batch.tokens)
        let blocks = (batch.tokens + blockSize - 1) / blockSize
        sums.clear(blocks)
        team.forEachRange(of: batch.tokens, size: blockSize) { member, rows in
            unsafe self.beginBackward(index, rows, self.sums[rows.lowerBound / blockSize], masks, self.scratch[member])
        }
        forEachHead(batch) { member, sequence, rows, head in
            var mask = masks.probabilities(index, sequence, head)
            unsafe self.kernels.attention_backward(
                saved.queryKeyValue[rows.lowerBound], saved.context[rows.lowerBound], flow.context[rows.lowerBound],
                rows.count, size, head, self.shape.headSize, &mask, self.scratch[member].attention.base,
                flow.queryKeyValue[rows.lowerBound])
        }
        let projectionSums = 6 * size + shape.intermediateSize
        team.forEachRange(of: batch.tokens, size: blockSize) { member, rows in
            let first = rows.lowerBound
            unsafe self.kernels.add_column_sums(
                flow.queryKeyValue[first], rows.count, 3 * size, 3 * size, self.sums[first / blockSize] + projectionSums
            )
            unsafe flow.result[first].update(from: flow.attentionSum[first], count: rows.count * size)
            unsafe passes.queryKeyValue.backward(
                flow.queryKeyValue[first], rows: rows.count, adds: true, scratch: self.scratch[member].operand.base,
                into: flow.result[first])
        }
        weightGradients.add(
            [
                .init(site: passes.queryKeyValue.site, inputs: saved.input, outputGradients: flow.queryKeyValue),
                .init(site: passes.attentionOutput.site, inputs: saved.context, outputGradients: flow.attentionOutput),
                .init(site: passes.intermediate.site, inputs: saved.attentionResult, outputGradients: flow.inner),
                .init(site: passes.output.site, inputs: flow.activated, outputGradients: flow.output),
            ], rows: batch.tokens)
        addSums(of: index, blocks)
    }

    /// From the gradient of the layer's output to that of the attention's context, over a block of rows. `sums` gets, in
    /// this order, what is due to: gamma, beta and bias of the output, the intermediate bias, gamma, beta and bias of
    /// the attention's output, the projections' biases.
    private func beginBackward(
        _ index: Int, _ rows: Range<Int>, _ sums: UnsafeMutablePointer<Float>, _ masks: Masks, _ scratch: BERTScratch
    ) {
        let (passes, saved, size, inner) = (layers[index], activations[index], shape.hiddenSize, shape.intermediateSize)
        let (flow, first, count, values) = unsafe (gradients, rows.lowerBound, rows.count, parameters.values.base)
        let (operand, start) = unsafe (scratch.operand.base, UInt32(truncatingIfNeeded: rows.lowerBound * size))
        let (attentionNorm, outputNorm) = (
            site.layers[index].attentionNormalization, site.layers[index].outputNormalization
        )
        var attentionMask = masks.attentionOutput(index), outputMask = masks.output(index)
        let sum = unsafe scratch.projected[0]  // of the residual and the feed-forward step, later of the layer's middle

        unsafe kernels.norm_backward(
            flow.result[first], saved.outputNormalized[first], saved.outputInverses[first], values + outputNorm.gamma,
            count, size, sum, sums, sums + size)
        unsafe kernels.drop(sum, count * size, &outputMask, start, flow.output[first])
        unsafe kernels.add_column_sums(flow.output[first], count, size, size, sums + 2 * size)
        unsafe passes.output.backward(flow.output[first], rows: count, scratch: operand, into: flow.inner[first])
        unsafe kernels.activate(saved.inner[first], count * inner, shape.activation.code, flow.activated[first])
        unsafe kernels.activate_backward(
            saved.inner[first], flow.inner[first], count * inner, shape.activation.code, flow.inner[first])
        unsafe kernels.add_column_sums(flow.inner[first], count, inner, inner, sums + 3 * size)
        unsafe passes.intermediate.backward(flow.inner[first], rows: count, adds: true, scratch: operand, into: sum)

        let rest = unsafe sums + 3 * size + inner
        unsafe kernels.norm_backward(
            sum, saved.attentionNormalized[first], saved.attentionInverses[first], values + attentionNorm.gamma, count,
            size, flow.attentionSum[first], rest, rest + size)
        unsafe kernels.drop(flow.attentionSum[first], count * size, &attentionMask, start, flow.attentionOutput[first])
        unsafe kernels.add_column_sums(flow.attentionOutput[first], count, size, size, rest + 2 * size)
        unsafe passes.attentionOutput.backward(
            flow.attentionOutput[first], rows: count, scratch: operand, into: flow.context[first])
    }

    private func addSums(of index: Int, _ blocks: Int) {
        let (layer, size, inner) = (site.layers[index], shape.hiddenSize, shape.intermediateSize)
        let targets = [
            (layer.outputNormalization.gamma, size), (layer.outputNormalization.beta, size), (layer.output.bias, size),
            (layer.intermediate.bias, inner), (layer.attentionNormalization.gamma, size),
            (layer.attentionNormalization.beta, size), (layer.attentionOutput.bias, size),
            (layer.queryKeyValue.bias, 3 * size),
        ]
        var offset = 0
        for (target, count) in targets {
            unsafe sums.add(
                blocks, from: offset, count: count, to: parameters.gradients.base + target, operands.kernels)
            offset += count
        }
    }

    private func backwardEmbeddings(_ batch: Batch, _ masks: Masks) {
        let size = shape.hiddenSize
        let (gradient, norm) = unsafe (parameters.gradients.base, site.normalization)
        let flow = gradients.result
        let blockSize = Self.blockSize(batch.tokens)
        let blocks = (batch.tokens + blockSize - 1) / blockSize
        sums.clear(blocks)
        team.forEachRange(of: batch.tokens, size: blockSize) { _, rows in
            var mask = masks.embeddings()
            let (first, count, sums) = unsafe (rows.lowerBound, rows.count, self.sums[rows.lowerBound / blockSize])
            unsafe self.kernels.drop(
                flow[first], count * size, &mask, UInt32(truncatingIfNeeded: first * size), flow[first])
            unsafe self.kernels.norm_backward(
                flow[first], self.embeddingNormalized[first], self.embeddingInverses[first],
                self.parameters.values.base + norm.gamma, count, size, flow[first], sums, sums + size)
        }
        unsafe sums.add(blocks, from: 0, count: size, to: gradient + norm.gamma, operands.kernels)
        unsafe sums.add(blocks, from: size, count: size, to: gradient + norm.beta, operands.kernels)
        // Tokens share rows of the tables: a thread takes some columns of all.
        let places = batch.bounds.flatMap { 0..<$0.count }
        team.forEachRange(of: size, size: 64) { _, columns in
            let (first, count, gradient) = unsafe (columns.lowerBound, columns.count, self.parameters.gradients.base)
            for row in 0..<batch.tokens {
                let source = unsafe flow[row] + first
                let word = self.site.words.start + Int(batch.ids[row]) * size
                let place = self.site.positions.start + places[row] * size
                let segment = self.site.tokenTypes.start + Int(batch.segments[row]) * size
                for target in [word, place, segment] {
                    unsafe self.kernels.add_scaled(source, count, 1, gradient + target + first)
                }
            }
        }
    }
}
