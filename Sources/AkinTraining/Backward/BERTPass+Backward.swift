import AkinTransformers
import AkinVectors
import CAkinKernels

extension BERTPass {
    /// Adds the parameters' gradients, from `hiddenGradient`. The batch and the masks' shares and seed must be those of
    /// the last `forward`.
    ///
    /// - Parameter frozenLayers: How many of the first layers, and the embeddings with them, get no gradients.
    package func backward(
        _ batch: Batch, hiddenDropout: Float, attentionDropout: Float, seed: UInt64, frozenLayers: Int = 0
    ) {
        let masks = Masks(
            hidden: Dropout(share: hiddenDropout, seed: seed), attention: Dropout(share: attentionDropout, seed: seed),
            part: batch.part)
        for index in layers.indices.reversed() where index >= frozenLayers { backwardLayer(index, batch, masks) }
        if frozenLayers == 0 { backwardEmbeddings(batch, masks) }
    }

    private func backwardLayer(_ index: Int, _ batch: Batch, _ masks: Masks) {
        let (passes, saved, size, flow) = (layers[index], activations[index], shape.hiddenSize, gradients)
        let blockSize = Self.blockSize(batch.tokens)
        let blocks = (batch.tokens + blockSize - 1) / blockSize
        sums.clear(blocks)
        let computed = index == layers.count - 1 && read != nil ? readRows(batch).count : batch.tokens
        let jobs = weightGradients.jobs([
            (passes.queryKeyValue.site, batch.tokens), (passes.attentionOutput.site, computed),
            (passes.intermediate.site, computed), (passes.output.site, computed),
        ])
        beginBackward(index, batch, masks, jobs)
        forEachHead(batch) { member, sequence, rows, head in
            var mask = masks.probabilities(index, sequence, head)
            unsafe self.operands.attentionBackward(
                saved.queryKeyValue[rows.lowerBound], saved.context[rows.lowerBound], flow.context[rows.lowerBound],
                length: rows.count, width: size, head: head, headSize: self.shape.headSize, &mask,
                scratch: self.scratch[member].attention.base, into: flow.queryKeyValue[rows.lowerBound])
        }
        let projectionSums = 6 * size + shape.intermediateSize
        team.forEachRange(of: batch.tokens, size: blockSize) { member, rows in
            let first = rows.lowerBound
            unsafe self.kernels.add_column_sums(
                flow.queryKeyValue[first], rows.count, 3 * size, 3 * size, self.sums[first / blockSize] + projectionSums
            )
            unsafe self.weightGradients.pack(
                0, of: jobs, rows, inputs: saved.input[first], outputGradients: flow.queryKeyValue[first])
            unsafe flow.result[first].update(from: flow.attentionSum[first], count: rows.count * size)
            unsafe passes.queryKeyValue.backward(
                flow.queryKeyValue[first], rows: rows.count, adds: true, scratch: self.scratch[member].operand.base,
                into: flow.result[first])
        }
        weightGradients.add(jobs)
        addSums(of: index, blocks)
    }

    /// From the gradient of a layer's output to that of the attention's context, for the rows that are computed there.
    private func beginBackward(_ index: Int, _ batch: Batch, _ masks: Masks, _ jobs: WeightGradients.Jobs) {
        func begin(_ saved: BERTLayerActivations, _ flow: BERTLayerGradients, _ masks: Masks, _ count: Int) {
            let blockSize = Self.blockSize(count)
            team.forEachRange(of: count, size: blockSize) { member, rows in
                unsafe self.beginBackward(
                    index, rows, self.sums[rows.lowerBound / blockSize], masks, saved, flow, jobs, self.scratch[member])
            }
        }
        guard let read, index == layers.count - 1 else {
            return begin(activations[index], gradients, masks, batch.tokens)
        }
        let rows = readRows(batch)
        read.gradients.result.gather(rows, of: gradients.result)
        begin(read.activations, read.gradients, masks.ofReadRows, rows.count)
        for (all, some) in [
            (gradients.attentionSum, read.gradients.attentionSum), (gradients.context, read.gradients.context),
        ] {
            all.clear(batch.tokens)
            all.scatter(some, to: rows)
        }
    }

    /// The same over a block of rows, whose operands of the weights' gradients are packed. `sums` gets, in this order,
    /// what is due to: gamma, beta and bias of the output, the intermediate bias, gamma, beta and bias of the attention's
    /// output, the projections' biases.
    private func beginBackward(
        _ index: Int, _ rows: Range<Int>, _ sums: UnsafeMutablePointer<Float>, _ masks: Masks,
        _ saved: BERTLayerActivations, _ flow: BERTLayerGradients, _ jobs: WeightGradients.Jobs, _ scratch: BERTScratch
    ) {
        let (passes, size, inner) = (layers[index], shape.hiddenSize, shape.intermediateSize)
        let (first, count, values) = unsafe (rows.lowerBound, rows.count, parameters.values.base)
        let (operand, start) = unsafe (scratch.operand.base, masks.start(rows.lowerBound, size))
        let (attentionNorm, outputNorm) = (
            site.layers[index].attentionNormalization, site.layers[index].outputNormalization
        )
        var attentionMask = masks.attentionOutput(index), outputMask = masks.output(index)
        let sum = unsafe scratch.projected[0]  // of the residual and the feed-forward step, later of the layer's middle
        let (output, middle) = unsafe (scratch.outputGradient[0], scratch.innerGradient[0])

        unsafe kernels.norm_backward(
            flow.result[first], saved.outputNormalized[first], saved.outputInverses[first], values + outputNorm.gamma,
            count, size, sum, sums, sums + size)
        unsafe kernels.drop(sum, count * size, &outputMask, start, output)
        unsafe kernels.add_column_sums(output, count, size, size, sums + 2 * size)
        unsafe kernels.activate(saved.inner[first], count * inner, shape.activation.code, scratch.inner[0])
        unsafe weightGradients.pack(3, of: jobs, rows, inputs: scratch.inner[0], outputGradients: output)
        unsafe passes.output.backward(output, rows: count, scratch: operand, into: middle)
        unsafe kernels.activate_backward(saved.inner[first], middle, count * inner, shape.activation.code, middle)
        unsafe kernels.add_column_sums(middle, count, inner, inner, sums + 3 * size)
        unsafe weightGradients.pack(2, of: jobs, rows, inputs: saved.attentionResult[first], outputGradients: middle)
        unsafe passes.intermediate.backward(middle, rows: count, adds: true, scratch: operand, into: sum)

        let rest = unsafe sums + 3 * size + inner
        unsafe kernels.norm_backward(
            sum, saved.attentionNormalized[first], saved.attentionInverses[first], values + attentionNorm.gamma, count,
            size, flow.attentionSum[first], rest, rest + size)
        unsafe kernels.drop(flow.attentionSum[first], count * size, &attentionMask, start, output)
        unsafe kernels.add_column_sums(output, count, size, size, rest + 2 * size)
        unsafe weightGradients.pack(1, of: jobs, rows, inputs: saved.context[first], outputGradients: output)
        unsafe passes.attentionOutput.backward(output, rows: count, scratch: operand, into: flow.context[first])
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
                flow[first], count * size, &mask, masks.start(first, size), flow[first])
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
