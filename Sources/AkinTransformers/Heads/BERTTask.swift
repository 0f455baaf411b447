import AkinCore
import Foundation

/// What a model computes from its last hidden states, by the class that Hugging Face's `transformers` has for it.
package enum BERTTask: String, Sendable, CaseIterable {
    case sequenceClassification = "BertForSequenceClassification"
    case tokenClassification = "BertForTokenClassification"
    case questionAnswering = "BertForQuestionAnswering"
    case maskedWords = "BertForMaskedLM"
    case nextSentence = "BertForNextSentencePrediction"
    /// Masked words and next sentence, the two heads that BERT is pre-trained with.
    case pretraining = "BertForPreTraining"

    /// The task of a class of `transformers`, whatever its family: `XLMRobertaForSequenceClassification` has that of
    /// `BertForSequenceClassification`.
    init?(class name: String) {
        guard let start = name.firstRange(of: "For")?.lowerBound, let task = Self(rawValue: "Bert" + name[start...])
        else { return nil }
        self = task
    }

    /// What a person calls it.
    package var name: String {
        switch self {
        case .sequenceClassification: "sequence classification"
        case .tokenClassification: "token classification"
        case .questionAnswering: "question answering"
        case .maskedWords: "masked words"
        case .nextSentence: "next sentence prediction"
        case .pretraining: "pre-training"
        }
    }

    /// The tensor that a model of this task has.
    private var tensor: String {
        switch self {
        case .sequenceClassification, .tokenClassification: "classifier.weight"
        case .questionAnswering: "qa_outputs.weight"
        case .maskedWords: "cls.predictions.transform.dense.weight"
        case .nextSentence, .pretraining: "cls.seq_relationship.weight"
        }
    }

    /// The task of a model, one of `wanted`.
    ///
    /// `architectures` of `config.json` decides; where it names none, the tensors do: a classifier reads whole
    /// sequences in a model with a layer before it, such as a pooler, tokens in one without.
    ///
    /// - Throws: `AkinError(.incompatible)` when the model has another task or no head at all.
    static func of(
        _ configuration: HeadConfiguration, _ parameters: ParameterReader, family: BERTFamily, wanted: [BERTTask]
    ) throws -> BERTTask {
        let heads = parameters.outsideNetwork
        let declared = configuration.architectures.compactMap { BERTTask(class: $0) }
        let readsSequences = family.sequenceHead?.isIn(network: parameters, head: heads) ?? false
        let has: (BERTTask) -> Bool = { task in
            switch task {
            case .sequenceClassification: return readsSequences
            case .tokenClassification: return heads.has(task.tensor) && !readsSequences
            case .pretraining: return heads.has(task.tensor) && heads.has(maskedWords.tensor)
            default: return heads.has(task.tensor)
            }
        }
        let found = declared.isEmpty ? allCases.filter(has) : declared
        if let task = wanted.first(where: found.contains) { return task }
        let needed = wanted.first.map(\.name) ?? ""
        guard let other = found.first else {
            throw AkinError(
                .incompatible,
                "\(configuration.file.path) has no head for \(needed): it is the network alone (an encoder), so train a head "
                    + "or choose another model.")
        }
        throw AkinError(
            .incompatible, "\(configuration.file.path): this is a model for \(other.name), not for \(needed).")
    }
}
