package import AkinVectors

extension KMeans {
    /// Lloyd's iteration: assign every row to its nearest centroid, give empty clusters a row, move centroids to the mean direction.
    ///
    /// Ends when no row changes its cluster, when the objective grows by less than the `tolerance` share of the summed distance, or
    /// after `maximumIterations`. On return the similarities are to the centroids before the last move, or equal to the final ones
    /// when nothing changed.
    static func iterate(_ rows: Matrix, _ partition: inout Partition, tolerance: Double, _ options: KMeansOptions) throws {
        var previous = -Double.infinity
        for _ in 0..<options.maximumIterations {
            let before = partition.assignments
            try assign(rows, &partition, threads: options.threads)
            repairEmptyClusters(&partition)
            partition.iterations += 1
            if partition.assignments == before { return }
            let objective = partition.objective
            partition.centroids = try meanDirections(rows, partition, threads: options.threads)
            if objective - previous < tolerance * max(Double(rows.rows) - objective, 0) { return }
            previous = objective
        }
    }

    /// Assigns every row to the centroid of largest cosine; ties go to the smaller number.
    package static func assign(_ rows: Matrix, _ partition: inout Partition, threads: Int) throws {
        let centroids = partition.centroids
        let blocks = try RowBlocks.map(rows.rows, threads: threads) { range in
            nearest(RowBlocks.products(rows, range, with: centroids), columns: centroids.rows)
        }
        partition.assignments = blocks.flatMap(\.clusters)
        partition.similarities = blocks.flatMap(\.similarities)
    }

    private static func nearest(_ products: [Float], columns: Int) -> (clusters: [Int], similarities: [Float]) {
        var clusters: [Int] = []
        var similarities: [Float] = []
        for start in stride(from: 0, to: products.count, by: columns) {
            var best = start
            for index in start..<start + columns where products[index] > products[best] { best = index }
            clusters.append(best - start)
            similarities.append(products[best])
        }
        return (clusters, similarities)
    }

    /// Gives each empty cluster the row that fits its own cluster worst, unless that cluster would be emptied or the row lies on its
    /// centroid: then there is nothing to gain and the cluster stays empty.
    package static func repairEmptyClusters(_ partition: inout Partition) {
        var sizes = [Int](repeating: 0, count: partition.centroids.rows)
        for cluster in partition.assignments { sizes[cluster] += 1 }
        let empty = sizes.indices.filter { sizes[$0] == 0 }
        guard !empty.isEmpty else { return }
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

    /// The unit mean direction of each cluster. An empty cluster keeps its centroid; members that cancel out give their first row.
    static func meanDirections(_ rows: Matrix, _ partition: Partition, threads: Int) throws -> Matrix {
        let columns = rows.columns
        var members = [[Int]](repeating: [], count: partition.centroids.rows)
        for (row, cluster) in partition.assignments.enumerated() { members[cluster].append(row) }
        let means = try RowBlocks.mapEach(members.count, threads: threads) { [members] cluster -> [Float] in
            var sum = [Float](repeating: 0, count: columns)
            unsafe rows.withUnsafePointer { base in
                unsafe sum.withUnsafeMutableBufferPointer { sum in
                    guard let start = sum.baseAddress else { return }
                    for row in members[cluster] { unsafe VectorMath.axpy(1, base + row * columns, start, columns) }
                }
            }
            return VectorMath.dot(sum, sum) > 1e-10 ? VectorMath.normalized(sum) : []
        }
        var centroids = partition.centroids
        for (cluster, mean) in means.enumerated() {
            if !mean.isEmpty {
                centroids.setRow(cluster, mean)
            } else if let first = members[cluster].first {
                centroids.setRow(cluster, rows.row(first))
            }
        }
        return centroids
    }
}
