import AkinCluster
import AkinCore
import AkinVectors
import Testing

@Suite struct KMeansTests {
    @Test(arguments: 0..<8, [2, 3])
    func `the objective is the best of all assignments`(seed: Int, k: Int) throws {
        let rows = Samples.scattered(8, dimension: 3, seed: UInt64(seed))
        let result = try KMeans.cluster(rows, k: k, options: KMeansOptions(restarts: 20))
        #expect(abs(result.objective - Samples.bestObjective(rows, k: k)) < 1e-4)
    }

    @Test(arguments: [1, 2, 7, 30])
    func `objective, centroids and assignments belong together`(k: Int) throws {
        let rows = Samples.scattered(600, dimension: 16, seed: 3)
        let result = try KMeans.cluster(rows, k: k)
        #expect(result.k == k)
        #expect(abs(result.objective - Samples.objective(rows, result.assignments)) < 0.01)
        let sizes = result.members.map(\.count)
        #expect(sizes == sizes.sorted(by: >))
        for (row, cluster) in result.assignments.enumerated() {
            let cosines = result.centroids.products(with: rows.row(row))
            #expect(cosines[cluster] >= (cosines.max() ?? 2) - 1e-5)
        }
    }

    @Test(arguments: [2, 3, 5])
    func `the same seed gives the same bits on any number of threads`(threads: Int) throws {
        let rows = Samples.scattered(1_100, dimension: 20, seed: 5)
        let one = try KMeans.cluster(rows, k: 9, options: KMeansOptions(seed: 11, threads: 1))
        let many = try KMeans.cluster(rows, k: 9, options: KMeansOptions(seed: 11, threads: threads))
        #expect(one.assignments == many.assignments)
        #expect(one.objective == many.objective)
        #expect(one.iterations == many.iterations)
        #expect((0..<one.k).allSatisfy { one.centroids.row($0) == many.centroids.row($0) })
    }

    @Test(arguments: [2, 5, 12])
    func `well separated blobs are found`(centers: Int) throws {
        let result = try KMeans.cluster(Samples.blobs(40 * centers, centers: centers), k: centers)
        let truth = (0..<40 * centers).map { $0 % centers }
        #expect(Agreement.adjustedRandIndex(result.assignments, truth) == 1)
    }

    @Test func `blobs are found in more rows than the starts are tried on`() throws {
        let rows = Samples.blobs(17_000, centers: 5, dimension: 8)
        let result = try KMeans.cluster(rows, k: 5, options: KMeansOptions(restarts: 2, threads: 2))
        #expect(Agreement.adjustedRandIndex(result.assignments, (0..<17_000).map { $0 % 5 }) > 0.999)
    }

    @Test func `there are no more clusters than distinct rows`() throws {
        let rows = Samples.circle([0, 0, 0, 90, 90, 200])
        let result = try KMeans.cluster(rows, k: 5)
        #expect(result.assignments == [0, 0, 0, 1, 1, 2])
        #expect(result.k == 3)
        #expect(abs(result.objective - 6) < 1e-5)
    }

    @Test func `rows equal up to rounding make fewer clusters, none of them empty`() throws {
        let rows = Samples.circle([10, 10.000_01, 10.000_02, 10.000_03, 130])
        let result = try KMeans.cluster(rows, k: 4)
        #expect(result.k <= 4 && result.k >= 2)
        #expect(result.members.allSatisfy { !$0.isEmpty })
        #expect(result.assignments.last != result.assignments.first)
    }

    @Test func `an empty cluster takes the row that fits worst`() throws {
        var partition = KMeans.Partition(centroids: Samples.circle([0, 180]))
        let rows = Samples.circle([0, 5, 60])
        partition.assignments = ScreenedRows(rows, threads: 1).nearest(to: partition.centroids, threads: 1).assignments
        #expect(partition.assignments == [0, 0, 0])
        KMeans.repairEmptyClusters(&partition, of: rows, threads: 1)
        #expect(partition.assignments == [0, 0, 1])
    }

    @Test func `rows that cancel out keep a centroid of unit length`() throws {
        let result = try KMeans.cluster(Samples.circle([0, 180]), k: 1)
        #expect(result.assignments == [0, 0])
        #expect(abs(VectorMath.dot(result.centroids.row(0), result.centroids.row(0)) - 1) < 1e-5)
    }

    @Test func `no rows make no clusters`() throws {
        let result = try KMeans.cluster(Matrix(rows: 0, columns: 4), k: 3)
        #expect(result.k == 0 && result.assignments.isEmpty && result.objective == 0)
    }

    @Test func `one row is one cluster`() throws {
        let result = try KMeans.cluster(Samples.circle([33]), k: 3)
        #expect(result.k == 1 && result.assignments == [0] && abs(result.objective - 1) < 1e-6)
    }

    @Test(arguments: [0, -1])
    func `bad arguments are refused`(k: Int) {
        #expect(throws: AkinError.self) { try KMeans.cluster(Samples.circle([0, 90]), k: k) }
    }

    @Test(arguments: [0, 2, Float.nan, .infinity])
    func `rows that are zero, too long or not finite are refused`(value: Float) {
        let error = #expect(throws: AkinError.self) { try KMeans.cluster(Matrix([[1, 0], [value, 0]]), k: 1) }
        #expect(error?.message.contains("Row 1") == true)
    }
}
