public import AkinCore
import AkinStore
import AkinVectors

extension Database {
    /// Answers a question in words.
    ///
    /// - Parameters:
    ///   - count: the most results, 1 to `SearchRequest.maximumCount`.
    ///   - mode: which evidence ranks the results.
    ///   - filter: only documents that meet it are searched; nil searches all.
    /// - Throws: what `search(_:)` of a `SearchRequest` throws.
    public func search(
        _ query: String, count: Int = 10, mode: SearchMode = .hybrid, filter: Filter? = nil
    ) async throws -> SearchResponse {
        try await search(SearchRequest(query, count: count, mode: mode, filter: filter))
    }

    /// Answers a question. The whole answer is read in one transaction, so it shows one state of the store.
    ///
    /// - Throws: `AkinError`: `.invalidArgument` for an empty query, one that only excludes, or a count out of bounds; `.incompatible` where the
    ///   store has no vectors that fit the request, and for a cross-encoder that does not rank; `.noModel` where its encoder
    ///   or the cross-encoder is not installed.
    /// - Complexity: the encoder's pass over the query, and a walk of the graph or a comparison with every vector; with a
    ///   cross-encoder its pass over the question and each of the passages that it scores.
    public func search(_ request: SearchRequest) async throws -> SearchResponse {
        try await offload(on: .questions) { [self] in try searchNow(request) }
    }

    /// Answers several questions, one response each, in their order, on as many threads as the configuration has. Each
    /// answer shows one state of the store, as if it were asked for alone.
    public func search(_ requests: [SearchRequest]) async throws -> [SearchResponse] {
        try await offload(on: .questions) { [self] in
            // The first one alone loads what all need.
            let first = try requests.prefix(1).map { try searchNow($0) }
            let rest = requests.dropFirst()
            let cancellation = CancellationFlag.current
            return try first
                + Parallel.map(Array(rest), threads: configuration.threads) { request in
                    try CancellationFlag.$current.withValue(cancellation) {
                        try CancellationFlag.check()
                        return try searchNow(request, threads: 1)
                    }
                }
        }
    }

    /// - Parameter threads: for what takes long beside the search itself; nil takes the configuration's.
    func searchNow(_ request: SearchRequest, threads: Int? = nil) throws -> SearchResponse {
        guard (1...SearchRequest.maximumCount).contains(request.count) else {
            throw AkinError(
                .invalidArgument, "Ask for 1 to \(SearchRequest.maximumCount) results, not \(request.count).")
        }
        guard request.perDocument >= 1 else {
            throw AkinError(.invalidArgument, "Ask for 1 passage of a document or more, not \(request.perDocument).")
        }
        guard request.minimumScore?.isFinite ?? true else {
            throw AkinError(.invalidArgument, "Ask for a least score that is a number.")
        }
        try request.context?.check()
        if let rerank = request.rerank { try rerank.check() }
        return try store.read { reader in
            var searcher = Searcher(database: self, reader: reader, request: request, threads: threads)
            return try searcher.run()
        }
    }

    /// The documents nearest in meaning to a stored one, by the normalised mean of its passages' vectors; the document
    /// itself is left out.
    public func similar(
        to id: String, count: Int = 10, plan: SearchPlan = .auto, filter: Filter? = nil
    ) async throws -> SearchResponse {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                guard let document = try reader.document(id: id) else {
                    throw AkinError(
                        .notFound, "There is no document \(id.debugDescription) in \(path).",
                        remedy: .list(.documents))
                }
                guard let space = try activeSpace(reader) else {
                    throw AkinError(.incompatible, "\(path) has no vectors yet.", remedy: .optimize)
                }
                let passages = try reader.passages(documentRowID: document.rowID).map(\.id)
                let vectors = try reader.vectors(space: space.id, passages: passages).compactMap {
                    try $0.map(space.comparable(_:))
                }
                guard let query = try space.comparableMean(vectors) else {
                    throw AkinError(
                        .notFound,
                        "Document \(id.debugDescription) has no vector"
                            + (space.isImported ? "." : ", because it holds no word that \(space.encoderName) knows."))
                }
                let request = SearchRequest(id, count: count, mode: .semantic, plan: plan, filter: filter)
                var searcher = Searcher(database: self, reader: reader, request: request)
                return try searcher.run(vector: query, space: space, leavingOut: document.rowID)
            }
        }
    }
}
