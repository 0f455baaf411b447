import Akin
import AkinCore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Whoever can write to a store's file can put any value into any row: no call ends the program over it, and none
/// answers wrong in silence.
@Suite struct EditedStoreTests {
    private static let configuration = Akin.Database.Configuration.tiny(exactThreshold: 10)

    private static func store(in folder: TemporaryFolder) async throws -> String {
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: configuration)
        _ = try await database.put(SampleTexts.documents(0..<40))
        _ = try await database.cluster(ClusteringOptions(count: 3))
        try await database.close()
        return path
    }

    /// Changes rows and takes their checksums away, as in a store of before there were any.
    private static func edit(_ sql: String, at path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction { database in
            let guardian = try String.fetchOne(
                database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'passage_is_immutable'")
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON; DROP TRIGGER passage_is_immutable; \(sql)")
            for table in ["store", "vector_space", "document", "passage", "vector", "cluster_run", "cluster"] {
                try database.execute(sql: "UPDATE \(table) SET checksum = NULL")
            }
            try database.execute(sql: try #require(guardian))
        }
    }

    static let extremes = [Int64.min, 0, 1 << 40, 1 << 60, .max]
    static let columns = [
        "vector_space.id", "vector_space.dimension", "document.id", "passage.id", "passage.document", "passage.ordinal",
        "passage.range_start",
        "passage.range_end", "passage.token_count", "vector.id", "change.sequence", "change.passage", "change.space",
        "cluster_run.id",
        "cluster_run.k", "cluster_run.space", "cluster.number", "cluster_assignment.document",
        "cluster_assignment.cluster", "metadata.document",
        "sqlite_sequence.seq",
    ]
    static let others = [
        "UPDATE vector SET data = CAST(x'0000C07F' || substr(data, 5) AS BLOB) WHERE passage = 3",
        "UPDATE vector SET data = x'00' WHERE passage = 3",
        "UPDATE vector SET data = x''",
        "UPDATE cluster SET centroid = CAST(x'0000807F' || substr(centroid, 5) AS BLOB)",
        "UPDATE cluster SET centroid = x'00000000'",
        "UPDATE cluster_run SET body = replace(body, '\"k\":3', '\"k\":-3')",
        "UPDATE cluster_run SET body = replace(body, '\"outliers\":[', '\"outliers\":[4000,')",
        "UPDATE cluster_run SET body = replace(body, '\"left\":', '\"left\":9')", "UPDATE cluster_run SET body = '{}'",
        "UPDATE change SET chain = x'00'",
        "UPDATE document SET metadata = '[1]'", "UPDATE document SET content_hash = x''",
        "UPDATE store SET value = 'inf' WHERE key <> 'uuid'",
        "UPDATE store SET value = '-9223372036854775808' WHERE key <> 'uuid'",
        "UPDATE vector_space SET metric = 'l2', element_type = 'f16'",
        "UPDATE passage_search_config SET v = 9 WHERE k = 'version'", "DELETE FROM sqlite_sequence",
        "UPDATE sqlite_sequence SET seq = 'x'",
    ]
    static let edits =
        others
        + columns.flatMap { column in
            let parts = column.split(separator: ".")
            // Tables without row ids have all their rows edited.
            let row =
                parts[0].hasPrefix("cluster") && parts[0] != "cluster_run"
                ? "" : " WHERE rowid = (SELECT max(rowid) FROM \(parts[0]))"
            return extremes.map { "UPDATE OR IGNORE \(parts[0]) SET \(parts[1]) = \($0)\(row)" }
        }

    @Test(arguments: 0..<6) func `no edited row ends the program, and repair makes the store whole`(part: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let whole = try await Self.store(in: folder)
        for (number, sql) in Self.edits.enumerated() where number % 6 == part {
            let path = folder.path("edited.db")
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            where name.hasPrefix("edited.db") {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
            try FileManager.default.copyItem(atPath: whole, toPath: path)
            try Self.edit(sql, at: path)
            do {
                let reader = try await Database.open(at: path, configuration: Self.configuration)
                await Self.expectNoFault(sql) { _ = try await reader.information() }
                await Self.expectNoFault(sql) { _ = try await reader.search(SearchRequest(SampleTexts.sentence(5))) }
                await Self.expectNoFault(sql) {
                    _ = try await reader.search(
                        SearchRequest("the", mode: .semantic, plan: .exact, filter: .init("not n > 1")))
                }
                await Self.expectNoFault(sql) { try await reader.export { _ in } }
                await Self.expectNoFault(sql) { _ = try await reader.clusterRun().rendered(as: .html) }
                await Self.expectNoFault(sql) { _ = try await reader.recall(k: 2, samples: 4) }
                await Self.expectNoFault(sql) { _ = try await reader.similar(to: SampleTexts.documents(5..<6)[0].id) }
                await Self.expectNoFault(sql) { _ = try await reader.verify() }
            } catch let error as AkinError {
                #expect(error.code == .invalidData, "\(sql): \(error)")
            }
            let report = try await Database.repair(at: path, configuration: Self.configuration)
            let repaired = try await Database.open(at: path, mode: .readWrite, configuration: Self.configuration)
            #expect(try await repaired.verify() == [], "\(sql): \(report)")
            await Self.expectNoFault(sql) { _ = try await repaired.put(SampleTexts.documents(50..<52)) }
            try await repaired.close()
        }
    }

    private static func expectNoFault(_ sql: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch let error as AkinError {
            #expect(error.code != .internalFailure, "\(sql): \(error)")
        } catch {
            Issue.record("\(sql): \(error)")
        }
    }

    @Test(arguments: [
        "DELETE FROM store WHERE key = 'active_space'", "UPDATE store SET value = '7' WHERE key = 'active_space'",
        "UPDATE store SET value = 'x' WHERE key = 'active_space'",
        "UPDATE store SET value = '9223372036854775808' WHERE key = 'active_space'",
    ])
    func `a store that does not say which space serves is not searched by words alone`(sql: String) async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try Self.edit(sql, at: path)
        let reader = try await Database.open(at: path, configuration: Self.configuration)
        for mode in [SearchMode.hybrid, .semantic] {
            let error = await #expect(throws: AkinError.self) {
                try await reader.search(SearchRequest("the ferry", mode: mode))
            }
            #expect(
                error?.code == .invalidData && error?.message.contains("active_space") == true
                    && error?.description.contains("Database.repair") == true)
        }
        #expect(try await !reader.search(SearchRequest("the", mode: .keyword)).results.isEmpty)
        #expect(try await reader.verify().contains { $0.message.contains("active_space") })
        try await reader.close()
        let report = try await Database.repair(at: path, configuration: Self.configuration)
        #expect(report.losses == [], "\(report)")
        let repaired = try await Database.open(at: path, configuration: Self.configuration)
        #expect(try await repaired.verify() == [])
        #expect(try await !repaired.search(SearchRequest("the ferry", mode: .semantic)).results.isEmpty)
    }

    /// With its checksum left as it was: the row shows that it was edited.
    @Test func `an altered setting is not believed`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try await DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(sql: "UPDATE store SET value = '2' WHERE key = 'active_space'")
        }
        let reader = try await Database.open(at: path, configuration: Self.configuration)
        let error = await #expect(throws: AkinError.self) { try await reader.search(SearchRequest("the ferry")) }
        #expect(error?.message.contains("active_space does not match its checksum") == true)
    }
}
