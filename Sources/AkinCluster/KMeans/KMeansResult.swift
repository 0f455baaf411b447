package import AkinVectors

/// How `KMeans` works; the defaults are what `akin cluster` uses.
package struct KMeansOptions: Sendable, Hashable {
    /// Decides every random choice: the same seed gives the same clusters at any thread count.
    package var seed: UInt64
    /// Independent starts, of which the best objective is kept. Greedy seeding makes starts alike, so a few are enough
    /// (scikit-learn's `n_init` is 1 with the same seeding and 10 with random seeds).
    package var restarts: Int
    /// Lloyd iterations of one start at most.
    package var maximumIterations: Int
    package var threads: Int

    package init(seed: UInt64 = 42, restarts: Int = 8, maximumIterations: Int = 100, threads: Int = 1) {
        self.seed = seed
        self.restarts = restarts
        self.maximumIterations = maximumIterations
        self.threads = threads
    }
}

/// A partition of rows of unit length around unit centroids.
package struct KMeansResult: Sendable {
    /// The assignment of a row that could not be clustered, because it is zero (see `ClusterReportBuilder`).
    package static let unassigned = -1

    /// For each row its cluster, 0 ..< `centroids.rows`.
    package var assignments: [Int]
    /// (k, dimension): the mean direction of each cluster's members. No cluster is empty, so k can be below what was
    /// asked for.
    package var centroids: Matrix
    /// Σ over rows of the cosine to the assigned centroid; larger is better, at most the number of rows.
    package var objective: Double
    /// Lloyd iterations of the start that won, refinement included.
    package var iterations: Int

    package init(assignments: [Int], centroids: Matrix, objective: Double, iterations: Int) {
        self.assignments = assignments
        self.centroids = centroids
        self.objective = objective
        self.iterations = iterations
    }

    /// The number of clusters.
    package var k: Int { centroids.rows }

    /// The members of each cluster, ascending.
    package var members: [[Int]] {
        var members = [[Int]](repeating: [], count: k)
        for (row, cluster) in assignments.enumerated() where cluster >= 0 { members[cluster].append(row) }
        return members
    }
}
