package import AkinTokenizers
import AkinCore
package import AkinVectors

/// Scores of a whole sequence from its pooled vector: labels, or whether the second text of a pair follows the first.
package struct SequenceClassificationHead: BERTHead {
    package static let tasks: [BERTTask] = [.sequenceClassification, .nextSentence, .pretraining]

    /// What the two outputs of next sentence prediction are called, as its paper calls them (Devlin et al. 2019).
    package static let nextSentenceLabels = ["IsNext", "NotNext"]

    package let labels: [String]
    private let pooler: Pooler
    private let classifier: FloatLinearLayer  // H → labels

    package init(_ source: HeadSource) throws {
        let hidden = source.configuration.hiddenSize
        guard let names = source.configuration.family.sequenceHead else { throw source.otherFamily }
        pooler = try Pooler(names, network: source.network, head: source.head, hiddenSize: hidden)
        if source.task == .sequenceClassification {
            labels = source.labels
            classifier = try source.classifier(names.classifier)
        } else {
            labels = Self.nextSentenceLabels
            classifier = FloatLinearLayer(
                try source.head.linear("cls.seq_relationship", inputs: hidden, outputs: labels.count))
        }
    }

    package static func isOver(_ family: BERTFamily) -> Bool { family.sequenceHead != nil }

    /// Any tokenizer: a whole sequence has no words to be told apart.
    package static func tokenizer(_ tokenizer: any Tokenizer, files: String) -> any Tokenizer { tokenizer }

    /// A score for each label, before softmax or sigmoid.
    package func outputs(_ states: Matrix, rows: [Range<Int>], of sequences: [TokenSequence]) -> [[Float]] {
        let logits = classifier.applied(to: pooler.apply(states, rows: rows), rows: rows.count)
        return rows.indices.map { logits.row($0) }
    }

    package static func isFinite(_ output: [Float]) -> Bool { output.allSatisfy(\.isFinite) }
}
