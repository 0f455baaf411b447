import AkinCluster
import AkinVectors
import Testing

@Suite struct ClusterCountTests {
    @Test(arguments: [2, 3, 4, 7, 13])
    func `the number of well separated blobs is found`(centers: Int) throws {
        let rows = Samples.blobs(30 * centers, centers: centers, dimension: 48)
        let choice = try ClusterCount.choose(rows, options: KMeansOptions())
        #expect(choice.k == centers)
        #expect(choice.candidates.map(\.k) == choice.candidates.map(\.k).sorted())
    }

    @Test func `clear groups are found in a few rows`() throws {
        #expect(try ClusterCount.choose(Samples.blobs(18, centers: 3), options: KMeansOptions()).k == 3)
    }

    @Test(arguments: [1, 2, 30])
    func `too few rows, or equal ones, make one cluster`(count: Int) throws {
        let rows = Samples.circle([Double](repeating: 40, count: count))
        #expect(try ClusterCount.choose(rows, options: KMeansOptions()).k == 1)
    }

    @Test func `no rows make no clusters`() throws {
        #expect(try ClusterCount.choose(Matrix(rows: 0, columns: 3), options: KMeansOptions()).k == 0)
    }

    @Test(arguments: [3, 10, 100, 5_000, 1_000_000])
    func `candidates ascend, begin at 2 and leave rows to share`(rows: Int) {
        let grid = ClusterCount.grid(rows: rows)
        #expect(grid.first == 2)
        #expect(zip(grid, grid.dropFirst()).allSatisfy { $0 < $1 })
        #expect((grid.last ?? 0) < rows && (grid.last ?? 0) <= 150)
    }
}
