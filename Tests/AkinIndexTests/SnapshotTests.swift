import AkinCore
import AkinIndex
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

@Suite struct SnapshotTests {
    static func index(_ rows: Int, _ dimension: Int, metric: DistanceMetric = .cosine, threads: Int = 1) throws
        -> HNSWIndex
    {
        try HNSWIndex.build(
            ids: Samples.ids(rows), vectors: Samples.vectors(rows, dimension, metric: metric), metric: metric,
            threads: threads)
    }

    static func header(_ index: HNSWIndex) -> SnapshotHeader {
        SnapshotHeader(
            of: index, storeUUID: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)), space: 3,
            encoderFingerprint: String(repeating: "ab", count: 32), generation: 42, lastSequence: 1234,
            chain: Data(100..<132))
    }

    @Test(arguments: DistanceMetric.allCases, [(0, 3), (1, 1), (2, 3), (17, 8), (1000, 8), (300, 384), (1500, 96)])
    func `an index comes back as it was written`(
        metric: DistanceMetric, size: (rows: Int, dimension: Int)
    ) throws {
        let folder = try TemporaryFolder()
        let index = try Self.index(size.rows, size.dimension, metric: metric)
        try Snapshot.write(index, header: Self.header(index), to: folder.path("index"))
        let (opened, header) = try Snapshot.open(folder.path("index"))
        #expect(header == Self.header(index))
        #expect(opened.count == index.count && opened.metric == metric && opened.dimension == index.dimension)
        #expect(opened.parameters == index.parameters)
        #expect(opened.checkInvariants() == [])
        #expect(opened.statistics() == index.statistics())
        let queries = Samples.vectors(10, size.dimension, metric: metric, seed: 3)
        for query in 0..<10 {
            let (a, b) = (index.search(queries.row(query), k: 7), opened.search(queries.row(query), k: 7))
            #expect(a.neighbors == b.neighbors && a.distancesComputed == b.distancesComputed)
        }
        try Snapshot.write(opened, header: header, to: folder.path("again"))
        #expect(
            try Data(contentsOf: folder.url.appending(path: "again"))
                == Data(contentsOf: folder.url.appending(path: "index")))
    }

    @Test func `an index built by one thread has the same bytes each time`() throws {
        let folder = try TemporaryFolder()
        let vectors = Samples.vectors(2000, 16, metric: .cosine, clusters: 9)
        for name in ["a", "b"] {
            let index = try HNSWIndex.build(ids: Samples.ids(2000), vectors: vectors, metric: .cosine)
            let more = try index.extended(
                ids: [7_000_000], vectors: Samples.vectors(1, 16, metric: .cosine), removed: [Samples.ids(2000)[9]])
            try Snapshot.write(more, header: Self.header(more), to: folder.path(name))
        }
        let other = try HNSWIndex.build(
            ids: Samples.ids(2000), vectors: vectors, metric: .cosine, parameters: HNSWParameters(seed: 2))
        try Snapshot.write(other, header: Self.header(other), to: folder.path("c"))
        let bytes = try ["a", "b", "c"].map { try Data(contentsOf: folder.url.appending(path: $0)) }
        #expect(bytes[0] == bytes[1])
        #expect(bytes[0] != bytes[2])
    }

    @Test func `rows that are copies of others come back`() throws {
        let folder = try TemporaryFolder()
        let index = try HNSWIndex.build(
            ids: [4, 2, 9, 5], vectors: Matrix([[1, 0], [1, 0], [0, 1], [0, -1]]), metric: .cosine
        ).extended(
            ids: [], vectors: Matrix(rows: 0, columns: 2), removed: [4])
        try Snapshot.write(index, header: Self.header(index), to: folder.path("index"))
        let opened = try Snapshot.open(folder.path("index")).index
        #expect(opened.search([1, 0], k: 9).neighbors.map(\.id) == [2, 5, 9])
    }

    @Test func `an opened index can be extended`() throws {
        let folder = try TemporaryFolder()
        let index = try Self.index(800, 8)
        try Snapshot.write(index, header: Self.header(index), to: folder.path("index"))
        let opened = try Snapshot.open(folder.path("index")).index
        let more = Samples.vectors(50, 8, metric: .cosine, seed: 77)
        let grown = try opened.extended(ids: Array(2_000_000..<2_000_050), vectors: more)
        #expect(grown.checkInvariants() == [])
        #expect(grown.count == 850)
        #expect(grown.search(more.row(7), k: 1).neighbors.map(\.id) == [2_000_007])
    }

    @Test func `a file is replaced without touching the old one`() throws {
        let folder = try TemporaryFolder()
        let (first, second) = (try Self.index(300, 8), try Self.index(700, 8))
        try Snapshot.write(first, header: Self.header(first), to: folder.path("index"))
        let opened = try Snapshot.open(folder.path("index")).index
        try Snapshot.write(second, header: Self.header(second), to: folder.path("index"))
        #expect(opened.checkInvariants() == [] && opened.count == 300)
        #expect(try Snapshot.open(folder.path("index")).index.count == 700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["index"])
    }

    @Test func `nothing is left where the file cannot be written`() throws {
        let folder = try TemporaryFolder()
        let index = try Self.index(10, 2)
        #expect(throws: AkinError.self) {
            try Snapshot.write(index, header: Self.header(index), to: folder.path("none/index"))
        }
        // A folder stands where the file should go: the rename fails after everything has been written.
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "taken"), withIntermediateDirectories: false)
        #expect(throws: AkinError.self) {
            try Snapshot.write(index, header: Self.header(index), to: folder.path("taken"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["taken"])
    }

    @Test func `a header of another index is refused`() throws {
        let folder = try TemporaryFolder()
        let (index, other) = (try Self.index(10, 2), try Self.index(11, 2))
        var short = Self.header(index)
        short.chain = Data([1, 2, 3])
        for header in [Self.header(other), short] {
            #expect { try Snapshot.write(index, header: header, to: folder.path("index")) } throws: {
                ($0 as? AkinError)?.code == .invalidArgument
            }
        }
    }
}
