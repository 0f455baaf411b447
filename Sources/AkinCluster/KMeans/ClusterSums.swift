package import AkinVectors

/// The sums of the rows of each cluster, updated by the rows that moved.
package struct ClusterSums: Sendable {
    /// (clusters, columns)
    package private(set) var sums: Matrix
    /// Rows of each cluster.
    package private(set) var sizes: [Int]
    private let rows: Matrix

    /// - Parameter assignments: for each row its cluster, 0 ..< clusters.
    package init(_ rows: Matrix, assignments: [Int], clusters: Int, threads: Int) {
        precondition(assignments.count == rows.rows)
        self.rows = rows
        sums = Matrix(rows: clusters, columns: rows.columns)
        sizes = [Int](repeating: 0, count: clusters)
        var changes = [[Change]](repeating: [], count: clusters)
        for (row, cluster) in assignments.enumerated() { changes[cluster].append(Change(row: Int32(row), sign: 1)) }
        apply(changes, threads: threads)
    }

    /// Moves the rows whose cluster differs in `new` from their old cluster's sum to the new one's. The rows are taken
    /// in order, so that the number of threads changes no bit.
    ///
    /// - Complexity: rows, and two additions of vectors for each row that moved.
    package mutating func update(from old: [Int], to new: [Int], threads: Int) {
        precondition(old.count == rows.rows && new.count == rows.rows)
        var changes = [[Change]](repeating: [], count: sizes.count)
        for row in 0..<old.count where old[row] != new[row] {
            changes[old[row]].append(Change(row: Int32(row), sign: -1))
            changes[new[row]].append(Change(row: Int32(row), sign: 1))
        }
        apply(changes, threads: threads)
    }

    /// The unit direction of each sum; zeros where a sum is (nearly) zero.
    package var directions: Matrix {
        var directions = sums
        unsafe directions.withUnsafeMutablePointer { base in
            for cluster in 0..<sums.rows {
                let row = unsafe base + cluster * sums.columns
                if unsafe VectorMath.dot(row, row, sums.columns) > 1e-10 {
                    unsafe VectorMath.normalize(row, sums.columns)
                } else {
                    unsafe row.update(repeating: 0, count: sums.columns)
                }
            }
        }
        return directions
    }

    private struct Change: Sendable {
        var row: Int32
        var sign: Float
    }

    private mutating func apply(_ changes: [[Change]], threads: Int) {
        let (rows, columns) = (rows, rows.columns)
        for (cluster, changes) in changes.enumerated() { sizes[cluster] += changes.reduce(0) { $0 + Int($1.sign) } }
        unsafe sums.withUnsafeMutablePointer { sums in
            // Safe: each cluster's sum is written by the one call for that cluster.
            nonisolated(unsafe) let sums = unsafe sums
            unsafe rows.withUnsafePointer { base in
                nonisolated(unsafe) let base = unsafe base
                // The body throws nothing, so neither does this.
                try? Parallel.forEach(changes.count, threads: threads) { cluster in
                    for change in changes[cluster] {
                        unsafe VectorMath.axpy(
                            change.sign, base + Int(change.row) * columns, sums + cluster * columns, columns)
                    }
                }
            }
        }
    }
}
