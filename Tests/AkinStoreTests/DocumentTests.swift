import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Documents, passages and metadata over a real file.
@Suite struct DocumentTests {
    @Test func `every field is kept when the store is opened again`() throws {
        let fixture = try StoreFixture()
        let document = NewDocument(
            id: "é/1", source: "notes/é.md#1", title: nil, metadataJSON: #"{"year":1999}"#,
            metadata: [MetadataEntry(key: "year", text: "1999", number: 1999)], contentHash: Data([1, 2, 3]),
            passages: [
                NewPassage(
                    text: "Ein Satz 🙂", searchText: "satz", rangeStart: 4, rangeEnd: 14, tokenCount: 5,
                    vectors: [(fixture.space, unitVector(8, seed: 3))])
            ])
        #expect(try fixture.store.write { try $0.put(document) } == .inserted)
        let uuid = fixture.store.uuid
        try fixture.store.close()

        let reopened = try Store(path: fixture.path, mode: .readOnly)
        #expect(reopened.uuid == uuid)
        try reopened.read { reader in
            let stored = try #require(try reader.document(id: "é/1"))
            #expect(stored.source == "notes/é.md#1" && stored.title == nil && stored.metadataJSON == #"{"year":1999}"#)
            #expect(stored.contentHash == Data([1, 2, 3]))
            #expect(stored.created > 1_600_000_000 && stored.created == stored.updated)
            let passage = try #require(try reader.passages(documentRowID: stored.rowID).first)
            #expect(passage.text == "Ein Satz 🙂" && passage.ordinal == 0)
            #expect(passage.rangeStart == 4 && passage.rangeEnd == 14 && passage.tokenCount == 5)
            #expect(try reader.vector(space: fixture.space, passage: passage.id) == unitVector(8, seed: 3))
            #expect(try reader.contentHash(id: "é/1") == Data([1, 2, 3]))
            #expect(try reader.contentHash(id: "missing") == nil)
            #expect(
                try (reader.documentCount(), reader.passageCount(), reader.vectorCount(space: fixture.space)) == (
                    1, 1, 1
                ))
        }
    }

    @Test func `an update replaces the passages and keeps the row`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one", "two")
        let before = try fixture.passageIDs("a")
        let row = try fixture.store.read { try $0.document(id: "a")?.rowID }
        #expect(try fixture.put("a", "one", "two") == .unchanged)
        #expect(try fixture.passageIDs("a") == before)
        #expect(try fixture.put("a", "one", "three", "four") == .updated)
        let after = try fixture.passageIDs("a")
        #expect(after.count == 3 && Set(after).isDisjoint(with: before))
        #expect(try fixture.store.read { try $0.document(id: "a")?.rowID } == row)
        #expect(try fixture.store.read { try $0.vectorCount(space: fixture.space) } == 3)
        #expect(try fixture.store.verify() == [])
    }

    @Test func `changed metadata is an update`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let changed = NewDocument.test("a", ["one"], space: fixture.space, metadataJSON: #"{"x":1}"#)
        #expect(try fixture.store.write { try $0.put(changed) } == .updated)
        #expect(try fixture.store.read { try $0.document(id: "a")?.metadataJSON } == #"{"x":1}"#)
    }

    @Test func `ids of passages are never used again`() throws {
        let fixture = try StoreFixture()
        var seen: Set<Int64> = []
        for round in 0..<4 {
            try fixture.put("a", "text \(round)")
            let ids = try fixture.passageIDs("a")
            #expect(seen.isDisjoint(with: ids))
            seen.formUnion(ids)
            #expect(try fixture.store.write { try $0.delete(id: "a") })
        }
        #expect(try fixture.store.write { try $0.delete(id: "a") } == false)
        #expect(
            try fixture.store.read { try ($0.documentCount(), $0.passageCount(), $0.vectorCount(space: fixture.space)) }
                == (0, 0, 0))
        #expect(try fixture.store.verify() == [])
    }

    @Test func `documents are listed in the order of their first insertion`() throws {
        let fixture = try StoreFixture()
        for id in ["c", "a", "b_x", "b%"] { try fixture.put(id, "text of \(id)") }
        try fixture.put("c", "another text")
        #expect(try fixture.store.read { try $0.documentIDs().map(\.id) } == ["c", "a", "b_x", "b%"])
        var seen: [String] = []
        try fixture.store.read { try $0.forEachDocument { seen.append($0.id) } }
        #expect(seen == ["c", "a", "b_x", "b%"])
    }

    @Test func `passages are joined to their documents in the order asked for`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one", "two")
        try fixture.put("b", "three")
        let ids = try fixture.passageIDs("b") + fixture.passageIDs("a").reversed()
        let rows = try fixture.store.read { try $0.passagesWithDocuments(ids: ids + [999]) }
        #expect(rows.map(\.passage.text) == ["three", "two", "one"])
        #expect(rows.map(\.document.id) == ["b", "a", "a"])
        #expect(rows.map(\.document.title) == ["Title of b", "Title of a", "Title of a"])
    }

    @Test(arguments: [3, 2_500])
    func `documents are found by their passages`(asked: Int) throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one", "two")
        try fixture.put("b", "three")
        let rows = try fixture.store.read { reader in
            try ["a", "b"].map { try #require(try reader.document(id: $0)).rowID }
        }
        let passages = try fixture.passageIDs("a") + fixture.passageIDs("b")
        let padded = passages + (0..<asked).map { Int64(1_000 + $0) }
        let documents = try fixture.store.read { try $0.documentRowIDs(passages: padded) }
        #expect(documents == [passages[0]: rows[0], passages[1]: rows[0], passages[2]: rows[1]])
    }

    @Test func `a text with NUL is refused`() throws {
        let fixture = try StoreFixture()
        #expect(errorCode { try fixture.put("a", "one\0two") } == .invalidData)
        #expect(try fixture.store.read { try $0.documentCount() } == 0)
    }

    @Test func `a thousand documents are stored in one transaction`() throws {
        let fixture = try StoreFixture(dimension: 384)
        try fixture.store.write { writer in
            for number in 0..<1_000 {
                let document = NewDocument.test(
                    "d\(number)", ["small document number \(number)"], space: fixture.space, dimension: 384,
                    seed: UInt64(number))
                let outcome = try writer.put(document)
                #expect(outcome == .inserted)
            }
        }
        let (documents, passages, last) = try fixture.store.read {
            try ($0.documentCount(), $0.passageCount(), $0.lastChange().sequence)
        }
        #expect((documents, passages, last) == (1_000, 1_000, 1_000))
        #expect(try fixture.store.verify() == [])
    }
}
