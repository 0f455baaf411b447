import AkinCore
import AkinStore
import Foundation
import Testing

/// Vectors of encoders in half precision, and many look-ups in one statement.
@Suite struct NarrowVectorTests {
    private static let dimension = 24

    private static func narrowed(_ vector: [Float]) -> [Float] {
        vector.map { HalfPrecision.widened(HalfPrecision.narrowed($0)) }
    }

    @Test func `vectors of encoders are rounded, imported ones have to fit`() throws {
        let fixture = try StoreFixture(dimension: Self.dimension)
        let (narrow, imported) = try fixture.store.write { writer in
            var space = VectorSpace.test(dimension: Self.dimension)
            space.elementType = "f16"
            let narrow = try writer.createSpace(space)
            (space.kind, space.fingerprint) = (VectorSpace.importedKind, "external-f16")
            return (narrow, try writer.createSpace(space))
        }
        _ = try fixture.store.write { try $0.put(.test("a", ["one"], space: fixture.space, dimension: Self.dimension)) }
        let id = try fixture.passageIDs("a")[0]
        let vector = unitVector(Self.dimension, seed: 3)
        try fixture.store.write { try $0.setVector(space: narrow, passage: id, vector: vector) }
        #expect(try fixture.store.read { try $0.vector(space: narrow, passage: id) } == Self.narrowed(vector))
        let code = errorCode {
            try fixture.store.write { try $0.setVector(space: imported, passage: id, vector: vector) }
        }
        #expect(code == .invalidData)
        #expect(try fixture.store.verify() == [])
    }

    @Test(arguments: ["int8", "uint8", "f64"]) func `encoders have floats or halves`(element: String) throws {
        let fixture = try StoreFixture()
        var space = VectorSpace.test()
        space.elementType = element
        #expect(errorCode { _ = try fixture.store.write { try $0.createSpace(space) } } == .invalidArgument)
    }

    @Test func `a space is narrowed, and each of its vectors is logged`() throws {
        let fixture = try StoreFixture(dimension: Self.dimension)
        let other = try fixture.store.write { writer in
            for number in 0..<40 {
                let document = NewDocument.test(
                    "d\(number)", ["text \(number)", "more of \(number)"], space: fixture.space,
                    dimension: Self.dimension, seed: UInt64(2 * number))
                _ = try writer.put(document)
            }
            return try writer.createSpace(.test(dimension: Self.dimension))
        }
        let passages = try (0..<40).flatMap { try fixture.passageIDs("d\($0)") }
        let vector = unitVector(Self.dimension, seed: 500)
        try fixture.store.write { try $0.setVector(space: other, passage: passages[7], vector: vector) }
        let before = try fixture.store.read { try $0.vectors(space: fixture.space, passages: passages) }
        let head = try fixture.store.read { try $0.lastChange().sequence }
        // The layout is known to the same transaction before and after.
        let (wide, count, narrow) = try fixture.store.write { writer in
            (
                try writer.vector(space: fixture.space, passage: passages[3]),
                try writer.narrowVectors(ofSpace: fixture.space),
                try writer.vector(space: fixture.space, passage: passages[3])
            )
        }
        #expect(count == 80 && wide == before[3] && narrow == before[3].map(Self.narrowed) && wide != narrow)
        #expect(
            try fixture.store.read { try $0.vectors(space: fixture.space, passages: passages) }
                == before.map { $0.map(Self.narrowed) })
        #expect(try fixture.store.read { try $0.vector(space: other, passage: passages[7]) } == vector)
        let changes = try fixture.store.read { try $0.changes(after: head) }
        #expect(changes.map(\.passage) == passages)
        #expect(changes.allSatisfy { $0.operation == .vector && $0.space == fixture.space })
        #expect(try fixture.store.verify() == [])
        #expect(try fixture.store.write { try $0.narrowVectors(ofSpace: fixture.space) } == 0)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 128, 129, 300])
    func `many look-ups give what single ones give`(count: Int) throws {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            for number in 0..<150 {
                _ = try writer.put(.test("d\(number)", ["text \(number)"], space: fixture.space, seed: UInt64(number)))
            }
        }
        // Some twice, some that do not exist, in no order.
        let wanted = (0..<count).map { Int64($0 * 97 % 170 + 1) } + (count > 20 ? [1, 1, 149] : [])
        let (vectors, documents) = try fixture.store.read { reader in
            (
                try reader.vectors(space: fixture.space, passages: wanted),
                try reader.documentRowIDs(passages: wanted)
            )
        }
        for (passage, vector) in zip(wanted, vectors) {
            let single = try fixture.store.read { reader in
                (
                    try reader.vector(space: fixture.space, passage: passage),
                    try reader.documentRowID(passage: passage)
                )
            }
            #expect(vector == single.0 && documents[passage] == single.1)
        }
        #expect(vectors.count == wanted.count)
    }
}
