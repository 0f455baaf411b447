import AkinTestSupport
import Foundation
import Testing

@Suite("Vectors of a database")
struct VectorExportTests {
    /// More passages than are written at once.
    private static let documents = 1100

    @Test func `each passage has one row, the same in JSON lines, npy and fvecs`() throws {
        let program = try Program()
        try program.indexSample(count: VectorExportTests.documents)
        let exported = try program.run("export", "--vectors")
        #expect(exported.status == 0, "\(exported.errors)")
        let objects = try exported.objects()
        try #require(objects.count == VectorExportTests.documents)
        let passages = objects.compactMap { $0["passage"] as? Int }
        #expect(passages.count == objects.count && passages == passages.sorted())
        #expect(Set(objects.compactMap { $0["id"] as? String }).count == VectorExportTests.documents)
        let rows = try objects.map { try #require($0["vector"] as? [Double]).map(Float.init) }
        let dimension = try #require(rows.first).count
        #expect(dimension > 0 && rows.allSatisfy { $0.count == dimension })

        let array = try program.run("export", "--format", "npy").output
        #expect(String(decoding: array.prefix(128), as: UTF8.self).contains("'shape': (\(rows.count), \(dimension))"))
        #expect(VectorExportTests.floats(array.dropFirst(128)) == rows.flatMap { $0 })

        let sets = try program.run("export", "--format", "fvecs").output
        let head = Float(bitPattern: UInt32(dimension))
        #expect(VectorExportTests.floats(sets) == rows.flatMap { [head] + $0 })
    }

    @Test func `a vector is the one that its document is found by`() throws {
        let program = try Program()
        try program.indexSample(count: 60)
        let text = try #require(try program.run("get", "garden-6", "--json").object()["text"] as? String)
        let objects = try program.run("export", "--vectors").objects()
        let exported = try #require(objects.first { $0["id"] as? String == "garden-6" }?["vector"] as? [Double])
        let embedded = try #require(
            try program.run("embed", input: "Note 6 " + text).objects().first?["vector"] as? [Double])
        let norms = [exported, embedded].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let cosine = zip(exported, embedded).reduce(0) { $0 + $1.0 * $1.1 } / (norms[0] * norms[1])
        #expect(cosine > 0.95)
    }

    private static func floats(_ bytes: Data) -> [Float] {
        let bytes = Array(bytes)
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
        }
    }
}
