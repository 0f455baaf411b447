import AkinCore
import AkinIndex
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// A committed index file of each format that can be read stays readable.
@Suite struct FormatTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "Goldens/format-2.index")
    private static let vectors = Samples.vectors(1100, 72, metric: .cosine, clusters: 12)

    /// Made with `AKIN_WRITE_GOLDENS=1`, as was the committed one when format 2 was new.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["AKIN_WRITE_GOLDENS"] != nil))
    func `the golden file is written when asked for`() throws {
        let index = try HNSWIndex.build(
            ids: Samples.ids(1100), vectors: Self.vectors, metric: .cosine, parameters: HNSWParameters(connectivity: 8),
            rowFormat: .int8)
        try Snapshot.write(index, header: SnapshotTests.header(index), to: Self.golden.path)
    }

    @Test func `format 2 stays readable`() throws {
        let (index, header) = try Snapshot.open(Self.golden.path)
        #expect(header == SnapshotTests.header(index))
        #expect(index.checkInvariants() == [] && index.count == 1100 && header.dimension == 72)
        let queries = Samples.vectors(40, 72, metric: .cosine, clusters: 12, seed: 5)
        var found = 0
        for query in 0..<40 {
            let expected = Set(
                Samples.bruteForce(
                    queries.row(query), ids: Samples.ids(1100), vectors: Self.vectors, metric: .cosine, k: 10
                ).map(\.id))
            found += index.search(queries.row(query), k: 10).neighbors.count { expected.contains($0.id) }
        }
        #expect(found > 360)
    }
}
