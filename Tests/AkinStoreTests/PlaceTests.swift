import AkinCore
import AkinStore
import Foundation
import GRDB
import Testing

/// The places of passages are kept, checked and repaired like the passages themselves.
@Suite struct PlaceTests {
    private static let places: [PassagePlace?] = [
        PassagePlace(lines: 3...9, headings: ["A", "\"q\" › ü"]), nil, PassagePlace(page: 2),
        PassagePlace(lines: 1...1, page: 7),
    ]

    private func document(_ id: String, _ places: [PassagePlace?], hash: String = "h") -> NewDocument {
        NewDocument(
            id: id, source: "/f/\(id)", contentHash: Data(hash.utf8),
            passages: places.enumerated().map { ordinal, place in
                NewPassage(text: "text \(ordinal)", rangeStart: 0, rangeEnd: 6, tokenCount: 2, place: place)
            })
    }

    private func filled() throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.store.write { _ = try $0.put(document("a", Self.places)) }
        return fixture
    }

    private func places(_ store: Store, _ id: String = "a") throws -> [PassagePlace?] {
        try store.read { reader in
            guard let document = try reader.document(id: id) else { return [] }
            let passages = try reader.passages(documentRowID: document.rowID)
            let found = try reader.passagesWithDocuments(ids: passages.map(\.id))
            #expect(found.map(\.passage) == passages && found.map(\.document.id) == passages.map { _ in id })
            #expect(try passages.map { try reader.passage(id: $0.id) } == passages)
            return passages.map(\.place)
        }
    }

    private func rowCount(_ store: Store) throws -> Int? {
        try store.close()
        return try DatabaseQueue(path: store.path).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM passage_place")
        }
    }

    @Test func `places are read as they were written, and nothing is kept where none is known`() throws {
        let fixture = try filled()
        #expect(try places(fixture.store) == Self.places)
        #expect(try fixture.store.verify() == [])
        #expect(try rowCount(fixture.store) == 3)
    }

    @Test func `impossible numbers are not stored`() throws {
        let fixture = try StoreFixture()
        let odd = [
            PassagePlace(lines: 0...3, page: 2), PassagePlace(lines: 1...2, page: 0), PassagePlace(lines: -1...0),
        ]
        try fixture.store.write { _ = try $0.put(document("a", odd)) }
        #expect(try places(fixture.store) == [PassagePlace(page: 2), PassagePlace(lines: 1...2), nil])
        #expect(try fixture.store.verify() == [])
    }

    @Test func `places go with their passages`() throws {
        let fixture = try filled()
        try fixture.store.write { _ = try $0.put(document("a", [PassagePlace(page: 1)], hash: "other")) }
        #expect(try places(fixture.store) == [PassagePlace(page: 1)])
        try fixture.store.write { _ = try $0.put(document("b", [PassagePlace(page: 3)])) }
        #expect(try fixture.store.write { try $0.delete(id: "a") })
        #expect(try fixture.store.verify() == [])
        #expect(try rowCount(fixture.store) == 1)
    }

    @Test func `passages get other places without being changed`() throws {
        let fixture = try filled()
        let ids = try fixture.passageIDs("a")
        try fixture.store.write {
            try $0.setPlaces([
                (ids[0], PassagePlace(lines: 5...11)), (ids[1], PassagePlace(page: 1)), (ids[2], nil),
                (999, PassagePlace(page: 1)),
            ])
        }
        #expect(try places(fixture.store) == [PassagePlace(lines: 5...11), PassagePlace(page: 1), nil, Self.places[3]])
        #expect(try fixture.passageIDs("a") == ids)
        #expect(try fixture.store.verify() == [])
    }

    @Test func `another search text leaves the place, and damage to it can still be seen`() throws {
        let fixture = try filled()
        try fixture.store.close()
        try fixture.tamper("UPDATE passage_place SET page = 8 WHERE page = 7")
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        _ = try store.write { try $0.updateSearchTexts { _, _, text in text + " more" } }
        var expected = Self.places
        expected[3]?.page = 8
        #expect(try places(store) == expected)
        #expect(try store.verify().map(\.fault) == [.altered])
    }

    @Test(arguments: [
        ("page = 9 WHERE page = 7", StoreFinding.Fault.altered), ("line_start = 2 WHERE line_start = 3", .altered),
        ("line_end = NULL WHERE line_start = 3", .invalid), ("line_start = 10 WHERE line_start = 3", .invalid),
        ("page = 0 WHERE page = 7", .invalid), ("passage = 77 WHERE page = 7", .dangling),
        ("headings = '[1]' WHERE line_start = 3", .invalid), ("headings = 'x' WHERE line_start = 3", .invalid),
        ("headings = '[\"B\"]' WHERE page = 2", .altered),
    ])
    func `an altered place is found, and a rebuilt store is whole`(change: String, fault: StoreFinding.Fault) throws {
        let fixture = try filled()
        try fixture.store.close()
        try fixture.tamper("UPDATE passage_place SET \(change)")
        let findings = try Store(path: fixture.path, mode: .readOnly).verify()
        #expect(findings.contains { $0.fault == fault }, "\(findings)")
        let losses = try Store.rebuild(path: fixture.path) { _ in [] }.losses
        #expect(fault == .dangling || !losses.isEmpty)
        let rebuilt = try Store(path: fixture.path, mode: .readOnly)
        #expect(try rebuilt.verify() == [])
        let left = try places(rebuilt)
        #expect(left.count == 4 && zip(left, Self.places).allSatisfy { $0 == $1 || $0 == nil })
        #expect(left.compactMap(\.self).count == 2)
        let hash = try rebuilt.read { try $0.contentHash(id: "a") }
        #expect(fault != .altered || hash == Data(), "the next run must store the document again")
    }

    @Test func `a rebuild keeps places`() throws {
        let fixture = try filled()
        try fixture.store.close()
        #expect(try Store.rebuild(path: fixture.path) { _ in [] }.losses == [])
        #expect(try places(Store(path: fixture.path, mode: .readOnly)) == Self.places)
    }
}
