import AkinCore
import AkinTokenizers
import AkinTransformers
import AkinVectors
import Foundation

/// Says how well passages answer a question, by a cross-encoder: a model that reads both together.
///
/// ```swift
/// let reranker = try await Reranker.load("models/judge")
/// let passages = ["The ferry leaves at nine.", "Boats are built of wood."]
/// let ranking = try await reranker.rank(passages, for: "when does the boat go?")
/// print(ranking.passages[0].index)  // 0
/// ```
///
/// A search ranks its best results again where `SearchRequest.rerank` is set. Any number of threads may use one reranker.
public final class Reranker: Sendable {
    private let encoder: CrossEncoder
    private let threads: Int

    private init(_ encoder: CrossEncoder, threads: Int) { (self.encoder, self.threads) = (encoder, threads) }

    /// The model's name.
    public var name: String { encoder.name }

    /// Loads a cross-encoder: a folder that `PairTraining` wrote with `isCrossEncoder`, or a Hugging Face folder of a
    /// BERT, RoBERTa, XLM-R, MPNet or DistilBERT model for sequence classification with one label, or with two of which
    /// the second says that the passage answers.
    ///
    /// - Parameters:
    ///   - model: The name of an installed model, or a folder.
    ///   - configuration: Its precision, threads and models count.
    /// - Throws: `AkinError`: `.noModel` where it is not installed, `.incompatible` where it does not rank,
    ///   `.invalidData` where its files do not fit together.
    public static func load(
        _ model: String, configuration: Database.Configuration = Database.Configuration()
    ) async throws -> Reranker {
        try await offload { try loadNow(model, configuration: configuration) }
    }

    static func loadNow(_ model: String, configuration: Database.Configuration) throws -> Reranker {
        let folder = try configuration.models.locate(model)
        guard !StaticModel.isFolder(folder) else {
            throw AkinError(
                .incompatible,
                "\(folder.lastPathComponent) is a static model, which makes vectors and reads no pairs; name a cross-encoder."
            )
        }
        let precision = EncoderResolver(configuration: configuration).precision(stored: nil)
        return Reranker(
            try CrossEncoder(folder: folder, precision: precision, cache: configuration.models.packed),
            threads: configuration.threads)
    }

    /// Passages in the order of how well they answer.
    public struct Ranking: Sendable {
        /// A passage of the ranking.
        public struct Passage: Sendable, Hashable {
            /// Its place among those that were given, from 0.
            public let index: Int
            /// How well it answers, larger is better; nil where the time was short. What a score means depends on the
            /// model: mostly a probability.
            public let score: Double?
        }

        /// All passages, best first; those without a score follow in the order in which they were given.
        public let passages: [Passage]
        /// Pairs of question and passage that were too long for the model, and lost the end of the longer text.
        public let truncatedCount: Int
        /// How long it took, in milliseconds.
        public let elapsedMilliseconds: Double
    }

    /// Ranks passages by how well they answer a question. Of passages with the same score the one that was given first
    /// comes first.
    ///
    /// - Parameter budget: How long it may take; nil for as long as it needs. The first passages are scored first, as many
    ///   as fit, and at least one for each thread.
    /// - Throws: `AkinError(.invalidArgument)` for an empty question; `.invalidData` where the model's scores are not
    ///   finite.
    /// - Complexity: a pass of the network over each pair.
    public func rank(
        _ passages: [String], for question: String, within budget: Duration? = nil
    ) async throws -> Ranking {
        guard !question.allSatisfy(\.isWhitespace) else {
            throw AkinError(.invalidArgument, "The question is empty: say what the passages are to answer.")
        }
        return try await offload(on: .questions) { [self] in
            let start = ContinuousClock.now
            let found = try scores(of: passages, for: question, within: budget, threads: threads)
            let order = found.scores.indices.sorted { (found.scores[$1], $0) < (found.scores[$0], $1) }
            return Ranking(
                passages: order.map { Ranking.Passage(index: $0, score: found.scores[$0]) }
                    + (found.scores.count..<passages.count).map { Ranking.Passage(index: $0, score: nil) },
                truncatedCount: found.truncated, elapsedMilliseconds: (ContinuousClock.now - start).milliseconds)
        }
    }

    /// The scores of the first passages, of as many as fit.
    ///
    /// - Parameter passages: the most promising first.
    func scores(
        of passages: [String], for question: String, within budget: Duration?, threads: Int
    ) throws -> (scores: [Double], truncated: Int) {
        var clock = ContinuousClock.now
        let pairs = try Parallel.map(passages, threads: threads) { try encoder.tokens(question, $0) }
        var plan = ScoringBudget(limit: budget.map { $0 - (ContinuousClock.now - clock) })
        var scores: [Double] = []
        while scores.count < pairs.count {
            try CancellationFlag.check()
            let rest = pairs[scores.count...]
            let part = rest.prefix(plan.next(rest.map(\.ids.count), threads: threads))
            if part.isEmpty { break }
            clock = .now
            scores += try encoder.scores(Array(part), threads: threads)
            plan.note(tokens: part.reduce(0) { $0 + $1.ids.count }, took: ContinuousClock.now - clock)
        }
        return (scores, pairs.prefix(scores.count).count { $0.truncated })
    }
}
