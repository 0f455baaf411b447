import AkinCore
import AkinStore
import Foundation
import Testing

/// Vector spaces and vectors.
@Suite struct VectorTests {
    @Test func `spaces and their status are kept`() throws {
        let fixture = try StoreFixture()
        let words = VectorSpace(
            kind: "words", encoderName: "glove", fingerprint: "beef", precision: "bf16", dimension: 3, metric: "dot",
            detailsJSON: #"{"a":1}"#, status: .building, created: 77)
        let second = try fixture.store.write { try $0.createSpace(words) }
        var expected = words
        expected.id = second
        #expect(try fixture.store.read { try $0.space(id: second) } == expected)
        let third = try fixture.store.write { writer in
            let id = try writer.createSpace(.test())
            try writer.setStatus(.retired, space: fixture.space)
            try writer.setStatus(.active, space: id)
            return id
        }
        #expect(try fixture.store.read { try $0.spaces().map(\.id) } == [fixture.space, second, third])
        #expect(try fixture.store.read { try $0.spaces().map(\.status) } == [.retired, .building, .active])
        try fixture.store.write { try $0.setStatus(.active, space: second) }
        #expect(try fixture.store.read { try $0.spaces().map(\.status) } == [.retired, .active, .active])
        #expect(errorCode { try fixture.store.write { try $0.setStatus(.active, space: 99) } } == .notFound)
    }

    @Test func `deleted spaces take their vectors along, and their number is not used again`() throws {
        let fixture = try StoreFixture()
        let other = try fixture.store.write { try $0.createSpace(.test()) }
        try fixture.put("a", "one", "two")
        let ids = try fixture.passageIDs("a")
        try fixture.store.write { writer in
            try writer.setVector(space: other, passage: ids[0], vector: unitVector(8, seed: 9))
            try writer.deleteSpace(id: other)
        }
        #expect(try fixture.store.read { try $0.vectorCount(space: fixture.space) } == 2)
        #expect(try fixture.store.read { try $0.vectorCount(space: other) } == 0)
        #expect(try fixture.store.write { try $0.createSpace(.test()) } > other)
        #expect(try fixture.store.verify() == [])
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `vectors that are not finite are refused`(component: Float) throws {
        let fixture = try StoreFixture(metric: "dot")
        try fixture.put("a", "one")
        let id = try fixture.passageIDs("a")[0]
        var vector = unitVector(8, seed: 1)
        vector[5] = component
        let document = NewDocument(
            id: "b", source: "b", contentHash: Data(),
            passages: [
                NewPassage(
                    text: "good", rangeStart: 0, rangeEnd: 4, tokenCount: 1,
                    vectors: [(fixture.space, unitVector(8, seed: 2))]),
                NewPassage(text: "bad", rangeStart: 4, rangeEnd: 7, tokenCount: 1, vectors: [(fixture.space, vector)]),
            ])
        // The error is caught inside the transaction, which then commits: nothing of the document may be in it.
        try fixture.store.write { writer in
            #expect(errorCode { try writer.put(document) } == .invalidData)
            #expect(
                errorCode { try writer.setVector(space: fixture.space, passage: id, vector: vector) } == .invalidData)
        }
        #expect(try fixture.store.read { try $0.document(id: "b") } == nil)
        #expect(try fixture.store.read { try $0.vector(space: fixture.space, passage: id) } == unitVector(8, seed: 1))
        #expect(try fixture.store.read { try $0.lastChange().sequence } == 1)
    }

    @Test func `vectors that do not fit are refused`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let id = try fixture.passageIDs("a")[0]
        func code(_ vector: [Float], space: Int64? = nil, passage: Int64? = nil) -> AkinError.Code? {
            errorCode {
                try fixture.store.write {
                    try $0.setVector(space: space ?? fixture.space, passage: passage ?? id, vector: vector)
                }
            }
        }
        #expect(code([1, 0]) == .incompatible)
        #expect(code([Float](repeating: 0, count: 8)) == .invalidData)
        #expect(code([Float](repeating: 1, count: 8)) == .invalidData)
        #expect(code(unitVector(8, seed: 1), space: 99) == .notFound)
        #expect(code(unitVector(8, seed: 1), passage: 99) == .notFound)
        #expect(code(unitVector(8, seed: 4)) == nil)
    }

    @Test func `vectors of any length are accepted where the metric is not cosine`() throws {
        let fixture = try StoreFixture(metric: "l2")
        try fixture.put("a", "one")
        let id = try fixture.passageIDs("a")[0]
        try fixture.store.write {
            try $0.setVector(space: fixture.space, passage: id, vector: [Float](repeating: 0, count: 8))
        }
        #expect(
            try fixture.store.read { try $0.vector(space: fixture.space, passage: id) }
                == [Float](repeating: 0, count: 8))
    }

    @Test func `vectors of one space are read in ascending order from any passage`() throws {
        let fixture = try StoreFixture()
        let other = try fixture.store.write { try $0.createSpace(.test()) }
        for number in 0..<50 { try fixture.put("d\(number)", "text \(number)", seed: UInt64(number)) }
        let passages = try fixture.store.read { reader in
            try reader.passageSizes().map(\.id)
        }
        try fixture.store.write { writer in
            try writer.setVector(space: other, passage: passages[0], vector: unitVector(8, seed: 100))
        }
        for start in [0, 17, 49] {
            var seen: [(Int64, [Float])] = []
            try fixture.store.read { reader in
                try reader.forEachVector(space: fixture.space, afterPassage: start == 0 ? 0 : passages[start - 1]) {
                    passage, bytes in
                    // A question about something else, even the same walk, does not disturb the walk.
                    try reader.forEachVector(space: other) { inner, _ in #expect(inner == passages[0]) }
                    seen.append((passage, (0..<8).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }))
                }
            }
            #expect(seen.map(\.0) == Array(passages[start...]))
            for (offset, item) in seen.enumerated() { #expect(item.1 == unitVector(8, seed: UInt64(start + offset))) }
        }
        let some = try fixture.store.read { try $0.vectors(space: other, passages: [passages[3], passages[0]]) }
        #expect(some == [nil, unitVector(8, seed: 100)])
    }

    @Test func `what is left to encode is listed`() throws {
        let fixture = try StoreFixture()
        let other = try fixture.store.write { try $0.createSpace(.test()) }
        try fixture.put("a", "one", "two", "three")
        let ids = try fixture.passageIDs("a")
        try fixture.store.write { try $0.setVector(space: other, passage: ids[1], vector: unitVector(8, seed: 5)) }
        #expect(
            try fixture.store.read { try $0.passagesWithoutVector(space: other, limit: 10).map(\.id) } == [
                ids[0], ids[2],
            ])
        #expect(try fixture.store.read { try $0.passagesWithoutVector(space: other, limit: 1).map(\.id) } == [ids[0]])
        #expect(
            try fixture.store.read {
                try $0.passagesWithoutVector(space: other, afterPassage: ids[0], limit: 9).map(\.id)
            } == [ids[2]])
        #expect(try fixture.store.read { try $0.passagesWithoutVector(space: fixture.space, limit: 10) } == [])
    }
}
