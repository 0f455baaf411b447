import AkinCore
import AkinStore
import Foundation
import GRDB
import Testing

/// Settings, word models and cluster runs.
@Suite struct KeptValuesTests {
    @Test func `settings are set, replaced and forgotten`() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { try $0.setSetting("encoder", "a") }
        try fixture.store.write { try $0.setSetting("encoder", "b") }
        #expect(try fixture.store.read { try $0.setting("encoder") } == "b")
        try fixture.store.write { try $0.setSetting("encoder", nil) }
        #expect(try fixture.store.read { try $0.setting("encoder") } == nil)
        #expect(errorCode { try fixture.store.write { try $0.setSetting("uuid", "x") } } == .invalidArgument)
    }

    @Test(arguments: [0, 1, 4 << 20, (4 << 20) + 1, 9_000_000])
    func `word models of any size come back`(size: Int) throws {
        let fixture = try StoreFixture()
        let model = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        #expect(try fixture.store.read { try $0.wordModel(space: fixture.space) } == nil)
        try fixture.store.write { try $0.saveWordModel(space: fixture.space, Data(count: 5_000_000)) }
        try fixture.store.write { try $0.saveWordModel(space: fixture.space, model) }
        #expect(try fixture.store.read { try $0.wordModel(space: fixture.space) } == model)
        try fixture.store.write { try $0.deleteSpace(id: fixture.space) }
        #expect(try fixture.store.read { try $0.wordModel(space: fixture.space) } == nil)
    }

    /// The cluster of each document of a run, by row id.
    private func assignments(ofRun run: Int64, _ fixture: StoreFixture) throws -> [Int64: Int] {
        try DatabaseQueue(path: fixture.path).read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT document, cluster FROM cluster_assignment WHERE run = ?", arguments: [run])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
    }

    @Test func `cluster runs keep their assignments`() throws {
        let fixture = try StoreFixture()
        for id in ["a", "b", "c"] { try fixture.put(id, "text of \(id)") }
        let rows = try fixture.store.read { reader in
            try ["a", "b", "c"].map { try #require(try reader.document(id: $0)).rowID }
        }
        var run = ClusterRun(created: 5, name: "first", k: 2, seed: .max, unit: "document", body: #"{"k":2}"#)
        run.id = try fixture.store.write {
            try $0.saveClusterRun(run, assignments: zip(rows, [0, 1, 1]).map { ($0, $1) })
        }
        #expect(try fixture.store.read { try $0.clusterRuns() } == [run])
        #expect(try fixture.store.read { try $0.clusterRun(name: "first") } == run)
        #expect(
            try assignments(ofRun: run.id, fixture) == [rows[0]: 0, rows[1]: 1, rows[2]: 1])
        #expect(
            errorCode { try fixture.store.write { try $0.saveClusterRun(run, assignments: []) } } == .invalidArgument)

        _ = try fixture.store.write { try $0.delete(id: "b") }
        #expect(try assignments(ofRun: run.id, fixture) == [rows[0]: 0, rows[2]: 1])
        try fixture.store.write { try $0.renameClusterRun(id: run.id, to: "second") }
        #expect(try fixture.store.read { try $0.clusterRun(name: "first") } == nil)
        #expect(try fixture.store.read { try $0.clusterRun(id: run.id)?.name } == "second")
        #expect(try fixture.store.verify() == [])
        #expect(try fixture.store.write { try $0.deleteClusterRun(id: run.id) })
        #expect(try fixture.store.write { try $0.deleteClusterRun(id: run.id) } == false)
        #expect(try assignments(ofRun: run.id, fixture) == [:])
    }

    @Test func `a store of the first format gets the tables of the later ones, and its runs stay`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let row = try #require(try fixture.store.read { try $0.document(id: "a")?.rowID })
        let run = ClusterRun(created: 5, name: "old", k: 1, seed: 2, unit: "document", body: "{}")
        let id = try fixture.store.write { try $0.saveClusterRun(run, assignments: [(row, 0)]) }
        try fixture.store.close()
        try fixture.tamper(
            """
            DROP TABLE passage_place; DROP TABLE collection_file; DROP TABLE collection;
            DROP TABLE annotation; DROP TABLE labelled_document; DROP TABLE labelling; DROP INDEX metadata_labelling;
            ALTER TABLE metadata DROP COLUMN labelling;
            DROP TRIGGER cluster_assignment_is_outdated; DROP TABLE cluster; DROP INDEX passage_owner;
            ALTER TABLE cluster_run DROP COLUMN checksum;
            ALTER TABLE cluster_run DROP COLUMN space; ALTER TABLE cluster_run DROP COLUMN filter;
            ALTER TABLE store DROP COLUMN checksum; ALTER TABLE vector_space DROP COLUMN checksum; ALTER TABLE vector DROP COLUMN checksum;
            ALTER TABLE passage DROP COLUMN checksum; ALTER TABLE document DROP COLUMN checksum; PRAGMA user_version = 1
            """)
        try DatabaseQueue(path: fixture.path).writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    DROP TRIGGER passage_is_immutable;
                    DROP TRIGGER passage_search_insert; DROP TRIGGER passage_search_delete;
                    DROP VIEW passage_search_text;
                    CREATE VIEW passage_search_text AS SELECT id, COALESCE(search_text, text) AS text FROM passage;
                    CREATE TRIGGER passage_search_insert AFTER INSERT ON passage BEGIN
                        INSERT INTO passage_search (rowid, text) VALUES (new.id, COALESCE(new.search_text, new.text));
                    END;
                    CREATE TRIGGER passage_search_delete AFTER DELETE ON passage BEGIN
                        INSERT INTO passage_search (passage_search, rowid, text) VALUES ('delete', old.id, COALESCE(old.search_text, old.text));
                    END;
                    CREATE TRIGGER passage_is_immutable BEFORE UPDATE ON passage BEGIN
                        SELECT RAISE(ABORT, 'a passage is never updated: delete it and insert another');
                    END
                    """)
        }
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        #expect(try store.read { try $0.clusterRun(id: id)?.name } == "old")
        #expect(try store.read { try $0.clusters(run: id) } == [])
        #expect(try assignments(ofRun: id, fixture) == [row: 0])
        let clusters = [StoredCluster(number: 0, label: "made", givenLabel: nil, centroid: [1, 0])]
        let second = try store.write {
            try $0.saveClusterRun(run.named(nil), clusters: clusters, assignments: [(row, 0)])
        }
        #expect(try store.read { try $0.clusters(run: second) } == clusters)
        try store.write { try $0.setGivenLabel("given", run: second, cluster: 0) }
        #expect(try store.read { try $0.clusters(run: second).map(\.name) } == ["given"])
        #expect(errorCode { try store.write { try $0.setGivenLabel("given", run: second, cluster: 4) } } == .notFound)
        #expect(try store.verify() == [])
    }
}

extension ClusterRun {
    fileprivate func named(_ name: String?) -> ClusterRun {
        var copy = self
        copy.name = name
        return copy
    }
}
