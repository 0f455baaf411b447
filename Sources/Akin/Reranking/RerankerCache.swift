import Synchronization

/// The cross-encoders of one open database, each loaded at its first use.
final class RerankerCache: Sendable {
    private let loaded = Mutex<[String: Reranker]>([:])

    func reranker(_ model: String, load: () throws -> Reranker) rethrows -> Reranker {
        try loaded.withLock { cache in
            if let reranker = cache[model] { return reranker }
            let reranker = try load()
            cache[model] = reranker
            return reranker
        }
    }
}
