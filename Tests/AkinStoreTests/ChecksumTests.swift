import AkinCore
import AkinStore
import Foundation
import GRDB
import Testing

/// Altered rows are found by their checksums, whether the change log still speaks of them or not.
@Suite struct ChecksumTests {
    /// Numbers of metadata, as JSON of the form {"n":5}.
    @Sendable private static func entries(ofJSON json: String) -> [MetadataEntry]? {
        guard json != "{}" else { return [] }
        return Double(json.dropFirst(5).dropLast()).map { [MetadataEntry(key: "n", text: nil, number: $0)] }
    }

    private func filled() throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            for number in 1...5 {
                let json = #"{"n":\#(number)}"#
                _ = try writer.put(
                    .test(
                        "d\(number)", ["text \(number)", "more \(number)"], searchText: "other words \(number)",
                        space: fixture.space,
                        seed: UInt64(number * 10), metadataJSON: json,
                        metadata: try #require(Self.entries(ofJSON: json))))
            }
        }
        let run = ClusterRun(created: 5, name: "a", k: 1, seed: 1, unit: "document", body: "{}")
        let cluster = StoredCluster(number: 0, label: "made", givenLabel: nil, centroid: [1, 0])
        let id = try fixture.store.write { try $0.saveClusterRun(run, clusters: [cluster], assignments: []) }
        try fixture.store.write { writer in
            try writer.renameClusterRun(id: id, to: "b")
            try writer.setGivenLabel("given", run: id, cluster: 0)
        }
        try fixture.store.write { writer in
            try writer.setSetting("a", "1")
            try writer.setSetting("a", "2")
            try writer.setStatus(.building, space: fixture.space)
            try writer.setStatus(.active, space: fixture.space)
        }
        return fixture
    }

    private func findings(_ store: Store) throws -> [StoreFinding] {
        try store.verify(metadataEntries: Self.entries(ofJSON:))
    }

    @Test(
        arguments: [
            "UPDATE vector SET data = CAST(substr(data, 5) || substr(data, 1, 4) AS BLOB) WHERE passage = 2",
            "UPDATE vector SET id = id + 1 WHERE passage = 10",
            "UPDATE vector SET checksum = checksum + 1 WHERE passage = 2",
            "UPDATE passage SET text = 'altered' WHERE id = 2", "UPDATE passage SET search_text = NULL WHERE id = 2",
            "UPDATE passage SET range_start = range_start + 1 WHERE id = 2",
            "UPDATE passage SET range_end = 7 WHERE id = 2",
            "UPDATE passage SET token_count = 4 WHERE id = 2", "UPDATE passage SET checksum = 0 WHERE id = 2",
            "UPDATE document SET external_id = 'e2' WHERE id = 2", "UPDATE document SET source = '' WHERE id = 2",
            "UPDATE document SET title = NULL WHERE id = 2", "UPDATE document SET metadata = '{\"n\":7}' WHERE id = 2",
            "UPDATE document SET metadata = 'not json' WHERE id = 2",
            "UPDATE document SET content_hash = x'00' WHERE id = 2",
            "UPDATE document SET created = created - 1 WHERE id = 2",
            "UPDATE metadata SET number = 6 WHERE document = 2",
            "UPDATE metadata SET key = 'm' WHERE document = 2",
            "INSERT INTO metadata (document, key, text) VALUES (1, 'invented', 'x')",
            "DELETE FROM metadata WHERE document = 5", "UPDATE passage SET ordinal = 2 WHERE id = 4",
            "UPDATE store SET value = lower(value)", "UPDATE vector_space SET fingerprint = 'f00e'",
            "UPDATE vector_space SET encoder_name = 'text'", "UPDATE vector_space SET status = 'retired'",
            "UPDATE vector_space SET created = 1",
            "UPDATE cluster_run SET body = '[]'", "UPDATE cluster_run SET name = 'a'",
            "UPDATE cluster SET label = 'mode'",
            "UPDATE cluster SET given_label = NULL", "UPDATE cluster SET centroid = zeroblob(8)",
        ], [false, true])
    func `altered rows are found`(sql: String, isPruned: Bool) throws {
        let fixture = try filled()
        if isPruned { try fixture.store.write { try $0.pruneChanges(through: 1_000) } }
        #expect(try findings(fixture.store) == [])
        try fixture.tamper(sql)
        #expect(try findings(fixture.store) != [])
        #expect(try findings(Store(path: fixture.path, mode: .readOnly)) != [])
    }

    @Test func `a reader compares the keyword index word by word and changes nothing`() throws {
        let fixture = try filled()
        try fixture.store.close()
        func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: fixture.path)) }
        let whole = try bytes()
        #expect(try Store(path: fixture.path, mode: .readOnly).keywordFindings() == [])
        #expect(try bytes() == whole)
        try fixture.tamper(
            """
            INSERT INTO passage_search (passage_search, rowid, text) VALUES ('delete', 2, 'other words 1');
            INSERT INTO passage_search (rowid, text) VALUES (2, 'wrong words 1')
            """)
        let altered = try bytes()
        #expect(
            try Store(path: fixture.path, mode: .readOnly).keywordFindings() == [
                StoreFinding(.keywordIndex, .outdated, "The keyword index does not match the passages.")
            ])
        #expect(try bytes() == altered)
    }

    /// What a rebuilt store says of each altered row, and that it is whole.
    @Test(arguments: [
        ("UPDATE store SET value = '3' WHERE key = 'a'", "The setting a was altered and is gone."),
        ("UPDATE vector_space SET encoder_name = 'text'", "What made the vectors in space 1 may have been altered"),
        (
            "UPDATE vector_space SET element_type = 'v32'",
            "What made the vectors in space 1 was altered, so they are gone"
        ),
        ("UPDATE vector_space SET dimension = 9", "What made the vectors in space 1 was altered, so they are gone"),
        (
            "UPDATE document SET title = 'x' WHERE id = 2",
            "Document d2 may have been altered in its id, source, title or metadata"
        ),
        ("UPDATE passage SET text = 'x' WHERE id = 2", "Document d1 may have been altered in passage 2"),
        ("UPDATE cluster SET label = 'mode'", "Cluster run 1 may have been altered"),
        ("UPDATE cluster_run SET body = '[]'", "Cluster run 1 was altered and is gone"),
        ("UPDATE cluster SET centroid = x'000000'", "Cluster run 1 was altered and is gone"),
        ("UPDATE vector_space SET kind = 'words'", "What made the vectors in space 1 was altered, so they are gone"),
        ("UPDATE vector_space SET kind = 'user'", "What made the vectors in space 1 was altered, so they are gone"),
        ("DELETE FROM passage WHERE id = 10", "Document d5 may have lost its end"),
    ])
    func `a rebuild reports altered rows`(sql: String, loss: String) throws {
        let fixture = try filled()
        try fixture.store.close()
        try fixture.tamper(sql)
        let rebuilding = try Store.rebuild(path: fixture.path, metadataEntries: Self.entries(ofJSON:))
        #expect(rebuilding.losses.count == 1 && rebuilding.losses[0].message.hasPrefix(loss), "\(rebuilding.losses)")
        #expect(try findings(Store(path: fixture.path, mode: .readOnly)) == [])
    }

    /// A page with a changed number of rows reads as one of fewer rows.
    @Test func `what a vector alone knows is reported as lost`() throws {
        let fixture = try filled()
        try fixture.store.close()
        try fixture.tamper("DELETE FROM passage WHERE document = 3")
        let losses = try Store.rebuild(path: fixture.path, metadataEntries: Self.entries(ofJSON:)).losses
        #expect(
            losses == [
                "Document d3 has lost its text: index it again.",
                "Document d2 may have lost its end: index it again to be sure.",
            ])
    }

    /// What can be read by the definitions that are there needs no others to be saved; the store is not used without
    /// them.
    @Test(arguments: ["DROP TRIGGER passage_search_delete", "DROP INDEX metadata_text", "DROP TABLE metadata"])
    func `lost definitions of tables lose no document`(sql: String) throws {
        let fixture = try filled()
        try fixture.store.close()
        try fixture.tamper(sql + "; VACUUM")
        let name = String(sql.split(separator: " ")[2])
        let message = errorMessage { try Store(path: fixture.path, mode: .readOnly) }
        #expect(message.contains("does not define") && message.contains(name), "\(message)")
        #expect(try Store.rebuild(path: fixture.path, metadataEntries: Self.entries(ofJSON:)).losses == [])
        let store = try Store(path: fixture.path, mode: .readOnly)
        #expect(try store.read { try $0.clusters(run: 1).map(\.name) } == ["given"])
        #expect(try findings(store) == [])
    }

    /// An altered vector goes without a word: an encoder makes it again.
    @Test func `altered vectors are dropped by a rebuild`() throws {
        let fixture = try filled()
        try fixture.store.close()
        try fixture.tamper(
            "UPDATE vector SET data = CAST(substr(data, 5) || substr(data, 1, 4) AS BLOB) WHERE passage = 2")
        #expect(try Store.rebuild(path: fixture.path, metadataEntries: Self.entries(ofJSON:)).losses == [])
        let store = try Store(path: fixture.path, mode: .readOnly)
        #expect(try store.read { try $0.vectorCount(space: fixture.space) } == 9)
        #expect(try findings(store) == [])
    }

    @Test func `replaced documents and vectors have new checksums`() throws {
        let fixture = try filled()
        try fixture.put("d2", "another", seed: 20)
        let passage = try fixture.passageIDs("d1")[0]
        try fixture.store.write {
            try $0.setVector(space: fixture.space, passage: passage, vector: unitVector(8, seed: 99))
        }
        try fixture.store.write { try $0.pruneChanges(through: 1_000) }
        #expect(try fixture.store.verify() == [])
    }

    /// Expected values from Python: int.from_bytes(sha256(…).digest()[:8], "little", signed=True) of each column in
    /// turn: b"\x01" + pack("<q", n) for a number, b"\x03" + pack("<q", bytes) + UTF-8 for a text, b"\x04" + pack("<q",
    /// bytes) + bytes for a blob, bytes(9) for NULL.
    @Test func `checksums follow the definition`() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            _ = try writer.put(.accented(space: fixture.space))
        }
        try fixture.store.close()
        let stored = try DatabaseQueue(path: fixture.path).read { database in
            try ["vector", "passage"].map { try Int64.fetchOne(database, sql: "SELECT checksum FROM \($0)") }
        }
        #expect(stored == [320_819_242_838_476_057, 8_589_171_688_522_991_599])
    }

    /// As in stores of before checksums, until `sealRows`.
    @Test func `rows without checksums are proved by the log alone`() throws {
        let fixture = try filled()
        try fixture.tamper(
            "UPDATE document SET checksum = NULL; UPDATE passage SET checksum = NULL; UPDATE vector SET checksum = NULL"
        )
        #expect(try findings(fixture.store) == [])
        try fixture.store.write { try $0.sealRows() }
        #expect(try findings(fixture.store) == [])
        try fixture.store.write { try $0.pruneChanges(through: 1_000) }
        try fixture.tamper(
            "UPDATE vector SET data = CAST(substr(data, 5) || substr(data, 1, 4) AS BLOB) WHERE passage = 2")
        #expect(try findings(fixture.store).count == 1)
    }
}
