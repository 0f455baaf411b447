import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct RecallTests {
    private static func store(_ folder: TemporaryFolder, threshold: Int, count: Int = 400) async throws -> Database {
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny(exactThreshold: threshold))
        _ = try await database.put(SampleTexts.documents(0..<count))
        return database
    }

    @Test(arguments: [10, 20_000]) func `a graph that is searched whole finds all`(_ threshold: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, threshold: threshold)
        let report = try await database.recall(k: 10, ef: [400, 10], samples: 50)
        #expect(report.vectors == 400 && report.k == 10 && report.queries == 50)
        #expect(report.unreachable == 0)
        #expect(report.builtForThis == (threshold == 20_000))
        #expect(Set(report.ef.map(\.ef)) == [10, 400, report.defaultEf])
        #expect(report.ef.map(\.ef) == report.ef.map(\.ef).sorted())
        #expect(report.ef.last?.recall == 1)
        for row in report.ef {
            #expect(row.recall > 0.5 && row.recall <= 1 && row.qps > 0 && row.distances > 0)
            #expect(row.distances <= 401)
            #expect(Set(row.recallAt.keys) == [1, 100] && row.recallAt.values.allSatisfy { $0 > 0.5 && $0 <= 1 })
        }
        #expect(try folder.indexFiles().count == (threshold == 10 ? 1 : 0))
    }

    @Test func `an old graph is not measured`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, threshold: 10)
        _ = try await database.put(SampleTexts.documents(1000..<1003))
        let report = try await database.recall(samples: 20)
        #expect(report.builtForThis && report.vectors == 403)
        #expect(report.ef.contains { $0.ef == report.defaultEf })
    }

    @Test func `questions count beside the samples`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, threshold: 10)
        let report = try await database.recall(ef: [400], samples: 30, queries: SampleTexts.queries(7))
        #expect(report.queries == 37)
        #expect(report.ef.last?.recall == 1)
        #expect(try await database.recall(ef: [400], samples: 10_000).queries == 400)
    }

    @Test func `what cannot be measured is refused`() async throws {
        let folder = try TemporaryFolder()
        let empty = try await Database.open(at: folder.path("empty.db"), mode: .create, configuration: .tiny())
        await expectRefusal(.incompatible, saying: "no vectors") { try await empty.recall() }
        let database = try await Self.store(folder, threshold: 20_000, count: 10)
        await expectRefusal(.invalidArgument, saying: "10 vectors") { try await database.recall(k: 10) }
        for k in [0, -1] { await expectRefusal(.invalidArgument) { try await database.recall(k: k) } }
        await expectRefusal(.invalidArgument) { try await database.recall(k: 3, ef: [0]) }
        await expectRefusal(.invalidArgument) { try await database.recall(k: 3, samples: 0) }
    }
}
