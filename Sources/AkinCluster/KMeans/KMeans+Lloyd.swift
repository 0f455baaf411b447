package import AkinVectors

extension KMeans {
    /// Lloyd's iteration: assign every row to its nearest centroid, give empty clusters a row, move centroids to the
    /// mean direction.
    ///
    /// Ends when no row changes its cluster, when the objective grows by less than the `tolerance` share of the summed
    /// distance, or after `maximumIterations`. On return the similarities are about those to the centroids before the
    /// last move (see `ScreenedRows`).
    static func iterate(
        _ screened: ScreenedRows, _ rows: Matrix, _ partition: inout Partition, tolerance: Double,
        _ options: KMeansOptions
    ) {
        var previous = -Double.infinity
        var sums: ClusterSums?
        for _ in 0..<options.maximumIterations {
            let before = partition.assignments
            (partition.assignments, partition.similarities) = screened.nearest(
                to: partition.centroids, threads: options.threads)
            repairEmptyClusters(&partition, of: rows, threads: options.threads)
            partition.iterations += 1
            if partition.assignments == before { return }
            let objective = partition.objective
            if sums == nil {
                sums = ClusterSums(
                    rows, assignments: partition.assignments, clusters: partition.centroids.rows,
                    threads: options.threads)
            } else {
                sums?.update(from: before, to: partition.assignments, threads: options.threads)
            }
            if let sums { partition.centroids = centroids(of: sums, partition, rows) }
            if objective - previous < tolerance * max(Double(rows.rows) - objective, 0) { return }
            previous = objective
        }
    }

    /// Gives each empty cluster the row that fits its own cluster worst, unless that cluster would be emptied or the
    /// row lies on its centroid: then there is nothing to gain and the cluster stays empty.
    package static func repairEmptyClusters(_ partition: inout Partition, of rows: Matrix, threads: Int) {
        var sizes = [Int](repeating: 0, count: partition.centroids.rows)
        for cluster in partition.assignments { sizes[cluster] += 1 }
        let empty = sizes.indices.filter { sizes[$0] == 0 }
        guard !empty.isEmpty else { return }
        partition.similarities = RowProducts.assigned(
            rows, partition.assignments, with: partition.centroids, threads: threads)
        var worstFirst = partition.similarities.indices.sorted {
            (partition.similarities[$0], $0) < (partition.similarities[$1], $1)
        }[...]
        for cluster in empty {
            while let row = worstFirst.popFirst() {
                guard partition.similarities[row] < 1 - 1e-6 else { return }
                let from = partition.assignments[row]
                guard sizes[from] > 1 else { continue }
                sizes[from] -= 1
                sizes[cluster] = 1
                partition.assignments[row] = cluster
                partition.similarities[row] = 1
                break
            }
        }
    }

    /// The unit mean direction of each cluster. An empty cluster keeps its centroid; members that cancel out give their
    /// first row.
    static func meanDirections(_ rows: Matrix, _ partition: Partition, threads: Int) -> Matrix {
        centroids(
            of: ClusterSums(
                rows, assignments: partition.assignments, clusters: partition.centroids.rows, threads: threads),
            partition, rows)
    }

    private static func centroids(of sums: ClusterSums, _ partition: Partition, _ rows: Matrix) -> Matrix {
        var centroids = sums.directions
        for cluster in 0..<centroids.rows
        where sums.sizes[cluster] == 0 || VectorMath.dot(centroids.row(cluster), centroids.row(cluster)) == 0 {
            if sums.sizes[cluster] > 0, let first = partition.assignments.firstIndex(of: cluster) {
                centroids.setRow(cluster, rows.row(first))
            } else {
                centroids.setRow(cluster, partition.centroids.row(cluster))
            }
        }
        return centroids
    }
}
