import AkinVectors
import CAkinKernels

/// Both of BERT's first tasks at once, as `BertForPreTraining` has them: the words behind masks, and whether the second
/// text of a pair follows the first (Devlin et al. 2019, section 3.1).
package final class PreTrainingHead: TrainingHead {
    package struct Targets: Sendable {
        package let words: MaskedWordHead.Targets
        /// By sequence: 0 where the second text follows the first, 1 where it was drawn at random.
        package let isRandom: [Int32]

        package init(words: MaskedWordHead.Targets, isRandom: [Int32]) {
            (self.words, self.isRandom) = (words, isRandom)
        }
    }

    let words: MaskedWordHead
    let pooled: PooledState
    let classifier: HeadLinear
    let outputs: Rows  // (sequences, 2)

    init(
        _ words: MaskedWordHead, pooler: LinearSite, nextSentence: LinearSite, _ pass: BERTPass, capacity: Int
    ) {
        self.words = words
        pooled = PooledState(pooler, pass, capacity: capacity)
        classifier = HeadLinear(
            nextSentence, pass.parameters, Operands(rounds: false, kernels: pass.operands.kernels), pass.team,
            capacity: capacity)
        outputs = Rows(count: capacity, columns: 2)
    }

    package func packWeights() {
        words.packWeights()
        pooled.packWeights()
        classifier.pack()
    }

    /// The sum of both tasks' mean cross-entropies.
    package func loss(_ pass: BERTPass, _ batch: Batch, _ targets: Targets, dropout: Float, seed: UInt64?) -> Double {
        let wordLoss = words.loss(pass, batch, targets.words, dropout: dropout, seed: seed)
        let count = batch.bounds.count
        // No dropout between pooler and classifier here, as in the reference.
        let none = Dropout.none
        pooled.forward(pass, batch, none)
        classifier.forward(pooled.dropped, rows: count, into: outputs)
        let weight = batch.part?.weights[1] ?? Double(count)
        let factors = [Float](repeating: Float(1 / weight), count: count)
        var losses = factors
        unsafe pass.operands.kernels.table.cross_entropy(outputs[0], targets.isRandom, factors, count, 2, 2, 0, &losses)
        if seed != nil {
            classifier.backward(outputs, pooled.dropped, rows: count, into: pooled.gradient)
            pooled.backward(pass, batch, none)
        }
        return wordLoss + losses.reduce(0) { $0 + Double($1) } / weight
    }

    package func weights(_ batch: Batch, _ targets: Targets) -> [Double] {
        words.weights(batch, targets.words) + [Double(batch.bounds.count)]
    }

    package func reachedRows(_ batch: Batch) -> AdamW.TableRows { .all }
}
