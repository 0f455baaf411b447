import AkinTraining
import Foundation

/// Trains a BERT network on texts without labels, by hidden words, from scratch or going on from a model.
///
/// ```swift
/// let report = try await MaskedWordTraining().run(on: ["corpus.txt"], output: "models/own")
/// print(report.perplexityBefore, report.perplexity)
/// ```
///
/// What it writes fills masks (``MaskedWordModel``), is what fine-tuning starts from, and encodes texts by the mean of
/// their states. The same texts and settings give the same model, whatever the number of threads.
///
/// Memory: 16 bytes a parameter, the states of one step or, where they do not fit, of a part of it, and 16 bytes for each
/// sequence of the corpus, whose tokens stay in a file beside the output (four bytes each) while it is read.
public struct MaskedWordTraining: Sendable {
    /// The sizes of a network that is trained from scratch.
    public struct Network: Sendable, Hashable {
        /// Layers.
        public var layers: Int
        /// Components of a token's state.
        public var hiddenSize: Int
        /// Attention heads of a layer; they divide the hidden size.
        public var heads: Int
        /// Components inside the feed-forward step.
        public var intermediateSize: Int

        /// A small network, which some megabytes of text can teach.
        ///
        /// - Parameters:
        ///   - heads: nil makes them 64 components wide.
        ///   - intermediateSize: nil is four times the hidden size, as in BERT.
        public init(layers: Int = 4, hiddenSize: Int = 256, heads: Int? = nil, intermediateSize: Int? = nil) {
            self.layers = layers
            self.hiddenSize = hiddenSize
            self.heads = heads ?? max(hiddenSize / 64, 1)
            self.intermediateSize = intermediateSize ?? 4 * max(min(hiddenSize, 1 << 20), 0)
        }
    }

    /// The network, where no model is given to start from.
    public var network = Network()
    /// A folder with a vocabulary, as ``VocabularyTraining`` writes it, or its `vocab.txt`; nil learns one from the corpus.
    /// A model to start from has its own.
    public var vocabulary: String?
    /// Entries of a vocabulary that is learnt.
    public var vocabularySize = 8000
    /// Whether all pieces of a word are hidden together.
    public var hidesWholeWords = false
    /// Whether the network also learns to tell if one text follows another: sequences are pairs, half of them with a
    /// second text of another document.
    public var predictsNextSentence = false
    /// Tokens of a sequence, `[CLS]` and `[SEP]` included. A network from scratch reads no longer texts.
    public var length = 128
    /// Passes over the texts, each with new masks; nil is 10 from scratch and 3 from a model.
    public var epochs: Int?
    /// Steps in all, in place of whole passes.
    public var steps: Int?
    /// Sequences of a step.
    public var batchSize = 32
    /// The largest learning rate; nil is 5e-4 from scratch and 5e-5 from a model.
    public var learningRate: Double?
    /// The share of the steps in which the rate rises.
    public var warmUpShare = 0.1
    /// The share of activations that are dropped in each step.
    public var dropout = 0.1
    /// The share of the sequences that is scored on and not learnt from; about a thousand are enough.
    public var heldOutShare = 0.05
    /// Decides the first weights, the masks, the pairs, the order, dropout and what is held out.
    public var seed: UInt64 = 1
    /// The field with the text, where the corpus is of records and has an unusual one.
    public var textField: String?
    /// The bytes that the process may take; nil takes four fifths of what is free. A step that needs more is made in parts,
    /// and its result differs by rounding alone.
    public var memory: Int?
    /// How often the run's state is kept beside the folder to write, as `FOLDER.checkpoint`. When the process ends before
    /// its time, the same training goes on from there to the same model.
    public var checkpointInterval = Duration.seconds(60)

    /// The defaults fit some tens of megabytes of text and an hour.
    public init() {}

    /// How well the network did at one time.
    public struct Point: Sendable, Codable {
        /// Steps made.
        public let step: Int
        /// The mean loss of the steps since the point before; nil at the start.
        public let loss: Double?
        /// The perplexity of hidden words in the held-out part.
        public let perplexity: Double
        /// The share of held-out pairs told right; nil without next sentences.
        public let nextSentenceAccuracy: Double?

        private enum CodingKeys: String, CodingKey {
            case step, loss, perplexity
            case nextSentenceAccuracy = "next_sentence_accuracy"
        }
    }

    /// What was trained. Scores are of the held-out part, with masks that are always the same.
    public struct Report: Sendable, Codable {
        /// The perplexity of hidden words: among how many words, all equally likely, a choice would be as hard.
        public let perplexity: Double
        /// The same before the first step.
        public let perplexityBefore: Double
        /// The share of pairs told right; nil without next sentences.
        public let nextSentenceAccuracy: Double?
        /// From the start to the end.
        public let curve: [Point]
        /// Steps made.
        public let steps: Int
        /// Sequences learnt from.
        public let trainingCount: Int
        /// Sequences scored on.
        public let heldOutCount: Int
        /// Tokens of the corpus.
        public let tokenCount: Int
        /// Tokens learnt in a second, without the time for scores.
        public let tokensPerSecond: Double
        /// The share of the corpus' tokens that the vocabulary does not know.
        public let unknownShare: Double
        /// Entries of the vocabulary.
        public let vocabularySize: Int
        /// Numbers that were trained.
        public let parameterCount: Int
        /// The memory that the run was expected to take at its peak.
        public let memoryBytes: Int
        /// The parts of a step: 1 unless memory is short.
        public let partCount: Int
        /// How long all took, in milliseconds.
        public let elapsedMilliseconds: Double

        private enum CodingKeys: String, CodingKey {
            case perplexity, curve, steps
            case perplexityBefore = "perplexity_before"
            case nextSentenceAccuracy = "next_sentence_accuracy"
            case trainingCount = "training_sequences"
            case heldOutCount = "held_out_sequences"
            case tokenCount = "tokens"
            case tokensPerSecond = "tokens_per_second"
            case unknownShare = "unknown_share"
            case vocabularySize = "vocabulary_size"
            case parameterCount = "parameters"
            case memoryBytes = "memory_bytes"
            case partCount = "parts_of_a_step"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Trains and writes the model as a folder, which ``MaskedWordModel``, trainings, ``Embedder`` and `transformers` read.
    ///
    /// - Parameters:
    ///   - paths: Text files with a sentence or paragraph a line and an empty line between documents; files of records
    ///     (`.jsonl`, `.csv`, `.tsv`) with a text each; or folders of texts.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to go on from (its `model`; nil begins from scratch), precision and threads.
    /// - Throws: `CancellationError` when the task is cancelled, after which the same training goes on from there;
    ///   `AkinError`: `.noInput` or `.invalidData` for texts that cannot be learnt from, `.invalidArgument` for sizes that
    ///   no network has, `.incompatible` for a model that is no BERT, `.cannotCreate` for a folder that is there.
    public func run(
        on paths: [String], output folder: String, configuration: Database.Configuration = Database.Configuration(),
        progress: ProgressHandler? = nil
    ) async throws -> Report {
        try await offload {
            try MaskedWordRun(self, configuration, progress).run(paths, URL(fileURLWithPath: folder))
        }
    }
}
