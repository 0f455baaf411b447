import AkinCore
import AkinStore
import Foundation
import Testing

/// The hash-chained change log and what `verify` finds.
@Suite struct ChangeLogTests {
    @Test func startsAtZero() throws {
        let fixture = try StoreFixture()
        let last = try fixture.store.read { try $0.lastChange() }
        #expect(last.sequence == 0 && last.chain == Data(count: 32))
        #expect(try fixture.store.read { try $0.chain(at: 0) } == Data(count: 32))
        #expect(try fixture.store.read { try $0.chain(at: 1) } == nil)
    }

    @Test func logsEveryVectorAndDeletion() throws {
        let fixture = try StoreFixture()
        let other = try fixture.store.write { try $0.createSpace(.test(dimension: 2, kind: "words")) }
        try fixture.store.write { writer in
            let passage = NewPassage(
                text: "one", rangeStart: 0, rangeEnd: 3, tokenCount: 1,
                vectors: [(fixture.space, unitVector(8, seed: 1)), (other, [1, 0])])
            _ = try writer.put(NewDocument(id: "a", source: "a", contentHash: Data(), passages: [passage]))
            _ = try writer.put(.test("b", ["no vector"]))
        }
        let (a, b) = (try fixture.passageIDs("a")[0], try fixture.passageIDs("b")[0])
        try fixture.store.write { writer in
            try writer.setVector(space: other, passage: a, vector: [0, 1])
            _ = try writer.delete(id: "a")
        }
        let rows = try fixture.store.read { try $0.changes(after: 0) }
        #expect(rows.map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(rows.map(\.operation) == [.add, .vector, .add, .vector, .delete])
        #expect(rows.map(\.passage) == [a, a, b, a, a])
        #expect(rows.map(\.space) == [fixture.space, other, nil, other, nil])
        #expect(try fixture.store.read { try $0.changes(after: 3) } == Array(rows[3...]))
        #expect(try fixture.store.read { try $0.lastChange().chain } == rows[4].chain)
        #expect(try fixture.store.verify() == [])
    }

    /// Expected values from Python: hashlib.sha256(bytes(32) + pack("<qBq", 1, 1, 1) + pack("<8f", 0, 1, 0, …) +
    /// sha256("hé")), then sha256(first + pack("<qBq", 2, 3, 1)).
    @Test func chainFollowsTheDefinition() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            _ = try writer.put(.accented(space: fixture.space))
            _ = try writer.delete(id: "a")
        }
        let chains = try fixture.store.read { try $0.changes(after: 0).map(\.chain) }
        let hexadecimal = chains.map {
            $0.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        }
        #expect(
            hexadecimal == [
                "fad7fc48d80fb83f3289ba116d1518a6a046bea532268412d91488264f6e0ffd",
                "86dcc0bf5e9b585055ca55736df7b06149a91db72d3480d9fab69eb72fc3594d",
            ])
    }

    @Test(arguments: [
        "UPDATE vector SET data = CAST(substr(data, 5) || substr(data, 1, 4) AS BLOB) WHERE passage = 2",
        "UPDATE passage SET text = 'altered' WHERE id = 2",
        "UPDATE change SET op = 2 WHERE sequence = 2",
        "UPDATE change SET passage = 1 WHERE sequence = 2",
        "UPDATE change SET chain = zeroblob(32) WHERE sequence = 2",
        "DELETE FROM change WHERE sequence = 2",
        "DELETE FROM change WHERE sequence = 1",
        "DELETE FROM vector WHERE passage = 3",
        "DELETE FROM passage WHERE id = 3",
        "INSERT INTO vector (id, data) SELECT id + 100, data FROM vector WHERE passage = 1",
        "INSERT INTO metadata (document, key, text) VALUES (99, 'a', 'x')",
        "DELETE FROM vector_space",
    ])
    func verifyFindsTampering(sql: String) throws {
        let fixture = try StoreFixture()
        for number in 1...4 { try fixture.put("d\(number)", "text \(number)", seed: UInt64(number)) }
        #expect(try fixture.store.verify() == [])
        try fixture.tamper(sql)
        #expect(try fixture.store.verify() != [])
        #expect(try Store(path: fixture.path, mode: .readOnly).verify() != [])
    }

    @Test(arguments: [
        (
            "UPDATE passage SET text = 'altered' WHERE id = 2", StoreFinding.Subject.passage(2),
            StoreFinding.Fault.altered
        ),
        ("UPDATE change SET chain = zeroblob(32) WHERE sequence = 3", .change(3), .altered),
        ("DELETE FROM change WHERE sequence = 2", .change(3), .missing),
        ("DELETE FROM passage WHERE id = 3", .passage(3), .missing),
        (
            "INSERT INTO metadata (document, key, text) VALUES (99, 'a', 'x')", .row(table: "metadata", id: "1"),
            .dangling
        ),
        ("DELETE FROM vector_space", .vector(passage: 1, space: 1), .dangling),
    ])
    func `a finding says what is wrong with which part`(
        sql: String, subject: StoreFinding.Subject, fault: StoreFinding.Fault
    ) throws {
        let fixture = try StoreFixture()
        for number in 1...4 { try fixture.put("d\(number)", "text \(number)", seed: UInt64(number)) }
        try fixture.tamper(sql)
        let findings = try fixture.store.verify()
        #expect(findings.contains { $0.subject == subject && $0.fault == fault }, "\(findings)")
    }

    @Test func `of many findings of a kind the rest is a number`() throws {
        let fixture = try StoreFixture()
        for number in 1...13 { try fixture.put("d\(number)", "text \(number)", seed: UInt64(number)) }
        try fixture.tamper("UPDATE document SET title = 'altered'")
        let altered = try fixture.store.verify().filter { $0.fault == .altered }
        #expect(altered.count == 11 && altered.last?.subject == .others(3))
        #expect(altered.last?.message == "There are 3 more such findings (altered documents).")
    }

    @Test func verifyLooksThroughReplacedAndDeletedContent() throws {
        let fixture = try StoreFixture()
        for number in 1...6 { try fixture.put("d\(number)", "text \(number)", "more \(number)", seed: UInt64(number)) }
        try fixture.put("d2", "another", seed: 20)
        let kept = try fixture.passageIDs("d1")[0]
        try fixture.store.write { writer in
            _ = try writer.delete(id: "d3")
            try writer.setVector(space: fixture.space, passage: kept, vector: unitVector(8, seed: 30))
            try writer.setVector(space: fixture.space, passage: kept, vector: unitVector(8, seed: 31))
        }
        #expect(try fixture.store.verify() == [])
    }

    @Test func pruningKeepsAnAnchorThatTheRestHangsOn() throws {
        let fixture = try StoreFixture()
        for number in 1...6 { try fixture.put("d\(number)", "text \(number)", seed: UInt64(number)) }
        let before = try fixture.store.read { try $0.changes(after: 0) }
        try fixture.store.write { try $0.pruneChanges(through: 3) }
        #expect(try fixture.store.read { try $0.changes(after: 0) } == Array(before[2...]))
        #expect(try fixture.store.read { try $0.chain(at: 3) } == before[2].chain)
        #expect(try fixture.store.read { try $0.chain(at: 2) } == nil)
        #expect(try fixture.store.read { try $0.chain(at: 0) } == nil)
        #expect(try fixture.store.verify() == [])
        try fixture.store.write { try $0.pruneChanges(through: 1_000) }
        #expect(try fixture.store.read { try $0.lastChange().chain } == before[5].chain)
        try fixture.put("d7", "text 7")
        #expect(try fixture.store.read { try $0.lastChange().sequence } == 7)
        #expect(try fixture.store.verify() == [])
        try fixture.tamper("DELETE FROM change WHERE sequence = 6")
        #expect(try fixture.store.verify() != [])
    }
}
