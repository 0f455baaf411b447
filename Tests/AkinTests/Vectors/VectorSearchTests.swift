import Akin
import AkinTestSupport
import Foundation
import Testing

/// Search by vector against plain arithmetic, for every metric and type.
@Suite struct VectorSearchTests {
    /// Few enough for the graph's answers to be exact: it compares all of its nodes when they are no more than it would
    /// visit.
    private static let count = 60

    private static func store(
        _ vectors: [[Float]], _ metric: DistanceMetric, _ element: VectorElement, threshold: Int = 20_000
    ) async throws -> (Database, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let database = try await Database.open(
            at: folder.path("v.db"), mode: .create,
            configuration: Database.Configuration(threads: 2, exactThreshold: threshold))
        let options = VectorImportOptions(metric: metric, element: element)
        let summary = try await database.insert(vectors: SampleVectors.records(vectors), options: options)
        #expect(summary.added == vectors.count && summary.problemCount == 0 && summary.dimension == vectors[0].count)
        #expect(summary.metric == metric && summary.elementType == element)
        return (database, folder)
    }

    /// Expects the answer's scores to be the best there are, each to be its own row's, and as many as were asked for.
    private static func expectTruth(
        _ answer: SearchResponse, of query: [Float], among vectors: [[Float]], _ metric: DistanceMetric, count: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let truth = vectors.map { SampleVectors.score(query, $0, metric) }.sorted(by: >)
        let scale = max(1, truth.map(abs).max() ?? 1)
        #expect(answer.results.count == min(count, vectors.count), sourceLocation: sourceLocation)
        #expect(Set(answer.ids).count == answer.results.count, sourceLocation: sourceLocation)
        for (rank, result) in answer.results.enumerated() {
            let row = try #require(Int(result.id.dropFirst()), sourceLocation: sourceLocation)
            let own = SampleVectors.score(query, vectors[row], metric)
            #expect(abs(own - truth[rank]) <= 1e-5 * scale, "\(result.id) at \(rank)", sourceLocation: sourceLocation)
            #expect(abs(result.score - own) <= 1e-5 * scale, sourceLocation: sourceLocation)
            #expect(
                result.scores.semantic == result.score && result.scores.keyword == nil, sourceLocation: sourceLocation)
            #expect(result.encoder == "external" && result.text == "", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: DistanceMetric.allCases, VectorElement.allCases)
    func `the nearest are found exactly and by the graph`(_ metric: DistanceMetric, _ element: VectorElement)
        async throws
    {
        let vectors = SampleVectors.make(Self.count, dimension: 24, element: element)
        let (database, _folder) = try await Self.store(vectors, metric, element, threshold: 10)
        let queries = vectors.prefix(3) + SampleVectors.make(5, dimension: 24, seed: 9).map { $0.map { $0 * 40 } }
        for query in queries {
            for (plan, used) in [(SearchPlan.exact, SearchPlan.exact), (.graph, .graph), (.auto, .graph)] {
                let answer = try await database.search(vector: query, count: 10, plan: plan)
                #expect(answer.plan == used && answer.warnings == [] && answer.mode == .semantic)
                try Self.expectTruth(answer, of: query, among: vectors, metric, count: 10)
            }
        }
        #expect(try await database.verify() == [])
        withExtendedLifetime(_folder) {}
    }

    @Test(arguments: DistanceMetric.allCases, [1, 2, 3, 17, 384, 4096])
    func `vectors of every dimension are found`(_ metric: DistanceMetric, _ dimension: Int) async throws {
        let vectors = SampleVectors.make(25, dimension: dimension, seed: UInt64(dimension))
        let (database, _folder) = try await Self.store(vectors, metric, .f32, threshold: 10)
        for query in SampleVectors.make(3, dimension: dimension, seed: 77) {
            for plan in [SearchPlan.exact, .graph] {
                let answer = try await database.search(vector: query, count: 30, plan: plan)
                try Self.expectTruth(answer, of: query, among: vectors, metric, count: 30)
            }
        }
        withExtendedLifetime(_folder) {}
    }

    @Test(arguments: DistanceMetric.allCases) func `a large graph finds nearly all`(_ metric: DistanceMetric)
        async throws
    {
        let vectors = SampleVectors.make(2000, dimension: 12)
        let (database, _folder) = try await Self.store(vectors, metric, .f32, threshold: 100)
        var found = 0
        for query in SampleVectors.make(40, dimension: 12, seed: 5) {
            let graph = try await database.search(vector: query, count: 10, plan: .graph)
            let exact = try await database.search(vector: query, count: 10, plan: .exact)
            #expect(graph.plan == .graph && graph.results.count == 10)
            found += Set(graph.ids).intersection(exact.ids).count
        }
        #expect(found >= 380, "of 400")
        let report = try await database.recall(
            ef: [2000], samples: 50, vectors: SampleVectors.make(20, dimension: 12, seed: 6))
        #expect(report.queries == 70 && report.vectors == 2000 && !report.builtForThis && report.unreachable == 0)
        #expect(report.ef.last?.recall == 1)
        withExtendedLifetime(_folder) {}
    }

    @Test(arguments: DistanceMetric.allCases) func `what came after the graph is in the answer`(
        _ metric: DistanceMetric
    )
        async throws
    {
        var vectors = SampleVectors.make(Self.count, dimension: 8)
        let (database, folder) = try await Self.store(vectors, metric, .f32, threshold: 10)
        let reader = try await Database.open(
            at: folder.path("v.db"), configuration: Database.Configuration(threads: 1, exactThreshold: 10))
        _ = try await reader.search(vector: vectors[0])
        // One more, one of another direction, one gone.
        let fresh = SampleVectors.make(2, dimension: 8, seed: 40)
        _ = try await database.insert(vectors: [
            VectorRecord(id: "v60", vector: fresh[0]), VectorRecord(id: "v7", vector: fresh[1]),
        ])
        vectors.append(fresh[0])
        vectors[7] = fresh[1]
        #expect(try await database.information().spaces.first?.index?.pending == 2)
        for query in fresh + vectors.prefix(4) {
            let answer = try await reader.search(vector: query, count: 61, plan: .graph)
            #expect(answer.plan == .graph)
            try Self.expectTruth(answer, of: query, among: vectors, metric, count: 61)
        }
        #expect(try await database.delete(id: "v7"))
        #expect(try await !reader.search(vector: fresh[1], count: 61, plan: .graph).ids.contains("v7"))
        #expect(try await database.verify() == [])
        #expect(try await database.optimize().contains { $0.message.contains("index") })
        #expect(try await reader.search(vector: fresh[0], count: 1, plan: .graph).results.count == 1)
    }

    @Test func `lengths beyond single precision have the right cosine`() async throws {
        let vectors: [[Float]] = [[3e38, 0], [0, 0x1p-140], [2e38, 2e38], [-0x1p-149, 0]]
        let (database, _folder) = try await Self.store(vectors, .cosine, .f32)
        let answer = try await database.search(vector: [0x1p-146, 0])
        #expect(answer.ids == ["v0", "v2", "v1", "v3"])
        #expect(answer.results.map { ($0.score * 1000).rounded() / 1000 } == [1, 0.707, 0, -1])
        withExtendedLifetime(_folder) {}
    }

    @Test func `equal vectors are all found`() async throws {
        let vectors = Array(repeating: [Float]([1, 2, 3]), count: 40) + [[3, 2, 1]]
        let (database, _folder) = try await Self.store(vectors, .l2, .int8, threshold: 10)
        let answer = try await database.search(vector: [1, 2, 3], count: 41, plan: .graph)
        #expect(answer.results.count == 41 && answer.ids.last == "v40")
        // No distance is 0, not minus 0.
        #expect(answer.results.dropLast().allSatisfy { $0.score == 0 && $0.scores.semantic?.sign == .plus })
        withExtendedLifetime(_folder) {}
    }

    @Test(arguments: [
        (DistanceMetric.cosine, [Float]([1, 2]), "2 components"), (.cosine, [], "0 components"),
        (.cosine, [0, 0, 0], "zeros"),
        (.l2, [1, .nan, 1], "nan"), (.dot, [1, 1, -.infinity], "inf"), (.l2, [1e30, 0, 0], "single precision"),
    ]) func `queries that do not fit are refused`(_ metric: DistanceMetric, _ query: [Float], _ reason: String)
        async throws
    {
        let (database, _folder) = try await Self.store(SampleVectors.make(5, dimension: 3), metric, .f32)
        await expectRefusal(.invalidArgument, saying: reason) { try await database.search(vector: query) }
        await expectRefusal(.invalidArgument, saying: reason) {
            try await database.recall(k: 2, samples: 2, vectors: [query])
        }
        withExtendedLifetime(_folder) {}
    }

    @Test(arguments: [SearchMode.keyword, .words]) func `a vector is not searched for by keywords`(_ mode: SearchMode)
        async throws
    {
        let (database, _folder) = try await Self.store(SampleVectors.make(5, dimension: 3), .cosine, .f32)
        await expectRefusal(.invalidArgument, saying: mode.rawValue) {
            try await database.search(SearchRequest("", mode: mode, vector: [1, 2, 3]))
        }
        withExtendedLifetime(_folder) {}
    }

    @Test(arguments: DistanceMetric.allCases) func `similar leaves the document itself out`(_ metric: DistanceMetric)
        async throws
    {
        let vectors = SampleVectors.make(20, dimension: 6)
        let (database, _folder) = try await Self.store(vectors, metric, .f32)
        let answer = try await database.similar(to: "v3", count: 19)
        let truth = vectors.indices.filter { $0 != 3 }
            .sorted {
                SampleVectors.score(vectors[3], vectors[$0], metric)
                    > SampleVectors.score(vectors[3], vectors[$1], metric)
            }
        #expect(answer.ids == truth.map { "v\($0)" })
        withExtendedLifetime(_folder) {}
    }

    @Test func `clusters follow the vectors`() async throws {
        let corners: [[Float]] = [[10, 0, 0], [0, 10, 0], [0, 0, 10]]
        let vectors = (0..<30).map { row in
            zip(corners[row % 3], SampleVectors.make(30, dimension: 3)[row]).map { $0 + $1 / 4 }
        }
        let (database, _folder) = try await Self.store(vectors, .l2, .f32)
        let outcome = try await database.cluster(ClusteringOptions(count: 3))
        #expect(outcome.k == 3 && outcome.notes == [])
        let json = try JSONSerialization.jsonObject(with: try outcome.rendered(as: .json)) as? [String: Any]
        let assignments = try #require(json?["assignments"] as? [String: Int])
        for row in vectors.indices { #expect(assignments["v\(row)"] == assignments["v\(row % 3)"]) }
        #expect(Set(assignments.values).count == 3)
        withExtendedLifetime(_folder) {}
    }
}
