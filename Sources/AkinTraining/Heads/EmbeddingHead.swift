import AkinTransformers
import AkinVectors
import CAkinKernels
import Foundation

/// Vectors of texts: the mean of the tokens' states, or the first token's state, at unit length, as sentence encoders
/// have them (Reimers and Gurevych 2019).
package final class EmbeddingHead: TrainingHead {
    /// What is learnt of the batch's texts.
    package enum Targets: Sendable {
        /// Texts 2i and 2i + 1 are pair i, with how alike they are: larger is more alike. The loss orders the pairs'
        /// cosines as the scores are ordered (CoSENT): ln(1 + Σ e^(20·(cos j − cos i))) over all i scored above j.
        case scored([Float])
        /// The class of each text: texts of one class are drawn together, others apart (`supervisedContrast`).
        case classes([Int32])
        /// The first texts, and in the same order the text that belongs to each, behind them perhaps texts that belong to
        /// none: all but its own are an anchor's negatives (Henderson et al. 2017, section 4): cross-entropy of 20·cos.
        /// `excluded` has by anchor the texts that are not to count, since they belong to it too; empty for none.
        case matching(anchors: Int, excluded: [Set<Int>])
        /// Texts 2i and 2i + 1 are pair i, with the cosine they are to have: mean squared error.
        case cosines([Float])
    }

    package enum Pooling: Sendable {
        case mean
        case first
    }

    private let pooling: Pooling
    private let size: Int
    private let vectors: Rows  // (texts, H): at unit length
    private let lengths: Rows  // (texts, 1): before
    private let gradients: Rows  // (texts, H)
    /// What cosines are multiplied by before they are compared.
    static let scale = 20.0

    /// - Parameter capacity: the most texts of a batch.
    package init(_ pooling: Pooling, _ pass: BERTPass, capacity: Int) {
        self.pooling = pooling
        size = pass.shape.hiddenSize
        vectors = Rows(count: capacity, columns: size)
        lengths = Rows(count: capacity, columns: 1)
        gradients = Rows(count: capacity, columns: size)
    }

    package func packWeights() {}

    /// The vectors of a batch whose hidden states `pass` holds. Shape: (texts, H).
    ///
    /// - Parameter atUnitLength: false gives them as they are pooled.
    package func vectors(_ pass: BERTPass, _ batch: Batch, atUnitLength: Bool = true) -> [[Float]] {
        pool(pass, batch)
        return batch.bounds.indices.map { index in
            let vector = unsafe Array(UnsafeBufferPointer(start: vectors[index], count: size))
            guard !atUnitLength else { return vector }
            let length = unsafe lengths[index][0]
            return vector.map { $0 * length }
        }
    }

    private func pooledRows(_ rows: Range<Int>) -> Range<Int> {
        pooling == .mean ? rows : rows.lowerBound..<rows.lowerBound + 1
    }

    private func pool(_ pass: BERTPass, _ batch: Batch) {
        let kernels = pass.operands.kernels.table
        for (index, bounds) in batch.bounds.enumerated() {
            let rows = pooledRows(bounds)
            unsafe vectors[index].update(repeating: 0, count: size)
            for row in rows { unsafe kernels.add_scaled(pass.hidden[row], size, 1 / Float(rows.count), vectors[index]) }
            let length = unsafe Float(kernels.sum_of_squares(vectors[index], size).squareRoot())
            unsafe lengths[index][0] = max(length, 1e-12)
            for column in 0..<size { unsafe vectors[index][column] /= lengths[index][0] }
        }
    }

    package func loss(_ pass: BERTPass, _ batch: Batch, _ targets: Targets, dropout: Float, seed: UInt64?) -> Double {
        pool(pass, batch)
        unsafe gradients[0].update(repeating: 0, count: batch.bounds.count * size)
        let loss =
            switch targets {
            case .scored(let scores): cosent(scores)
            case .classes(let classes): supervisedContrast(classes)
            case .matching(let anchors, let excluded):
                inBatchNegatives(anchors, of: batch.bounds.count, excluded: excluded)
            case .cosines(let cosines): squaredError(cosines)
            }
        guard seed != nil else { return loss }
        let kernels = pass.operands.kernels.table
        pass.clearHiddenGradient(batch)
        for (index, bounds) in batch.bounds.enumerated() {
            // Through the division by the length: the part along the vector falls away.
            let along = (0..<size).reduce(0.0) { unsafe $0 + Double(gradients[index][$1] * vectors[index][$1]) }
            unsafe kernels.add_scaled(vectors[index], size, -Float(along), gradients[index])
            let rows = pooledRows(bounds)
            let share = unsafe 1 / (lengths[index][0] * Float(rows.count))
            for row in rows { unsafe kernels.add_scaled(gradients[index], size, share, pass.hiddenGradient[row]) }
        }
        return loss
    }

    func cosine(_ a: Int, _ b: Int) -> Double {
        (0..<size).reduce(0.0) { unsafe $0 + Double(vectors[a][$1] * vectors[b][$1]) }
    }

    /// Adds to the gradients of two texts what a change of their cosine does.
    func add(_ slope: Double, toCosineOf a: Int, _ b: Int) {
        for column in 0..<size {
            unsafe gradients[a][column] += Float(slope) * vectors[b][column]
            unsafe gradients[b][column] += Float(slope) * vectors[a][column]
        }
    }

    private func cosent(_ scores: [Float]) -> Double {
        let cosines = scores.indices.map { cosine(2 * $0, 2 * $0 + 1) }
        var terms: [(above: Int, below: Int, exponent: Double)] = []
        for above in scores.indices {
            for below in scores.indices where scores[above] > scores[below] {
                terms.append((above, below, Self.scale * (cosines[below] - cosines[above])))
            }
        }
        let top = max(0, terms.map(\.exponent).max() ?? 0)
        let sum = exp(-top) + terms.reduce(0) { $0 + exp($1.exponent - top) }
        var slopes = [Double](repeating: 0, count: scores.count)
        for term in terms {
            let share = Self.scale * exp(term.exponent - top) / sum
            slopes[term.above] -= share
            slopes[term.below] += share
        }
        for (pair, slope) in slopes.enumerated() { add(slope, toCosineOf: 2 * pair, 2 * pair + 1) }
        return top + log(sum)
    }

    /// The first `count` of `texts` are the anchors.
    private func inBatchNegatives(_ count: Int, of texts: Int, excluded: [Set<Int>]) -> Double {
        var loss = 0.0
        for anchor in 0..<count {
            let candidates = (count..<texts).filter { excluded.isEmpty || !excluded[anchor].contains($0) }
            let scores = candidates.map { Self.scale * cosine(anchor, $0) }
            let top = scores.max() ?? 0
            let sum = scores.reduce(0) { $0 + exp($1 - top) }
            for (candidate, score) in zip(candidates, scores) {
                let isRight = candidate == count + anchor
                if isRight { loss += (top + log(sum) - score) / Double(count) }
                let slope = (exp(score - top) / sum - (isRight ? 1 : 0)) * Self.scale / Double(count)
                add(slope, toCosineOf: anchor, candidate)
            }
        }
        return loss
    }

    private func squaredError(_ wanted: [Float]) -> Double {
        let share = 1 / Double(wanted.count)
        var loss = 0.0
        for (pair, wanted) in wanted.enumerated() {
            let difference = cosine(2 * pair, 2 * pair + 1) - Double(wanted)
            loss += share * difference * difference
            add(2 * share * difference, toCosineOf: 2 * pair, 2 * pair + 1)
        }
        return loss
    }
}
