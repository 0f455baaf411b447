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
                        "d\(number)", ["text \(number)", "more \(number)"], searchText: "other words \(number)", space: fixture.space,
                        seed: UInt64(number * 10), metadataJSON: json, metadata: try #require(Self.entries(ofJSON: json))))
            }
        }
        let run = ClusterRun(created: 5, name: "a", k: 1, seed: 1, unit: "document", body: "{}")
        let cluster = StoredCluster(number: 0, label: "made", givenLabel: nil, centroid: [1, 0])
        let id = try fixture.store.write { try $0.saveClusterRun(run, clusters: [cluster], assignments: []) }
        try fixture.store.write { writer in
            try writer.renameClusterRun(id: id, to: "b")
            try writer.setGivenLabel("given", run: id, cluster: 0)
        }
        return fixture
    }

    private func findings(_ store: Store) throws -> [String] { try store.verify(metadataEntries: Self.entries(ofJSON:)) }

    @Test(
        arguments: [
            "UPDATE vector SET data = CAST(substr(data, 5) || substr(data, 1, 4) AS BLOB) WHERE passage = 2",
            "UPDATE vector SET id = id + 1 WHERE passage = 10", "UPDATE vector SET checksum = checksum + 1 WHERE passage = 2",
            "UPDATE passage SET text = 'altered' WHERE id = 2", "UPDATE passage SET search_text = NULL WHERE id = 2",
            "UPDATE passage SET range_start = range_start + 1 WHERE id = 2", "UPDATE passage SET range_end = 7 WHERE id = 2",
            "UPDATE passage SET token_count = 4 WHERE id = 2", "UPDATE passage SET checksum = 0 WHERE id = 2",
            "UPDATE document SET external_id = 'e2' WHERE id = 2", "UPDATE document SET source = '' WHERE id = 2",
            "UPDATE document SET title = NULL WHERE id = 2", "UPDATE document SET metadata = '{\"n\":7}' WHERE id = 2",
            "UPDATE document SET metadata = 'not json' WHERE id = 2", "UPDATE document SET content_hash = x'00' WHERE id = 2",
            "UPDATE document SET created = created - 1 WHERE id = 2", "UPDATE metadata SET number = 6 WHERE document = 2",
            "UPDATE metadata SET key = 'm' WHERE document = 2", "INSERT INTO metadata (document, key, text) VALUES (1, 'invented', 'x')",
            "DELETE FROM metadata WHERE document = 5", "UPDATE passage SET ordinal = 2 WHERE id = 4",
            "UPDATE cluster_run SET body = '[]'", "UPDATE cluster_run SET name = 'a'", "UPDATE cluster SET label = 'mode'",
            "UPDATE cluster SET given_label = NULL", "UPDATE cluster SET centroid = zeroblob(8)",
        ], [false, true])
    func alteredRowsAreFound(sql: String, isPruned: Bool) throws {
        let fixture = try filled()
        if isPruned { try fixture.store.write { try $0.pruneChanges(through: 1_000) } }
        #expect(try findings(fixture.store) == [])
        try fixture.tamper("DROP TRIGGER passage_is_immutable; " + sql)
        #expect(try findings(fixture.store) != [])
        #expect(try findings(Store(path: fixture.path, mode: .readOnly)) != [])
    }

    @Test func replacedDocumentsAndVectorsHaveNewChecksums() throws {
        let fixture = try filled()
        try fixture.put("d2", "another", seed: 20)
        let passage = try fixture.passageIDs("d1")[0]
        try fixture.store.write { try $0.setVector(space: fixture.space, passage: passage, vector: unitVector(8, seed: 99)) }
        try fixture.store.write { try $0.pruneChanges(through: 1_000) }
        #expect(try fixture.store.verify() == [])
    }

    /// Expected values from Python: int.from_bytes(sha256(…).digest()[:8], "little", signed=True) of each column in turn: b"\x01" + pack("<q", n)
    /// for a number, b"\x03" + pack("<q", bytes) + UTF-8 for a text, b"\x04" + pack("<q", bytes) + bytes for a blob, bytes(9) for NULL.
    @Test func checksumsFollowTheDefinition() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            let passage = NewPassage(
                text: "hé", rangeStart: 0, rangeEnd: 2, tokenCount: 1, vectors: [(fixture.space, [0, 1, 0, 0, 0, 0, 0, 0])])
            _ = try writer.put(NewDocument(id: "a", source: "a", contentHash: Data(), passages: [passage]))
        }
        try fixture.store.close()
        let stored = try DatabaseQueue(path: fixture.path).read { database in
            try ["vector", "passage"].map { try Int64.fetchOne(database, sql: "SELECT checksum FROM \($0)") }
        }
        #expect(stored == [320_819_242_838_476_057, 8_589_171_688_522_991_599])
    }

    /// As in stores of before checksums, until `sealRows`.
    @Test func rowsWithoutChecksumsAreProvedByTheLogAlone() throws {
        let fixture = try filled()
        try fixture.tamper("UPDATE document SET checksum = NULL; UPDATE passage SET checksum = NULL; UPDATE vector SET checksum = NULL")
        #expect(try findings(fixture.store) == [])
        try fixture.store.write { try $0.sealRows() }
        #expect(try findings(fixture.store) == [])
        try fixture.store.write { try $0.pruneChanges(through: 1_000) }
        try fixture.tamper("UPDATE vector SET data = CAST(substr(data, 5) || substr(data, 1, 4) AS BLOB) WHERE passage = 2")
        #expect(try findings(fixture.store).count == 1)
    }
}
