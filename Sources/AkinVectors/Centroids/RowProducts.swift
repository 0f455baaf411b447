/// Products of all rows with a few.
package enum RowProducts {
    private static let blockSize = 256

    /// Row t of the result holds the products of every row with row t of `targets`: (targets, rows).
    ///
    /// Each product is summed in one order, whatever the shapes and the number of threads.
    package static func columns(_ rows: Matrix, with targets: Matrix, threads: Int) -> [[Float]] {
        precondition(rows.columns == targets.columns)
        let result = AlignedBuffer<Float>(count: rows.rows * targets.rows)
        let count = rows.rows
        // The body throws nothing, so neither does this.
        try? Parallel.forEach((count + blockSize - 1) / blockSize, threads: threads) { block in
            rows.withUnsafePointer { x in
                targets.withUnsafePointer { y in
                    for row in block * blockSize..<min((block + 1) * blockSize, count) {
                        for target in 0..<targets.rows {
                            result.base[target * count + row] = VectorMath.dot(
                                x + row * rows.columns, y + target * rows.columns, rows.columns)
                        }
                    }
                }
            }
        }
        return (0..<targets.rows).map { Array(result.buffer[$0 * count..<($0 + 1) * count]) }
    }

    /// The product of each row with the row of `others` that `assignments` names.
    package static func assigned(_ rows: Matrix, _ assignments: [Int], with others: Matrix, threads: Int) -> [Float] {
        precondition(rows.columns == others.columns && assignments.count == rows.rows)
        let result = AlignedBuffer<Float>(count: rows.rows)
        Parallel.ranges(rows.rows, threads: threads) { range in
            rows.withUnsafePointer { x in
                others.withUnsafePointer { y in
                    for row in range {
                        result.base[row] = VectorMath.dot(
                            x + row * rows.columns, y + assignments[row] * rows.columns, rows.columns)
                    }
                }
            }
        }
        return Array(result.buffer)
    }
}
