import AkinCluster
import AkinVectors
import Foundation
import Testing

@Suite struct QualityTests {
    // Two clusters on the circle, centroids at 10° and 100°.
    private let rows = Samples.circle([0, 20, 90, 110])
    private let assignments = [0, 0, 1, 1]

    private func memberships() throws -> [Membership] {
        try Membership.all(rows, assignments: assignments, centroids: Samples.circle([10, 100]), threads: 1)
    }

    private func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }

    @Test func `each row has its similarity to its own and the next best cluster`() throws {
        let memberships = try memberships()
        #expect(memberships.map(\.cluster) == assignments)
        #expect(memberships.map(\.runnerUp) == [1, 1, 0, 0])
        for (membership, other) in zip(memberships, [100.0, 80, 80, 100]) {
            #expect(abs(Double(membership.similarity) - cosine(10)) < 1e-6)
            #expect(abs(Double(membership.runnerUpSimilarity) - cosine(other)) < 1e-6)
        }
    }

    @Test func `simplified silhouette and cohesion are those of the formulas`() throws {
        let quality = ClusterQuality(try memberships(), k: 2)
        let a = 1 - cosine(10)
        let far = (1 - cosine(100) - a) / (1 - cosine(100))
        let near = (1 - cosine(80) - a) / (1 - cosine(80))
        #expect(abs(quality.silhouette - (far + near) / 2) < 1e-5)
        #expect(quality.silhouettes.allSatisfy { abs($0 - (far + near) / 2) < 1e-5 })
        #expect(quality.cohesion.allSatisfy { abs($0 - cosine(10)) < 1e-6 })
    }

    @Test func `a row nearer to another centroid has a negative silhouette`() throws {
        let memberships = try Membership.all(
            Samples.circle([0, 80]), assignments: [0, 0], centroids: Samples.circle([0, 90]), threads: 1)
        #expect(memberships[1].silhouette < 0 && memberships[1].margin < 0)
    }

    @Test func `one cluster has no silhouette`() throws {
        let memberships = try Membership.all(
            rows, assignments: [0, 0, 0, 0], centroids: Samples.circle([45]), threads: 1)
        #expect(ClusterQuality(memberships, k: 1).silhouette == 0)
        #expect(memberships.allSatisfy { $0.runnerUp == nil })
    }

    @Test(arguments: [2, 5])
    func `the silhouette over all pairs equals the one computed pair by pair`(k: Int) throws {
        let rows = Samples.scattered(60, dimension: 5, seed: 9)
        let result = try KMeans.cluster(rows, k: k)
        var total = 0.0
        for row in 0..<rows.rows {
            let means = result.members.enumerated().map { cluster, members in
                let others = members.filter { $0 != row }
                return others.reduce(0.0) { $0 + 1 - Double(VectorMath.dot(rows.row(row), rows.row($1))) }
                    / Double(others.count)
            }
            let own = result.assignments[row]
            guard result.members[own].count > 1 else { continue }
            let next = means.enumerated().filter { $0.offset != own }.map(\.element).min() ?? 0
            total += (next - means[own]) / max(next, means[own])
        }
        #expect(abs(try Silhouette.mean(rows, result, threads: 1) - total / 60) < 1e-4)
    }

    @Test func `the adjusted Rand index is that of worked examples`() {
        #expect(Agreement.adjustedRandIndex([0, 0, 1, 1], [5, 5, 2, 2]) == 1)
        // Pairs together in both: 1; in the first: 2; in the second: 3; of 6. (1 − 1) / (2.5 − 1) = 0.
        #expect(Agreement.adjustedRandIndex([0, 0, 1, 1], [0, 0, 0, 1]) == 0)
        // Pairs together in both: 2; in the first: 6; in the second: 3; of 15. (2 − 1.2) / (4.5 − 1.2).
        #expect(abs(Agreement.adjustedRandIndex([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) - 0.8 / 3.3) < 1e-12)
    }
}
