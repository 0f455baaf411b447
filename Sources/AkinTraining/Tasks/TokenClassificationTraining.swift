package import AkinTokenizers
import AkinTransformers
import AkinVectors
package import Foundation

/// Fine-tunes a BERT model for classes of words: entities.
package final class TokenClassificationTraining: RunTraining {
    /// A sentence, or a part of a long one, as the network reads it.
    package struct Sequence: Sendable {
        /// With `[CLS]` and `[SEP]`.
        package let ids: [Int32]
        /// By token: the class of the word that it begins, −1 elsewhere.
        package let classes: [Int32]
        /// The number of the sentence's word that a token begins, −1 elsewhere.
        package let words: [Int]
    }

    package let model: TrainingModel
    package let labels: [String]
    package let run: TrainingRun<TokenClassificationHead>
    private let head: TokenClassificationHead
    private let pass: BERTPass
    private let source: URL

    /// - Parameters:
    ///   - source: the folder of the model to start from.
    ///   - longest: the most tokens of a sequence whose logits will be asked for; nil where none is longer than the
    ///     examples.
    /// - Throws: as the model's reading does.
    package init(
        source: URL, sequences: [Sequence], labels: [String], longest: Int? = nil, settings: TrainingSettings
    ) throws {
        precondition(!sequences.isEmpty)
        (self.labels, self.source) = (labels, source)
        model = try TrainingModel(
            folder: source, task: .tokenClassification(outputs: labels.count), seed: settings.seed)
        pass = BERTPass(model, lengths: sequences.map(\.ids.count), longest: longest ?? 1, settings)
        head = try model.tokenClassificationHead(pass)
        run = TrainingRun(model, pass, head, settings, exampleCount: sequences.count) { examples, _ in
            var batch = Batch()
            for index in examples { batch.append(sequences[index].ids) }
            return (batch, examples.flatMap { sequences[$0].classes })
        }
    }

    /// The likeliest class of each token of a sequence.
    package func classes(_ sequence: Sequence) -> [Int] { logits(sequence).map(\.indexOfLargest) }

    /// The likeliest class of each token of a sequence, and the sum of the losses of the tokens that have a class.
    package func predictions(_ sequence: Sequence) -> (classes: [Int], loss: Double) {
        let logits = logits(sequence)
        let loss = zip(logits, sequence.classes).reduce(0.0) { sum, token in
            token.1 < 0 ? sum : sum - log(max(HeadProbabilities.softmax(token.0)[Int(token.1)], 1e-12))
        }
        return (logits.map(\.indexOfLargest), loss)
    }

    /// The logits of a sequence. Shape: (tokens, classes).
    package func logits(_ sequence: Sequence) -> [[Float]] {
        var batch = Batch()
        batch.append(sequence.ids)
        pass.forward(batch, hiddenDropout: 0, attentionDropout: 0, seed: 0)
        return head.logits(pass, batch)
    }

    /// Writes the model as a folder that Akin and `transformers` read. Throws as `TrainingModel.write` does.
    package func write(to folder: URL) throws {
        try model.write(to: folder, tokenizerOf: source, .init(labels: labels))
    }
}

extension TokenClassificationTraining.Sequence {
    /// A sentence as sequences of at most `limit` tokens. The tokenizer may split a word at its punctuation: then the
    /// entity that begins with the word goes on in the other parts.
    ///
    /// - Parameter classes: the class of a tag; −1 for one that is not known.
    package static func sequences(
        of sentence: TaggedSentence, tokenizer: WordPieceTokenizer, limit: Int, classes: (String) -> Int32
    ) -> [Self] {
        let continuations = tokenizer.continuations
        var (ids, targets, words): ([Int32], [Int32], [Int]) = ([], [], [])
        for (place, word) in sentence.words.enumerated() {
            var isFirst = true
            for id in tokenizer.placedTokens(word).ids {
                let begins = !continuations[Int(id)]
                let tag = sentence.tags[place]
                ids.append(id)
                targets.append(begins ? classes(isFirst ? tag : tag.goingOn) : -1)
                words.append(isFirst ? place : -1)
                isFirst = false
            }
        }
        return stride(from: 0, to: ids.count, by: max(limit - 2, 1)).map { first in
            let part = first..<min(first + max(limit - 2, 1), ids.count)
            return Self(
                ids: [tokenizer.classID] + ids[part] + [tokenizer.separatorID], classes: [-1] + targets[part] + [-1],
                words: [-1] + words[part] + [-1])
        }
    }
}

extension String {
    /// The tag of a word in which the entity of this tag goes on.
    fileprivate var goingOn: String { hasPrefix("B-") ? "I-" + dropFirst(2) : self }
}
