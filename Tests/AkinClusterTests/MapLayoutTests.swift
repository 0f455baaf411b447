import AkinCluster
import AkinVectors
import Testing

@Suite struct MapLayoutTests {
    private func places(_ rows: Matrix, k: Int, threads: Int = 1, exactLimit: Int = 20_000) throws -> (
        [MapLayout.Place], [Int]
    ) {
        let result = try KMeans.cluster(rows, k: k)
        return (
            try MapLayout.places(
                rows, assignments: result.assignments, centroids: result.centroids, seed: 3, threads: threads,
                exactLimit: exactLimit),
            result.assignments
        )
    }

    @Test(arguments: [(60, 100), (900, 1_000), (900, 200)])
    func `nearly all nearest neighbours on the map are of the same blob, also where neighbours come from cells`(
        count: Int, exactLimit: Int
    ) throws {
        let (places, assignments) = try places(Samples.blobs(count, centers: 5), k: 5, exactLimit: exactLimit)
        var same = 0
        for (index, place) in places.enumerated() {
            let nearest = places.indices.filter { $0 != index }.min {
                distance(place, places[$0]) < distance(place, places[$1])
            }
            if let nearest, assignments[nearest] == assignments[index] { same += 1 }
        }
        #expect(Double(same) > 0.98 * Double(count))
    }

    private func distance(_ a: MapLayout.Place, _ b: MapLayout.Place) -> Double {
        (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
    }

    @Test(arguments: [20_000, 100])
    func `the layout is the same on any number of threads`(exactLimit: Int) throws {
        let rows = Samples.scattered(1_500, dimension: 12, seed: 4)
        let (one, _) = try places(rows, k: 4, exactLimit: exactLimit)
        let (three, _) = try places(rows, k: 4, threads: 3, exactLimit: exactLimit)
        #expect(one == three)
    }

    @Test(arguments: [2, 3, 4, 5, 20, 300])
    func `places lie within 0 … 1 and fill one side`(count: Int) throws {
        let (places, _) = try places(Samples.scattered(count, dimension: 6, seed: 1), k: 2)
        #expect(places.count == count)
        #expect(places.allSatisfy { (-1e-9...1 + 1e-9).contains($0.x) && (-1e-9...1 + 1e-9).contains($0.y) })
        let spans = [places.map(\.x), places.map(\.y)].map { ($0.max() ?? 0) - ($0.min() ?? 0) }
        #expect(abs((spans.max() ?? 0) - 1) < 1e-9)
    }

    @Test(arguments: [0, 1, 2, 40])
    func `equal rows, one row and no rows have places`(count: Int) throws {
        let (places, _) = try places(Samples.circle([Double](repeating: 70, count: count)), k: 1)
        #expect(places.count == count)
        #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
}
