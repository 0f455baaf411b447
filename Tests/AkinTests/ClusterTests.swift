import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

private typealias ClusterJSON = ClusterReportJSON<Int64>

extension ClusterReportJSON {
    fileprivate init(_ outcome: ClusterOutcome) throws { try self.init(outcome.rendered(as: .json)) }
}

@Suite struct ClusterTests {
    private static let topics = [
        "the dog is walking with a cat and a dog", "the money is in a new bank and the money",
        "the man is playing a red guitar",
    ]

    private static func store(_ folder: TemporaryFolder, count: Int = 90) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(
            (0..<count).map {
                Document(
                    id: "d\($0)",
                    text: "\(topics[$0 % 3]) \(SampleTexts.adjectives[$0 / 3 % 5]) \(SampleTexts.nouns[$0 / 15 % 11])")
            })
        return database
    }

    @Test(arguments: [3, nil] as [Int?]) func `the report says what other programs rely on`(_ count: Int?) async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let outcome = try await database.cluster(ClusteringOptions(count: count))
        let report = try ClusterJSON(outcome)
        if let count { #expect(report.k == count) }
        #expect(report.k == outcome.k && report.k >= 2 && report.clusters.count == report.k)
        #expect(report.run == outcome.run && report.run != nil)
        #expect(!report.algorithm.isEmpty)
        #expect(report.clusters.map(\.id) == Array(0..<report.k))
        #expect(report.clusters.map(\.size).reduce(0, +) == 90)
        #expect(Set(report.assignments.keys) == Set((0..<90).map { "d\($0)" }))
        for cluster in report.clusters {
            #expect(report.assignments.values.count { $0 == cluster.id } == cluster.size)
            #expect(!cluster.label.isEmpty && !cluster.keywords.isEmpty && !cluster.representatives.isEmpty)
            for example in cluster.representatives { #expect(report.assignments[example.id] == cluster.id) }
            #expect(cluster.cohesion <= 1 + 1e-6)
        }
        // The objective is the sum of the members' cosines, cohesion their mean in each cluster.
        let sum = report.clusters.reduce(0) { $0 + $1.cohesion * Double($1.size) }
        #expect(abs(sum - report.objective) < 1e-3)
        #expect((-1...1).contains(report.silhouette))
    }

    @Test(arguments: [3, nil] as [Int?]) func `a seed gives the same clusters`(_ count: Int?) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let options = ClusteringOptions(count: count, seed: 7, save: false)
        let first = try ClusterJSON(try await database.cluster(options))
        let second = try ClusterJSON(try await database.cluster(options))
        #expect(first == second)
        #expect(first.run == nil)
        #expect(try await database.clusterRuns().isEmpty)
    }

    @Test func `runs are kept, listed, named and found`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let first = try await database.cluster(ClusteringOptions(count: 3))
        let second = try await database.cluster(ClusteringOptions(count: 2, unit: .passage))
        let (one, two) = (try #require(first.run), try #require(second.run))
        let listed = try await database.clusterRuns()
        #expect(listed.map(\.run) == [one, two])
        #expect(
            listed.map(\.k) == [3, 2] && listed.map(\.unit) == [.document, .passage]
                && listed.map(\.documents) == [90, 90])
        #expect(listed.allSatisfy { $0.name == nil && !$0.created.isEmpty })

        try await database.renameClusterRun("\(one)", to: "topics")
        #expect(try await database.clusterRuns().map(\.name) == ["topics", nil])
        for name in ["topics", "\(one)"] {
            let found = try await database.clusterRun(name)
            #expect(found.run == one)
            #expect(try ClusterJSON(found) == ClusterJSON(first))
        }
        #expect(try await database.clusterRun().run == two)

        await expectRefusal(.invalidArgument, saying: "topics") {
            try await database.renameClusterRun("\(two)", to: "topics")
        }
        for name in ["", "12"] {
            await expectRefusal(.invalidArgument) { try await database.renameClusterRun("topics", to: name) }
        }
        await expectRefusal(.notFound, saying: "nothing") { try await database.clusterRun("nothing") }
        await expectRefusal(.notFound) { try await database.renameClusterRun("99", to: "some") }
        #expect(try await database.information().clusterRuns == 2)

        try await database.close()
        let reader = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        #expect(try ClusterJSON(try await reader.clusterRun("topics")) == ClusterJSON(first))
        #expect(try await reader.cluster(ClusteringOptions(count: 3)).run == nil)
    }

    @Test func `passages are clustered by their number in the document`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = (0..<6).map { number in
            Document(
                id: "d\(number)", text: (0..<4).map { SampleTexts.sentence(number * 4 + $0) }.joined(separator: " "))
        }
        let file = try folder.write("long.jsonl", try documents.jsonLines())
        let summary = try await database.index(
            paths: [file], options: IndexingOptions(chunkTokens: 14, chunkOverlap: 0))
        let report = try ClusterJSON(try await database.cluster(ClusteringOptions(count: 2, unit: .passage)))
        #expect(report.assignments.count == summary.passages && summary.passages > 12)
        #expect(report.assignments.keys.contains("d0@0") && report.assignments.keys.contains("d5@1"))
        let whole = try ClusterJSON(try await database.cluster(ClusteringOptions(count: 2)))
        #expect(Set(whole.assignments.keys) == Set(documents.map(\.id)))
    }

    @Test func `clusters and members are values that say what the report says`() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Self.store(folder).cluster(ClusteringOptions(count: 3))
        let report = try ClusterJSON(outcome)
        #expect(outcome.clusters.map(\.id) == [0, 1, 2] && outcome.unit == .document && outcome.unclustered == [])
        #expect(outcome.clusters.map(\.label) == report.clusters.map(\.label))
        #expect(outcome.clusters.map { $0.keywords.map(\.term) } == report.clusters.map(\.keywords))
        #expect(outcome.clusters.map(\.representatives) == report.clusters.map { $0.representatives.map(\.id) })
        #expect(Dictionary(uniqueKeysWithValues: outcome.members.map { ($0.id, $0.cluster) }) == report.assignments)
        for cluster in outcome.clusters {
            let members = outcome.members(of: cluster)
            #expect(members.count == cluster.size && members.allSatisfy { $0.cluster == cluster.id })
            #expect(members.map(\.similarity) == members.map(\.similarity).sorted(by: >))
            #expect(members.first?.id == cluster.representatives.first)
        }
    }

    @Test func `what changed since an earlier run is values`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 60)
        let earlier = try await database.cluster(ClusteringOptions(count: 3))
        #expect(earlier.comparison == nil)
        _ = try await database.delete(id: "d0")
        let outcome = try await database.cluster(ClusteringOptions(count: 3, compareTo: "1"))
        let comparison = try #require(outcome.comparison)
        #expect(comparison.run == "1" && comparison.common == 59)
        #expect(comparison.entries.compactMap(\.cluster) == outcome.clusters.map(\.id))
        #expect(comparison.entries.map(\.gone).reduce(0, +) == 1)
        #expect(try await database.clusterRun(compareTo: "1").comparison == comparison)
    }

    @Test func `clustering is followed step by step`() async throws {
        let folder = try TemporaryFolder()
        let run = try await Self.store(folder).clustering(ClusteringOptions(count: 3, save: false))
        var steps: [WorkProgress] = []
        for await step in run { steps.append(step) }
        #expect(try await run.value.k == 3 && !steps.isEmpty && steps.allSatisfy { $0.unit == .percent })
    }

    @Test func `there are no more clusters than vectors`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 4)
        let outcome = try await database.cluster(ClusteringOptions(count: 10))
        #expect(outcome.k <= 4)
        #expect(outcome.notes.contains { $0.message.contains("10") })
    }

    @Test(arguments: ReportFormat.allCases) func `every format names the clusters`(_ format: ReportFormat) async throws
    {
        let folder = try TemporaryFolder()
        let outcome = try await Self.store(folder).cluster(ClusteringOptions(count: 3))
        let text = String(decoding: try outcome.rendered(as: format, width: 120), as: UTF8.self)
        for cluster in try ClusterJSON(outcome).clusters { #expect(text.contains(cluster.keywords[0])) }
    }

    @Test func `a store without vectors is refused`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        await expectRefusal(.incompatible, saying: "no vectors") { try await database.cluster() }
        await expectRefusal(.notFound, saying: "cluster run") { try await database.clusterRun() }
    }

    @Test(arguments: [0, -3]) func `a count below one is refused`(_ count: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 9)
        await expectRefusal(.invalidArgument) { try await database.cluster(ClusteringOptions(count: count)) }
    }

    @Test func `documents that come later join the newest clusters`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let report = try ClusterJSON(try await database.cluster(ClusteringOptions(count: 3)))
        func members(_ cluster: Int) async throws -> Set<String> {
            let filter = try await database.clusterFilter("\(cluster)")
            let mode: SearchMode = .semantic
            let answer = try await database.search(SearchRequest("dog", count: 200, mode: mode, filter: filter))
            return Set(answer.results.map(\.id))
        }
        let cluster = try #require(report.assignments["d0"])
        let before = Set(report.assignments.filter { $0.value == cluster }.keys)
        #expect(try await members(cluster) == before)
        // The same text belongs where its like is; a changed one leaves.
        let other = try #require(report.assignments["d1"])
        #expect(other != cluster)
        let likeFirst = try #require(try await database.document(id: "d0")).text
        let likeSecond = try #require(try await database.document(id: "d1")).text
        _ = try await database.put([Document(id: "new", text: likeFirst), Document(id: "d3", text: likeSecond)])
        #expect(try await members(cluster) == before.union(["new"]).subtracting(["d3"]))
        #expect(try await members(other).contains("d3"))
    }

    @Test func `documents outside the filter of a run do not join it`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let filter = try Database.Filter("id starts with \"d\"")
        _ = try await database.cluster(ClusteringOptions(count: 2, filter: filter))
        _ = try await database.put([
            Document(id: "d900", text: Self.topics[0]), Document(id: "x900", text: Self.topics[0]),
        ])
        var found = Set<String>()
        for cluster in 0..<2 {
            let only = try await database.clusterFilter("\(cluster)")
            let answer = try await database.search(SearchRequest("dog", count: 200, mode: .semantic, filter: only))
            found.formUnion(answer.results.map(\.id))
        }
        #expect(found.contains("d900") && !found.contains("x900"))
    }

    @Test func `given labels stay with the cluster that continues`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let first = try ClusterJSON(try await database.cluster(ClusteringOptions(count: 3)))
        let number = try #require(first.assignments["d1"])
        let automatic = try #require(first.clusters.first { $0.id == number }).label
        let renamed = try await database.renameCluster("\(number)", to: "Money matters")
        #expect(renamed.number == number && renamed.label == automatic)
        let second = try ClusterJSON(try await database.cluster(ClusteringOptions(count: 3, seed: 5)))
        let continuing = try #require(second.clusters.first { $0.id == second.assignments["d1"] })
        #expect(continuing.label == "Money matters")
        #expect(second.clusters.count { $0.label == "Money matters" } == 1)
        try await database.renameCluster("money", to: nil)
        #expect(try !ClusterJSON(try await database.clusterRun()).clusters.contains { $0.label == "Money matters" })
        for label in ["", " ", "12"] {
            await expectRefusal(.invalidArgument) { try await database.renameCluster("0", to: label) }
        }
        await expectRefusal(.notFound, saying: "no cluster") { try await database.renameCluster("99", to: "label") }
    }

    @Test func `dates and sources are reported`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(
            (0..<30).map {
                Document(
                    id: "d\($0)", text: Self.topics[$0 % 3], source: "\($0 % 2).txt",
                    metadata: ["when": .string("2024-0\($0 % 3 + 1)-01"), "year": .number(2019 + Double($0 % 2))])
            })
        for (field, expected) in [(nil, ["2019", "2020"]), ("when", ["2024-01", "2024-02", "2024-03"])] {
            let outcome = try await database.cluster(ClusteringOptions(count: 3, dateField: field))
            struct Periods: Decodable { var periods: [String] }
            #expect(try JSONDecoder().decode(Periods.self, from: outcome.rendered(as: .json)).periods == expected)
            let page = String(decoding: try outcome.rendered(as: .html), as: UTF8.self)
            #expect(page.contains("Over time") && page.contains("Sources"))
        }
    }
}
