import AkinVectors

/// One more component for each row, √(R² − |x|²) for the longest row's length R, so that all have length R.
///
/// The dot product is no distance: a short vector is not its own nearest neighbour, and links chosen by products alone
/// lead to the long rows only. Among lifted rows the product orders as the Euclidean distance does, and a query lifted
/// by 0 sees the products it asked for (Bachrach et al., "Speeding up the Xbox recommender system using a Euclidean
/// transformation for inner-product spaces", 2014). Only building needs them; searches compare the rows as they are.
final class Lifts: @unchecked Sendable {
    // Safe: written during init only.
    /// (rows)
    let values: AlignedBuffer<Float>
    /// R².
    let squaredRadius: Float

    init(of rows: RowTable, count: Int) {
        values = AlignedBuffer(count: count)
        let row = AlignedBuffer<Float>(count: rows.dimension)
        var longest: Float = 0
        for index in 0..<count {
            rows.decode(UInt32(index), into: row.base)
            values.base[index] = VectorMath.dot(row.base, row.base, rows.dimension)
            longest = max(longest, values.base[index])
        }
        for index in 0..<count { values.base[index] = max(0, longest - values.base[index]).squareRoot() }
        squaredRadius = longest
    }

    /// What lifting adds to the product of two rows.
    @inline(__always) func product(_ a: UInt32, _ b: UInt32) -> Float { values.base[Int(a)] * values.base[Int(b)] }
}
