import AkinCore
import AkinIndex
import AkinStore
import AkinVectors

extension Database {
    /// Measures the graph against an exact scan: on stored vectors drawn at random (each is left out of its own
    /// answer), and on `queries` and `vectors` from outside.
    ///
    /// The graph in use is measured where one fits the store's present state, otherwise one is built for this, whatever
    /// the planner would do. The report has a row for each `ef` asked for and for the default. Times are of one thread,
    /// from a vector to ids.
    public func recall(
        k: Int = 10, ef: [Int] = [], samples: Int = 1000, queries: [String] = [], vectors outside: [[Float]] = [],
        progress: ProgressHandler? = nil
    ) async throws -> RecallReport {
        try await offload { [self] in
            guard k > 0, ef.allSatisfy({ $0 > 0 }),
                samples > 0 || (samples == 0 && !(queries.isEmpty && outside.isEmpty))
            else {
                throw AkinError(
                    .invalidArgument, "Recall is measured with k and ef of at least 1, on at least one sample or query."
                )
            }
            guard let space = try store.read({ try activeSpace($0) }) else {
                throw AkinError(
                    .incompatible, "\(path) holds no vectors, so there is nothing to measure.", remedy: .indexDocuments)
            }
            let (ids, vectors) = try store.read { try $0.allVectors(of: space) }
            guard ids.count > k else {
                throw AkinError(
                    .invalidArgument, "\(path) holds \(ids.count) vectors: recall@\(k) needs more than \(k).")
            }
            let current = try store.read { reader in
                try snapshots.snapshot(of: space, store: store, reader: reader).snapshot.flatMap { snapshot in
                    try LogTail(after: snapshot.header.lastSequence, space: space.id, reader: reader).isEmpty
                        ? snapshot.index : nil
                }
            }
            let graph = try current ?? buildGraph(of: space, progress: progress).0
            let probes = try RecallProbes(
                exact: ExactIndex(ids: ids, vectors: vectors, metric: try space.distanceMetric()), ids: ids,
                vectors: vectors,
                samples: samples, queries: try encode(queries, space: space) + outside.map(space.comparable(query:)),
                k: k,
                threads: configuration.threads)
            let defaultEf = HNSWParameters().efSearch
            let efs = Array(Set((ef.isEmpty ? [16, 32, 64, 128, 256, 512] : ef) + [defaultEf])).sorted()
            let rows = try efs.map { ef in
                try CancellationFlag.check()
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: "measuring ef \(ef)"), completed: 0, total: nil, unit: .queries,
                        documents: 0))
                return probes.measure(graph, ef: ef)
            }
            let statistics = graph.statistics()
            return RecallReport(
                vectors: ids.count, k: k, ef: rows, defaultEf: defaultEf, unreachable: statistics.unreachable,
                orphans: statistics.orphans,
                queries: probes.count, builtForThis: current == nil)
        }
    }

    private func encode(_ queries: [String], space: VectorSpace) throws -> [[Float]] {
        guard !queries.isEmpty else { return [] }
        let encoded = try encoder(of: space).encode(queries, role: .query, threads: configuration.threads)
        return (0..<queries.count).compactMap(encoded.unitVector)
    }
}

extension LogTail {
    var isEmpty: Bool { added.isEmpty && deleted.isEmpty }
}

/// Query vectors with their true nearest neighbours.
struct RecallProbes {
    private let k: Int
    private let queries: [[Float]]
    /// The stored row each query is, left out of its answers; nil for queries from outside.
    private let own: [Int64?]
    /// The true nearest of each query, best first, as deep as the deepest measurement.
    private let truth: [[Int64]]
    /// Depths measured beside k.
    private let depths: [Int]

    var count: Int { queries.count }

    init(
        exact: ExactIndex, ids: [Int64], vectors: Matrix, samples: Int, queries outside: [[Float]], k: Int, threads: Int
    ) throws {
        self.k = k
        var random = SeededGenerator(seed: 42)
        var rows = Array(ids.indices)
        let drawn = min(samples, rows.count)
        for position in 0..<drawn { rows.swapAt(position, position + random.integer(below: rows.count - position)) }
        queries = rows[..<drawn].map(vectors.row) + outside
        own = rows[..<drawn].map { ids[$0] } + outside.map { _ in nil }
        depths = [1, 100].filter { $0 != k && $0 < ids.count }
        let deepest = max(k, depths.max() ?? k)
        truth = try Parallel.map(Array(zip(queries, own)), threads: threads) { query, own in
            Self.answer(exact, query, without: own, k: deepest, ef: nil).ids
        }
    }

    /// Recall, speed and cost of a graph at one `ef`, all queries in turn on this thread.
    func measure(_ graph: HNSWIndex, ef: Int) -> RecallMeasurement {
        var answers: [[Int64]] = []
        var distances = 0
        let started = ContinuousClock.now
        for index in queries.indices {
            let answer = Self.answer(graph, queries[index], without: own[index], k: k, ef: ef)
            answers.append(answer.ids)
            distances += answer.distances
        }
        let seconds = started.duration(to: .now) / .seconds(1)
        let queryCount = Double(queries.count)
        let others = depths.map { depth in
            (
                depth,
                recall(
                    queries.indices.map { Self.answer(graph, queries[$0], without: own[$0], k: depth, ef: ef).ids },
                    depth)
            )
        }
        return RecallMeasurement(
            ef: ef, recall: recall(answers, k), recallAt: Dictionary(uniqueKeysWithValues: others),
            qps: queryCount / seconds,
            distances: Double(distances) / queryCount)
    }

    private func recall(_ answers: [[Int64]], _ depth: Int) -> Double {
        let found = zip(answers, truth).reduce(0) { $0 + Set($1.0).intersection($1.1.prefix(depth)).count }
        return Double(found) / Double(truth.reduce(0) { $0 + min(depth, $1.count) })
    }

    private static func answer(
        _ index: some VectorIndex, _ query: [Float], without own: Int64?, k: Int, ef: Int?
    ) -> (ids: [Int64], distances: Int) {
        let result = index.search(query, k: own == nil ? k : k + 1, ef: ef, isAllowed: nil)
        return (Array(result.neighbors.lazy.map(\.id).filter { $0 != own }.prefix(k)), result.distancesComputed)
    }
}
