import AkinVectors
import CAkinKernels
import Foundation

/// Classes of a text or a pair of texts: pooler, dropout and a linear layer, as `BertForSequenceClassification` has
/// them.
package final class ClassificationHead: TrainingHead {
    /// What is learnt of each sequence.
    package enum Targets: Sendable {
        /// One class each; the loss is the mean cross-entropy.
        case classes([Int32])
        /// Any number of classes each, a row of 0 and 1; the loss is the mean binary cross-entropy.
        case flags([[Float]])
        /// A number each; the loss is the mean squared error.
        case numbers([Float])
    }

    package let classCount: Int
    private let pooled: PooledState
    private let classifier: HeadLinear
    /// (sequences, classes), after `loss` their gradients.
    private let outputs: Rows
    /// How much a class counts, 1 each unless the data are uneven.
    private let classWeights: [Float]
    private let smoothing: Float

    /// - Parameters:
    ///   - capacity: the most sequences of a batch.
    ///   - smoothing: the share of a target that is spread over all classes.
    init(
        pooler: LinearSite, classifier: LinearSite, _ pass: BERTPass, capacity: Int, classWeights: [Float]? = nil,
        smoothing: Float = 0
    ) {
        classCount = classifier.outputs
        pooled = PooledState(pooler, pass, capacity: capacity)
        self.classifier = HeadLinear(
            classifier, pass.parameters, Operands(rounds: false, kernels: pass.operands.kernels), pass.team,
            capacity: capacity)
        outputs = Rows(count: capacity, columns: classifier.outputs)
        self.classWeights = classWeights ?? [Float](repeating: 1, count: classifier.outputs)
        self.smoothing = smoothing
    }

    package func packWeights() {
        pooled.packWeights()
        classifier.pack()
    }

    /// The logits of a batch whose hidden states `pass` holds. Shape: (sequences, classes).
    package func logits(_ pass: BERTPass, _ batch: Batch) -> [[Float]] {
        forward(pass, batch, Dropout.none)
        return batch.bounds.indices.map { unsafe Array(UnsafeBufferPointer(start: outputs[$0], count: classCount)) }
    }

    private func forward(_ pass: BERTPass, _ batch: Batch, _ dropout: Dropout) {
        pooled.forward(pass, batch, dropout)
        classifier.forward(pooled.dropped, rows: batch.bounds.count, into: outputs)
    }

    package func loss(_ pass: BERTPass, _ batch: Batch, _ targets: Targets, dropout: Float, seed: UInt64?) -> Double {
        let dropout = Dropout(share: seed == nil ? 0 : dropout, seed: seed ?? 0)
        forward(pass, batch, dropout)
        let loss =
            switch targets {
            case .classes(let classes): crossEntropy(classes, pass, batch)
            case .flags(let flags): binaryCrossEntropy(flags, weight(flags.count, batch))
            case .numbers(let numbers): squaredError(numbers, weight(numbers.count, batch))
            }
        if seed != nil {
            classifier.backward(outputs, pooled.dropped, rows: batch.bounds.count, into: pooled.gradient)
            pass.clearHiddenGradient(batch)
            pooled.backward(pass, batch, dropout)
        }
        return loss
    }

    package func weights(_ batch: Batch, _ targets: Targets) -> [Double] {
        guard case .classes(let classes) = targets else { return [Double(batch.bounds.count)] }
        return [classes.reduce(0) { $0 + Double(classWeights[Int($1)]) }]
    }

    /// What a mean over sequences divides by.
    private func weight(_ count: Int, _ batch: Batch) -> Double { batch.part?.weights[0] ?? Double(count) }

    private func crossEntropy(_ classes: [Int32], _ pass: BERTPass, _ batch: Batch) -> Double {
        let weights = classes.map { classWeights[Int($0)] }
        let whole = batch.part.map { Float($0.weights[0]) } ?? weights.reduce(0, +)
        let factors = weights.map { $0 / whole }
        var losses = [Float](repeating: 0, count: classes.count)
        unsafe pass.operands.kernels.table.cross_entropy(
            outputs[0], classes, factors, classes.count, classCount, classCount, smoothing, &losses)
        return zip(losses, factors).reduce(0) { $0 + Double($1.0 * $1.1) }
    }

    private func binaryCrossEntropy(_ flags: [[Float]], _ weight: Double) -> Double {
        let share = 1 / (weight * Double(classCount))
        var loss = 0.0
        for (index, row) in flags.enumerated() {
            for (column, flag) in row.enumerated() {
                let x = unsafe Double(outputs[index][column])
                loss += share * (max(x, 0) - x * Double(flag) + log1p(exp(-abs(x))))
                unsafe outputs[index][column] = Float(share * (1 / (1 + exp(-x)) - Double(flag)))
            }
        }
        return loss
    }

    private func squaredError(_ numbers: [Float], _ weight: Double) -> Double {
        let share = 1 / (weight * Double(classCount))
        var loss = 0.0
        for (index, number) in numbers.enumerated() {
            let difference = unsafe Double(outputs[index][0] - number)
            loss += share * difference * difference
            unsafe outputs[index][0] = Float(2 * share * difference)
        }
        return loss
    }
}
