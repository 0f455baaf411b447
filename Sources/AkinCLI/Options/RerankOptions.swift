import Akin
import ArgumentParser

/// Ranking the best results of a search again by a cross-encoder.
struct RerankOptions: ParsableArguments {
    @Option(
        name: .customLong("rerank"),
        help: ArgumentHelp(
            "Rank the best results again by a cross-encoder, which reads question and passage together.",
            valueName: "model"),
        completion: .directory)
    var model: String?

    @Option(
        name: .customLong("rerank-depth"), parsing: .unconditional,
        help: ArgumentHelp("How many results are ranked again (default: 50).", valueName: "n"))
    var depth: Int?

    @Option(
        name: .customLong("rerank-ms"), parsing: .unconditional,
        help: ArgumentHelp(
            "Milliseconds for it: as many as fit are scored, the most promising first (default: no bound).",
            valueName: "n"))
    var milliseconds: Int?

    func validate() throws {
        if model == nil, depth != nil || milliseconds != nil {
            throw ValidationError("--rerank-depth and --rerank-ms go with --rerank MODEL.")
        }
        if let depth, !(1...Reranking.maximumDepth).contains(depth) {
            throw ValidationError("--rerank-depth must be from 1 to \(Reranking.maximumDepth), not \(depth).")
        }
        if let milliseconds, milliseconds < 1 {
            throw ValidationError("--rerank-ms must be 1 or more, not \(milliseconds).")
        }
    }

    /// Nil where nothing is ranked again.
    var reranking: Reranking? {
        model.map {
            Reranking(
                by: $0, depth: depth ?? Reranking.standardDepth,
                budget: milliseconds.map { .milliseconds($0) })
        }
    }
}
