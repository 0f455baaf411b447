package import AkinVectors

/// Products of all rows with a few.
package enum RowProducts {
    /// Row t of the result holds the products of every row with row t of `targets`: (targets, rows).
    ///
    /// Each product is summed in one order, whatever the shapes and the number of threads.
    package static func columns(_ rows: Matrix, with targets: Matrix, threads: Int) -> [[Float]] {
        precondition(rows.columns == targets.columns)
        let result = AlignedBuffer<Float>(count: rows.rows * targets.rows)
        let count = rows.rows
        // The body throws nothing, so neither does this.
        try? Parallel.forEach((count + RowBlocks.size - 1) / RowBlocks.size, threads: threads) { block in
            let products = unsafe result.base
            unsafe rows.withUnsafePointer { x in
                unsafe targets.withUnsafePointer { y in
                    for row in block * RowBlocks.size..<min((block + 1) * RowBlocks.size, count) {
                        for target in 0..<targets.rows {
                            unsafe products[target * count + row] = VectorMath.dot(
                                x + row * rows.columns, y + target * rows.columns, rows.columns)
                        }
                    }
                }
            }
        }
        return (0..<targets.rows).map { unsafe Array(result.buffer[$0 * count..<($0 + 1) * count]) }
    }

    /// The product of each row with the row of `others` that `assignments` names.
    package static func assigned(_ rows: Matrix, _ assignments: [Int], with others: Matrix, threads: Int) -> [Float] {
        precondition(rows.columns == others.columns && assignments.count == rows.rows)
        let result = AlignedBuffer<Float>(count: rows.rows)
        Parallel.ranges(rows.rows, threads: threads) { range in
            let products = unsafe result.base
            unsafe rows.withUnsafePointer { x in
                unsafe others.withUnsafePointer { y in
                    for row in range {
                        unsafe products[row] = VectorMath.dot(
                            x + row * rows.columns, y + assignments[row] * rows.columns, rows.columns)
                    }
                }
            }
        }
        return unsafe Array(result.buffer)
    }
}
