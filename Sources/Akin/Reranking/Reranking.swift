import AkinCore

/// How the best results of a search are ranked again by a cross-encoder, a model that reads question and passage together.
///
/// ```swift
/// let reranking = Reranking(by: "models/judge", budget: .milliseconds(300))
/// let answer = try await database.search(SearchRequest("who pays for returns?", rerank: reranking))
/// for hit in answer.results { print(hit.id, hit.scores.rerank.map { "\($0)" } ?? "not scored") }
/// ```
public struct Reranking: Sendable, Hashable {
    /// How many results are ranked again where nothing else is said.
    public static let standardDepth = 50
    /// The most results that can be ranked again.
    public static let maximumDepth = 1000

    /// The cross-encoder, by name or folder.
    public var model: String
    /// How many of the best results are ranked again, 1 to `maximumDepth`: documents by their best passage, or passages
    /// where the answer is one of passages. More take longer and find what the first ranking put further down.
    public var depth: Int
    /// How long scoring may take; nil for as long as it needs. The most promising results are scored first, as many as fit,
    /// and at least one for each thread. The time to load the model, once for a database, is not part of it.
    public var budget: Duration?

    /// Makes a setting.
    public init(by model: String, depth: Int = Self.standardDepth, budget: Duration? = nil) {
        (self.model, self.depth, self.budget) = (model, depth, budget)
    }
}

extension Reranking {
    /// Throws `.invalidArgument` for a depth or a time out of bounds.
    func check() throws {
        guard (1...Self.maximumDepth).contains(depth) else {
            throw AkinError(
                .invalidArgument, "Rank 1 to \(Self.maximumDepth) results again, not \(depth).")
        }
        guard budget ?? .seconds(1) > .zero else {
            throw AkinError(.invalidArgument, "Give ranking again more than no time.")
        }
    }
}

/// What ranking again came to: see `SearchResponse.rerank`.
public struct RerankingReport: Sendable, Hashable, Codable {
    /// The cross-encoder's name.
    public var model: String
    /// The results that were to be scored.
    public var candidates: Int
    /// Those that were; fewer where the time was short.
    public var scored: Int
    /// How long scoring took, in milliseconds.
    public var elapsedMilliseconds: Double
    /// How long it might take; nil for no bound.
    public var budgetMilliseconds: Double?

    private enum CodingKeys: String, CodingKey {
        case model, candidates, scored
        case elapsedMilliseconds = "elapsed_ms"
        case budgetMilliseconds = "budget_ms"
    }
}

extension Duration {
    /// In milliseconds.
    var milliseconds: Double { self / .milliseconds(1) }
}
