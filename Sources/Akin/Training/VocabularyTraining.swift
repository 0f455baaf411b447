import AkinCore
import AkinTokenizers
import AkinTraining
import Foundation

/// Learns the vocabulary of a BERT model from texts.
///
/// ```swift
/// let summary = try await VocabularyTraining(size: 8000).run(on: ["corpus.txt"], output: "vocabulary")
/// print(summary.entries)
/// ```
public struct VocabularyTraining: Sendable {
    /// Entries, special tokens and letters included. Learning ends earlier where no pair is frequent enough.
    public var size: Int
    /// How often a pair of pieces must occur to be joined.
    public var minimumFrequency: Int
    /// The most different letters; words with rarer ones stay unknown.
    public var alphabetLimit: Int
    /// Whether texts are lower-cased and lose their accents.
    public var lowercases: Bool

    /// The defaults are BERT's.
    public init(
        size: Int = 30_522, minimumFrequency: Int = 2, alphabetLimit: Int = 1000, lowercases: Bool = true
    ) {
        self.size = size
        self.minimumFrequency = minimumFrequency
        self.alphabetLimit = alphabetLimit
        self.lowercases = lowercases
    }

    /// What was learnt.
    public struct Summary: Sendable, Codable {
        /// Entries of the vocabulary.
        public let entries: Int
        /// Words of the corpus, each as often as it occurs.
        public let words: Int
        /// Different words of the corpus.
        public let distinctWords: Int
        /// Pieces that a word of the corpus has in the mean.
        public let tokensPerWord: Double
        /// The share of the corpus' words that the vocabulary cannot write.
        public let unknownShare: Double
        /// How long it took, in milliseconds.
        public let elapsedMilliseconds: Double

        private enum CodingKeys: String, CodingKey {
            case entries, words, distinctWords, tokensPerWord, unknownShare
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Learns a WordPiece vocabulary and writes it as a folder that BERT's tokenizers read: `vocab.txt` and
    /// `tokenizer_config.json`. The corpus is streamed; its different words are held.
    ///
    /// - Parameters:
    ///   - paths: text files, files of records (`.jsonl`, `.csv`, `.tsv`) with a text each, or folders of texts.
    ///   - folder: made where there is none; one that holds a model is refused.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noInput` for a file that cannot be read
    ///   or holds no text, `.invalidData` for text that is not UTF-8, `.invalidArgument` for a size that has no room for
    ///   the letters, `.cannotCreate` for a folder that cannot be written.
    public func run(on paths: [String], output folder: String, progress: ProgressHandler? = nil) async throws -> Summary
    {
        let options = VocabularyOptions(
            size: size, minimumFrequency: minimumFrequency, alphabetLimit: alphabetLimit, lowercases: lowercases)
        return try await offload {
            let url = URL(fileURLWithPath: folder)
            try VocabularyFolder.requireWritable(url)
            let start = ContinuousClock.now
            var counts = WordCounts(options.tokenizer)
            let corpus = CorpusDocuments(paths: paths)
            let total = Double(corpus.byteCount)
            var read = 0.0
            try corpus.forEach { bytes in
                try CancellationFlag.check()
                read += Double(bytes)
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: "counting words"), completed: read, total: total, unit: .bytes,
                        documents: 0))
            } _: { lines in
                for line in lines { counts.add(line) }
            }
            if let guesses = corpus.guesses.sentence {
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: "counting words"), completed: read, total: total, unit: .bytes,
                        documents: 0, notice: guesses))
            }
            let entries = try WordPieceTrainer(options: options).train(counts) { entries in
                try CancellationFlag.check()
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: "learning entries"), completed: Double(entries),
                        total: Double(options.size), unit: .words, documents: 0))
            }
            let tokenizer = try VocabularyFolder.write(entries, options: options, to: url)
            let coverage = counts.coverage(by: tokenizer)
            let elapsed = ContinuousClock.now - start
            return Summary(
                entries: entries.count, words: counts.total, distinctWords: counts.distinct,
                tokensPerWord: coverage.tokensPerWord, unknownShare: coverage.unknownShare,
                elapsedMilliseconds: elapsed / .milliseconds(1))
        }
    }
}
