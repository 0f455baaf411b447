import AkinTransformers
import AkinVectors
import CAkinKernels

extension BERTPass {
    /// Which masks a pass uses: none in evaluation.
    struct Masks: Sendable {
        let hidden: Dropout
        let attention: Dropout
        let part: Batch.Part?
        private var rowsBefore: Int

        init(hidden: Dropout, attention: Dropout, part: Batch.Part?) {
            (self.hidden, self.attention, self.part) = (hidden, attention, part)
            rowsBefore = part?.tokensBefore ?? 0
        }

        /// The number of a row's first element in the masks of `size` elements a row.
        func start(_ row: Int, _ size: Int) -> UInt32 { UInt32(truncatingIfNeeded: (rowsBefore + row) * size) }

        /// The masks of rows that are read, which stand side by side.
        var ofReadRows: Masks {
            var masks = self
            masks.rowsBefore = part?.readRowsBefore ?? 0
            return masks
        }

        /// Places of the masks: the embeddings, then three for each layer; attention's by sequence and head too.
        func embeddings() -> akin_dropout { hidden.mask(0) }
        func attentionOutput(_ layer: Int) -> akin_dropout { hidden.mask(UInt64(3 * layer + 1)) }
        func output(_ layer: Int) -> akin_dropout { hidden.mask(UInt64(3 * layer + 2)) }
        func probabilities(_ layer: Int, _ sequence: Int, _ head: Int) -> akin_dropout {
            let place = (part?.sequencesBefore ?? 0) + sequence
            return attention.mask(UInt64(3 * layer + 3) << 40 | UInt64(place) << 12 | UInt64(head))
        }
    }

    /// Computes the last hidden states of a batch into `hidden`: of the rows that are read, where the pass was made for
    /// these alone.
    ///
    /// Shapes: as `Batch` says; ids, segments and lengths must be ones that the network knows.
    package func forward(_ batch: Batch, hiddenDropout: Float, attentionDropout: Float, seed: UInt64) {
        let masks = Masks(
            hidden: Dropout(share: hiddenDropout, seed: seed), attention: Dropout(share: attentionDropout, seed: seed),
            part: batch.part)
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
            var none = Dropout.none.mask(0)
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
                    target[first], rows.count * size, &mask, masks.start(first, size), target[first])
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
            unsafe self.operands.attention(
                saved.queryKeyValue[rows.lowerBound], length: rows.count, width: size, head: head,
                headSize: self.shape.headSize, &mask, scratch: self.scratch[member].attention.base,
                into: saved.context[rows.lowerBound])
        }
        guard let read, index == layers.count - 1 else {
            return team.forEachRange(of: batch.tokens, size: blockSize) { member, rows in
                self.finishForward(index, rows, masks, saved, self.scratch[member], into: next)
            }
        }
        let rows = readRows(batch)
        read.activations.input.gather(rows, of: saved.input)
        read.activations.context.gather(rows, of: saved.context)
        team.forEachRange(of: rows.count, size: Self.blockSize(rows.count)) { member, rows in
            self.finishForward(index, rows, masks.ofReadRows, read.activations, self.scratch[member], into: read.result)
        }
        next.scatter(read.result, to: rows)
    }

    /// The rows of a batch that are read.
    func readRows(_ batch: Batch) -> [Int] {
        let rows = batch.readRows ?? Array(0..<batch.tokens)
        precondition(rows.count <= read?.capacity ?? capacity)
        return rows
    }

    /// What follows the attention and looks at each token by itself.
    private func finishForward(
        _ index: Int, _ rows: Range<Int>, _ masks: Masks, _ saved: BERTLayerActivations, _ scratch: BERTScratch,
        into next: Rows
    ) {
        let (passes, size) = (layers[index], shape.hiddenSize)
        let (first, count, values) = unsafe (rows.lowerBound, rows.count, parameters.values.base)
        let (operand, start) = unsafe (scratch.operand.base, masks.start(rows.lowerBound, size))
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
    func forEachHead(
        _ batch: Batch, _ body: @Sendable (_ member: Int, _ sequence: Int, _ rows: Range<Int>, _ head: Int) -> Void
    ) {
        let heads = shape.headCount
        team.forEach(batch.bounds.count * heads) { member, piece in
            body(member, piece / heads, batch.bounds[piece / heads], piece % heads)
        }
    }
}
