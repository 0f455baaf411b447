import AkinCore
package import AkinTransformers
import AkinVectors
package import Foundation

/// What a network is trained to give.
package enum TrainingTask: Sendable, Equatable {
    /// Classes of a text or pair; one output for a number.
    case sequenceClassification(outputs: Int)
    /// A class of each token.
    case tokenClassification(outputs: Int)
    /// Where an answer starts and ends.
    case questionAnswering
    /// The words behind masks, and whether one text follows another.
    case maskedWords(nextSentence: Bool)
    /// Vectors of texts.
    case embedding
}

extension TrainingTask {
    /// Whether the head reads the first token's state through the pooler.
    fileprivate var needsPooler: Bool {
        switch self {
        case .sequenceClassification, .maskedWords(nextSentence: true): true
        default: false
        }
    }
}

/// A BERT network with a head, in training: where its parameters are, and their values.
package final class TrainingModel: Sendable {
    package let shape: BERTConfiguration
    package let task: TrainingTask
    package let parameters: Parameters
    package let site: BERTParameterLayout
    /// Parameters that the model it started from did not have, drawn at random.
    package let drawn: [String]
    let head: HeadSite

    /// What stands before the names of the network's own parameters, beside those of a head.
    static let networkPrefix = "bert."

    /// Where a head's parameters are.
    enum HeadSite: Sendable {
        case none
        case linear(LinearSite)
        case maskedWords(
            transform: LinearSite, normalization: NormalizationSite, decoder: LinearSite, nextSentence: LinearSite?)
    }

    /// Reads the network in a Hugging Face folder; what its checkpoint does not have is drawn: weights from the normal
    /// distribution with the deviation .02, biases zero (Devlin et al. 2019).
    package init(folder: URL, task: TrainingTask, seed: UInt64) throws {
        let shape = try BERTConfiguration(file: folder.appending(path: "config.json"))
        guard shape.family == .bert else {
            throw AkinError(
                .incompatible, "The network in \(folder.path) is no BERT network, which training needs; name another.")
        }
        let checkpoint = try SafetensorsCheckpoint(folder: folder)
        let reader = try CheckpointReader(checkpoint, shape)
        (self.shape, self.task) = (shape, task)
        var layout = ParameterLayout()
        (site, head) = Self.sites(
            shape, task, hasPooler: task.needsPooler || task == .embedding && reader.hasPooler, in: &layout)
        let parameters = Parameters(layout)
        self.parameters = parameters
        var drawn: [String] = []
        var generator = SeededGenerator(seed: seed)
        for parameter in layout.parameters where try !reader.read(parameter, into: parameters) {
            drawn.append(parameter.name)
            Self.draw(parameter, in: parameters, &generator)
        }
        self.drawn = drawn
        if let missing = drawn.first(where: {
            $0.hasPrefix(Self.networkPrefix) && !$0.hasPrefix(Self.networkPrefix + "pooler")
        }) {
            throw AkinError(
                .invalidData,
                "\(reader.files) lacks the tensor \"\(missing)\"; fetch the model again."
            )
        }
    }

    /// A network drawn at random, for training from scratch.
    package init(shape: BERTConfiguration, task: TrainingTask, seed: UInt64) {
        (self.shape, self.task) = (shape, task)
        var layout = ParameterLayout()
        (site, head) = Self.sites(shape, task, hasPooler: task.needsPooler, in: &layout)
        let parameters = Parameters(layout)
        self.parameters = parameters
        var generator = SeededGenerator(seed: seed)
        for parameter in layout.parameters { Self.draw(parameter, in: parameters, &generator) }
        drawn = layout.parameters.map(\.name)
    }

    private static func sites(
        _ shape: BERTConfiguration, _ task: TrainingTask, hasPooler: Bool, in layout: inout ParameterLayout
    ) -> (BERTParameterLayout, HeadSite) {
        let site = BERTParameterLayout(shape, prefix: networkPrefix, hasPooler: hasPooler, in: &layout)
        let hidden = shape.hiddenSize
        switch task {
        case .sequenceClassification(let outputs), .tokenClassification(let outputs):
            return (site, .linear(layout.linear("classifier", hidden, outputs)))
        case .questionAnswering: return (site, .linear(layout.linear("qa_outputs", hidden, 2)))
        case .maskedWords(let nextSentence):
            let bias = layout.add("cls.predictions.bias", [shape.vocabularySize], decays: false)
            let transform = layout.linear("cls.predictions.transform.dense", hidden, hidden)
            let normalization = layout.normalization("cls.predictions.transform.LayerNorm", hidden)
            let decoder = LinearSite(
                weight: site.words.start, bias: bias.start, inputs: hidden, outputs: shape.vocabularySize)
            let next = nextSentence ? layout.linear("cls.seq_relationship", hidden, 2) : nil
            return (
                site,
                .maskedWords(transform: transform, normalization: normalization, decoder: decoder, nextSentence: next)
            )
        case .embedding: return (site, .none)
        }
    }

    private static func draw(_ parameter: Parameter, in parameters: Parameters, _ generator: inout SeededGenerator) {
        if parameter.name.hasSuffix("LayerNorm.weight") {
            parameters.fill(parameter, with: 1)
        } else if parameter.shape.count > 1 {
            parameters.drawNormal(parameter, deviation: 0.02, from: &generator)
        }
    }
}

extension TrainingModel {
    /// The head of a model for classes. Throws `.invalidArgument` where it is for another task.
    ///
    /// - Parameter capacity: the most sequences of a batch.
    package func classificationHead(
        _ pass: BERTPass, capacity: Int, classWeights: [Float]? = nil, smoothing: Float = 0
    ) throws -> ClassificationHead {
        guard case .linear(let classifier) = head, let pooler = site.pooler else { throw wrongTask }
        return ClassificationHead(
            pooler: pooler, classifier: classifier, pass, capacity: capacity, classWeights: classWeights,
            smoothing: smoothing)
    }

    /// The head of a model for masked words. Throws `.invalidArgument` where it is for another task.
    ///
    /// - Parameter capacity: the most masked words of a batch.
    package func maskedWordHead(_ pass: BERTPass, capacity: Int) throws -> MaskedWordHead {
        guard case .maskedWords(let transform, let normalization, let decoder, _) = head else { throw wrongTask }
        return MaskedWordHead(
            transform: transform, normalization: normalization, decoder: decoder, pass, capacity: capacity)
    }

    /// The head of a model for classes of tokens. Throws `.invalidArgument` where it is for another task.
    package func tokenClassificationHead(_ pass: BERTPass) throws -> TokenClassificationHead {
        guard case .linear(let classifier) = head, case .tokenClassification = task else { throw wrongTask }
        return TokenClassificationHead(classifier, pass)
    }

    /// The head of a model for answers. Throws `.invalidArgument` where it is for another task.
    package func answerSpanHead(_ pass: BERTPass) throws -> AnswerSpanHead {
        guard case .linear(let outputs) = head, task == .questionAnswering else { throw wrongTask }
        return AnswerSpanHead(outputs, pass)
    }

    /// The head of a model for masked words and the next sentence. Throws `.invalidArgument` where it is for another
    /// task.
    ///
    /// - Parameters:
    ///   - capacity: the most masked words of a batch.
    ///   - sequences: the most sequences of a batch.
    package func preTrainingHead(_ pass: BERTPass, capacity: Int, sequences: Int) throws -> PreTrainingHead {
        guard case .maskedWords(_, _, _, let nextSentence?) = head, let pooler = site.pooler else { throw wrongTask }
        return PreTrainingHead(
            try maskedWordHead(pass, capacity: capacity), pooler: pooler, nextSentence: nextSentence, pass,
            capacity: sequences)
    }

    private var wrongTask: AkinError { AkinError(.invalidArgument, "This model is trained for \(task), not for that.") }
}
