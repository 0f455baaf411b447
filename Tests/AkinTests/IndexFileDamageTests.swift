import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// A store of 90 documents whose index file is then spoilt; so few that sound graphs give exact answers.
private struct SpoiltStore {
    let folder: TemporaryFolder
    let path: String
    let indexPath: String

    init(_ spoil: (inout Data) throws -> Void) async throws {
        folder = try TemporaryFolder()
        path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny(exactThreshold: 10))
        _ = try await database.put(SampleTexts.documents(0..<90))
        try await database.close()
        indexPath = folder.path(try #require(try folder.indexFiles().first))
        // A new file takes the name, as a restored or copied one would: nobody has it mapped.
        var bytes = try Data(contentsOf: URL(filePath: indexPath))
        try spoil(&bytes)
        try FileManager.default.removeItem(atPath: indexPath)
        try bytes.write(to: URL(filePath: indexPath))
    }

    func open(_ mode: Database.OpenMode = .readOnly) async throws -> Database {
        try await Database.open(at: path, mode: mode, configuration: .tiny(exactThreshold: 10))
    }

    /// Answers that do not use the file.
    func answers(_ database: Database, plan: SearchPlan) async throws -> [SearchResponse] {
        try await database.search(
            SampleTexts.queries(8).map { SearchRequest($0, count: 15, mode: .semantic, plan: plan) })
    }

    /// The file is answered around and named, and `optimize` builds a good one.
    func expectAnsweredAround(warned: Bool = true, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let reader = try await open()
        let name = URL(filePath: indexPath).lastPathComponent
        let exact = try await answers(reader, plan: .exact)
        for plan in [SearchPlan.auto, .graph] {
            for (given, expected) in zip(try await answers(reader, plan: plan), exact) {
                #expect(given.rows == expected.rows, sourceLocation: sourceLocation)
                if warned {
                    #expect(
                        given.warnings.contains { $0.message.contains(name) && $0.remedy == .optimize },
                        sourceLocation: sourceLocation)
                }
            }
        }
        #expect(try await reader.verify().contains { $0.message.contains(name) }, sourceLocation: sourceLocation)
        try await reader.close()

        let writer = try await open(.readWrite)
        _ = try await writer.optimize()
        #expect(try await writer.verify() == [], sourceLocation: sourceLocation)
        try await writer.close()
        let healed = try await open()
        for (given, expected) in zip(try await answers(healed, plan: .auto), exact) {
            #expect(
                given.plan == .graph && given.warnings == [] && given.rows == expected.rows,
                sourceLocation: sourceLocation)
        }
    }
}

@Suite struct IndexFileDamageTests {
    /// Where the header says that the section of vectors starts: the seventh entry, of 24 bytes each, of the table at
    /// byte 416.
    private static func startOfVectors(_ bytes: Data) -> Int {
        (0..<8).reduce(0) { $0 | Int(bytes[416 + 6 * 24 + $1]) << ($1 * 8) }
    }

    /// Header, tables, ids, levels, links: parts in twentieths of what lies before the vectors.
    @Test(arguments: 0..<20) func `a flipped byte outside the vectors is noticed`(_ part: Int) async throws {
        let store = try await SpoiltStore { bytes in
            let offset = Self.startOfVectors(bytes) * part / 20
            bytes[offset] ^= 0x10
        }
        try await store.expectAnsweredAround()
    }

    @Test(arguments: [0, 17, 100, 1021, 1023]) func `a flipped byte of the header is noticed`(_ offset: Int)
        async throws
    {
        try await SpoiltStore { $0[offset] ^= 0x80 }.expectAnsweredAround()
    }

    /// The highest exponent bit of components spread over all vectors.
    @Test(arguments: 0..<6) func `flipped bytes of vectors do not change answers`(_ part: Int) async throws {
        let store = try await SpoiltStore { bytes in
            let start = Self.startOfVectors(bytes)
            let components = (bytes.count - start) / 4
            for step in 0..<20 { bytes[start + 4 * ((components * part / 6 + step * 53) % components) + 3] ^= 0x40 }
        }
        try await store.expectAnsweredAround(warned: false)
    }

    @Test(arguments: [0, 1, 100, 1023, 1024, 5000, -1, -4, -1000]) func `a truncated file is noticed`(_ length: Int)
        async throws
    {
        try await SpoiltStore { $0 = length < 0 ? $0.dropLast(-length) : $0.prefix(length) }.expectAnsweredAround()
    }

    @Test func `bytes after the end are noticed`() async throws {
        try await SpoiltStore { $0 += Data(count: 64) }.expectAnsweredAround()
    }

    @Test func `the file of another store is not used`() async throws {
        let folder = try TemporaryFolder()
        let other = try await Database.open(
            at: folder.path("other.db"), mode: .create, configuration: .tiny(exactThreshold: 10))
        _ = try await other.put(SampleTexts.documents(5000..<5090))
        try await other.close()
        let foreign = try Data(contentsOf: folder.url.appending(path: try #require(try folder.indexFiles().first)))
        let store = try await SpoiltStore { $0 = foreign }
        try await store.expectAnsweredAround()
    }

    @Test func `a name with a number too large is no index file`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("store.db-index-1-\(UInt64.max)", "no index")
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny(exactThreshold: 10))
        _ = try await database.put(SampleTexts.documents(0..<90))
        #expect(try await database.search(SearchRequest(SampleTexts.sentence(5), mode: .semantic)).plan == .graph)
        try await database.close()
    }

    @Test func `a deleted file is rebuilt`() async throws {
        let store = try await SpoiltStore { _ in }
        try FileManager.default.removeItem(atPath: store.indexPath)
        let reader = try await store.open()
        let exact = try await store.answers(reader, plan: .exact)
        #expect(try await store.answers(reader, plan: .auto).map(\.rows) == exact.map(\.rows))
        #expect(try await reader.verify() == [])
        try await reader.close()
        let writer = try await store.open(.readWrite)
        _ = try await writer.optimize()
        #expect(
            try await store.answers(writer, plan: .auto).map(\.plan)
                == Array(repeating: SearchPlan.graph, count: exact.count))
    }

    /// Written in place by another program, while this one has it mapped: reading on would end the process.
    @Test(arguments: [1, 5000, -4]) func `questions are answered though the file in use is cut short`(_ length: Int)
        async throws
    {
        let store = try await SpoiltStore { _ in }
        let reader = try await store.open()
        let before = try await store.answers(reader, plan: .auto)
        #expect(before.allSatisfy { $0.plan == .graph })
        let size = try Data(contentsOf: URL(filePath: store.indexPath)).count
        let file = try FileHandle(forWritingTo: URL(filePath: store.indexPath))
        try file.truncate(atOffset: UInt64(length < 0 ? size + length : length))
        try file.close()
        let after = try await store.answers(reader, plan: .auto)
        #expect(after.map(\.rows) == before.map(\.rows))
        #expect(after.allSatisfy { $0.plan == .exact })
    }

    @Test func `a sound file stays in use`() async throws {
        let store = try await SpoiltStore { _ in }
        let reader = try await store.open()
        for answer in try await store.answers(reader, plan: .auto) {
            #expect(answer.plan == .graph && answer.warnings == [])
        }
        #expect(try await reader.verify() == [])
    }
}
