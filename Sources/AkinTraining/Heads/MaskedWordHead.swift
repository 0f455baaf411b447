import AkinTransformers
import AkinVectors
import CAkinKernels

/// The words behind masks: a dense layer, activation, normalisation, and a product with the table of word embeddings,
/// as `BertForMaskedLM` has them. Only the masked rows are computed.
package final class MaskedWordHead: TrainingHead {
    /// Rows of the batch whose word is to be found, and the words' ids.
    package struct Targets: Sendable {
        package let rows: [Int]
        package let ids: [Int32]

        package init(rows: [Int], ids: [Int32]) { (self.rows, self.ids) = (rows, ids) }
    }

    private let transform: HeadLinear
    private let normalization: NormalizationSite
    private let decoder: HeadLinear
    private let states: Rows  // (masked, H)
    private let inner: Rows  // (masked, H): before the activation
    private let activated: Rows  // (masked, H)
    private let normalized: Rows  // (masked, H)
    private let inverses: Rows  // (masked, 1)
    private let result: Rows  // (masked, H): what the decoder reads
    private let logits: Rows  // (masked, vocabulary)
    private let capacity: Int

    /// - Parameter capacity: the most masked words of a batch.
    init(transform: LinearSite, normalization: NormalizationSite, decoder: LinearSite, _ pass: BERTPass, capacity: Int)
    {
        self.transform = HeadLinear(transform, pass.parameters, pass.operands, pass.team, capacity: capacity)
        self.normalization = normalization
        self.decoder = HeadLinear(decoder, pass.parameters, pass.operands, pass.team, capacity: capacity)
        self.capacity = capacity
        let size = transform.inputs
        states = Rows(count: capacity, columns: size)
        inner = Rows(count: capacity, columns: size)
        activated = Rows(count: capacity, columns: size)
        normalized = Rows(count: capacity, columns: size)
        inverses = Rows(count: capacity, columns: 1)
        result = Rows(count: capacity, columns: size)
        logits = Rows(count: capacity, columns: decoder.outputs)
    }

    package func packWeights() {
        transform.pack()
        decoder.pack()
    }

    package func loss(_ pass: BERTPass, _ batch: Batch, _ targets: Targets, dropout: Float, seed: UInt64?) -> Double {
        let (size, count, kernels) = (pass.shape.hiddenSize, targets.rows.count, pass.operands.kernels.table)
        let (values, gradients) = unsafe (pass.parameters.values.base, pass.parameters.gradients.base)
        precondition(count <= capacity)
        for (index, row) in targets.rows.enumerated() {
            unsafe states[index].update(from: pass.hidden[row], count: size)
        }
        transform.forward(states, rows: count, into: inner)
        unsafe kernels.activate(inner[0], count * size, pass.shape.activation.code, activated[0])
        var none = Dropout.none.mask(0)
        unsafe kernels.drop_add_norm(
            nil, activated[0], &none, 0, values + normalization.gamma, values + normalization.beta, count, size,
            pass.shape.layerNormEpsilon, normalized[0], inverses[0], result[0])
        decoder.forward(result, rows: count, into: logits)
        let losses = crossEntropy(targets.ids, pass, weight: batch.part?.weights[0] ?? Double(count))
        guard seed != nil else { return losses }

        // From here `activated` and `result` hold gradients.
        decoder.backward(logits, result, rows: count, into: activated)
        unsafe kernels.norm_backward(
            activated[0], normalized[0], inverses[0], values + normalization.gamma, count, size, activated[0],
            gradients + normalization.gamma, gradients + normalization.beta)
        unsafe kernels.activate_backward(
            inner[0], activated[0], count * size, pass.shape.activation.code, activated[0])
        transform.backward(activated, states, rows: count, into: result)
        pass.clearHiddenGradient(batch)
        for (index, row) in targets.rows.enumerated() {
            unsafe kernels.add_scaled(result[index], size, 1, pass.hiddenGradient[row])
        }
        return losses
    }

    package func weights(_ batch: Batch, _ targets: Targets) -> [Double] { [Double(targets.rows.count)] }

    private func crossEntropy(_ ids: [Int32], _ pass: BERTPass, weight: Double) -> Double {
        let columns = decoder.site.outputs
        let losses = AlignedBuffer<Float>(count: ids.count)
        pass.team.forEach(ids.count) { _, row in
            var (target, factor) = (ids[row], Float(1 / weight))
            unsafe pass.operands.kernels.table.cross_entropy(
                self.logits[row], &target, &factor, 1, columns, columns, 0, losses.base + row)
        }
        return unsafe losses.buffer.reduce(0) { $0 + Double($1) } / max(weight, 1)
    }

    package func reachedRows(_ batch: Batch) -> AdamW.TableRows { .all }
}
