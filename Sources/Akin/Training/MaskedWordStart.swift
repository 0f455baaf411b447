import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// What training by hidden words begins with: a tokenizer, and a network drawn at random or read.
struct MaskedWordStart {
    let tokenizer: WordPieceTokenizer
    let maskID: Int32
    let files: TokenizerFiles
    /// The network's folder; nil from scratch.
    private let source: URL?
    private let settings: MaskedWordTraining

    /// - Parameter learn: learns a vocabulary, where none is given.
    /// - Throws: `.incompatible` for an encoder that is no BERT model, `.invalidData` for a vocabulary without a mask,
    ///   `.invalidArgument` for sizes that no network has; all before the corpus is read.
    init(
        _ settings: MaskedWordTraining, _ configuration: Database.Configuration,
        learn: (VocabularyOptions) throws -> [String]
    ) throws {
        self.settings = settings
        let place: String
        if let name = configuration.model {
            guard settings.vocabulary == nil else {
                throw AkinError(
                    .invalidArgument, "The model \(name) has its own vocabulary; name the one or the other, not both.")
            }
            let network = try FineTuning.network(
                try EncoderResolver(configuration: configuration).model(named: name))
            (source, tokenizer, place) = (
                network.folder, try network.wordPieceTokenizer(), network.folder.path
            )
            files = try TokenizerFiles(of: network.folder)
            let shape = try BERTConfiguration(file: network.folder.appending(path: "config.json"))
            guard settings.length <= shape.maximumPositions else {
                throw AkinError(
                    .invalidArgument,
                    "Sequences of \(settings.length) tokens are longer than \(name) reads, which is "
                        + "\(shape.maximumPositions).")
            }
            guard !settings.predictsNextSentence || shape.tokenTypeCount > 1 else {
                throw AkinError(.incompatible, "\(name) knows no second text, which next sentences need.")
            }
        } else {
            source = nil
            // Sizes are checked before anything is learnt.
            _ = try Self.shape(settings, vocabularySize: 5)
            if let vocabulary = settings.vocabulary {
                let folder = try Self.folder(ofVocabulary: vocabulary)
                (tokenizer, files, place) = (
                    try WordPieceTokenizer(folder: folder), try TokenizerFiles(of: folder), vocabulary
                )
            } else {
                let options = VocabularyOptions(size: settings.vocabularySize)
                (files, tokenizer) = try TokenizerFiles.learnt(try learn(options), options: options)
                place = "the corpus"
            }
        }
        guard let maskID = tokenizer.maskID else {
            throw AkinError(
                .invalidData,
                "The vocabulary of \(place) has no token [MASK], which hidden words need; name another.")
        }
        self.maskID = maskID
    }

    /// The network before its first step.
    func model() throws -> TrainingModel {
        let task = TrainingTask.maskedWords(nextSentence: settings.predictsNextSentence)
        if let source { return try TrainingModel(folder: source, task: task, seed: settings.seed) }
        return TrainingModel(
            shape: try Self.shape(settings, vocabularySize: tokenizer.vocabularySize), task: task, seed: settings.seed)
    }

    /// Which tokens are hidden.
    var masking: WordMasking {
        var isSpecial = [Bool](repeating: false, count: tokenizer.vocabularySize)
        let framing = [
            tokenizer.padID, tokenizer.unknownID, tokenizer.classID, tokenizer.separatorID, maskID,
        ]
        for id in framing { isSpecial[Int(id)] = true }
        var masking = WordMasking(maskID: maskID, isSpecial: isSpecial, isContinuation: tokenizer.continuations)
        masking.hidesWholeWords = settings.hidesWholeWords
        return masking
    }

    /// How the network is trained.
    func trainingSettings(_ configuration: Database.Configuration) -> TrainingSettings {
        var result = TrainingSettings()
        result.epochs = settings.epochs ?? (source == nil ? 10 : 3)
        result.steps = settings.steps
        result.batchSize = settings.batchSize
        result.rate = Float(settings.learningRate ?? (source == nil ? 5e-4 : 5e-5))
        result.warmUpShare = Float(settings.warmUpShare)
        result.dropout = Float(settings.dropout)
        (result.seed, result.threads) = (settings.seed, configuration.threads)
        result.rounds = configuration.precision != .fp32
        return result
    }

    private static func shape(_ settings: MaskedWordTraining, vocabularySize: Int) throws -> BERTConfiguration {
        let network = settings.network
        return try BERTConfiguration(
            layers: network.layers, hiddenSize: network.hiddenSize, heads: network.heads,
            intermediateSize: network.intermediateSize, vocabularySize: vocabularySize,
            maximumPositions: settings.length)
    }

    /// The folder that a vocabulary is in, which may be named by its file.
    private static func folder(ofVocabulary path: String) throws -> URL {
        let url = URL(fileURLWithPath: path)
        guard let status = FileStatus(of: path) else { throw AkinError(.noInput, "\(path) does not exist.") }
        if status.kind == .folder { return url }
        guard ["vocab.txt", "tokenizer.json"].contains(url.lastPathComponent) else {
            throw AkinError(
                .noInput,
                "\(path) is no vocabulary; name a folder with vocab.txt and tokenizer_config.json, or its vocab.txt.")
        }
        return url.deletingLastPathComponent()
    }
}
