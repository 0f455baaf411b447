import AkinVectors
import Foundation

/// A head that learns hidden words, alone or beside another task, and can be scored.
protocol MaskedTextHead: TrainingHead {
    func targets(_ texts: MaskedTexts) -> Targets

    /// How texts are predicted whose hidden states `pass` holds.
    func score(_ pass: BERTPass, _ texts: MaskedTexts) -> PreTrainingScore
}

/// How well a network predicts what it was not trained on.
package struct PreTrainingScore: Sendable {
    /// Hidden words.
    package var words = 0
    /// The sum of their cross-entropies.
    package var loss = 0.0
    /// Pairs of texts, and those of them that were told right.
    package var pairs = 0
    package var rightPairs = 0

    package init() {}

    /// Among how many words, all equally likely, a choice would be as hard.
    package var perplexity: Double { exp(loss / Double(max(words, 1))) }
    /// The share of pairs that were told right; nil without pairs.
    package var nextSentenceAccuracy: Double? { pairs == 0 ? nil : Double(rightPairs) / Double(pairs) }

    static func += (sum: inout PreTrainingScore, other: PreTrainingScore) {
        sum.words += other.words
        sum.loss += other.loss
        sum.pairs += other.pairs
        sum.rightPairs += other.rightPairs
    }
}

extension MaskedWordHead: MaskedTextHead {
    func targets(_ texts: MaskedTexts) -> Targets { texts.words }

    func score(_ pass: BERTPass, _ texts: MaskedTexts) -> PreTrainingScore {
        var score = PreTrainingScore()
        score.words = texts.words.ids.count
        score.loss = loss(pass, texts.batch, texts.words, dropout: 0, seed: nil) * Double(score.words)
        return score
    }
}

extension PreTrainingHead: MaskedTextHead {
    func targets(_ texts: MaskedTexts) -> Targets { Targets(words: texts.words, isRandom: texts.isRandom) }

    func score(_ pass: BERTPass, _ texts: MaskedTexts) -> PreTrainingScore {
        var score = words.score(pass, texts)
        pooled.forward(pass, texts.batch, .none)
        classifier.forward(pooled.dropped, rows: texts.isRandom.count, into: outputs)
        score.pairs = texts.isRandom.count
        score.rightPairs = texts.isRandom.enumerated().count { row, isRandom in
            unsafe (outputs[row][1] > outputs[row][0]) == (isRandom == 1)
        }
        return score
    }
}
