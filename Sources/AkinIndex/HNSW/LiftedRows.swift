import AkinVectors

/// Rows with one component more, √(R² − |x|²) for the longest row's length R, so that all have length R.
///
/// The dot product is no distance: a short vector is not its own nearest neighbour, and links chosen by products alone lead to the long
/// rows only. Among lifted rows the product orders as the Euclidean distance does, and a query lifted by 0 sees the products it asked for
/// (Bachrach et al., "Speeding up the Xbox recommender system using a Euclidean transformation for inner-product spaces", 2014).
/// Only building needs them; searches compare the rows as they are.
final class LiftedRows {
    private let rows: AlignedBuffer<Float>  // (count, dimension + 1)
    private let dimension: Int

    init(rows source: UnsafePointer<Float>, count: Int, dimension: Int) {
        self.dimension = dimension
        rows = AlignedBuffer(count: count * (dimension + 1))
        let squaredLengths = (0..<count).map { VectorMath.dot(source + $0 * dimension, source + $0 * dimension, dimension) }
        let longest = squaredLengths.max() ?? 0
        for index in 0..<count {
            let row = rows.base + index * (dimension + 1)
            row.update(from: source + index * dimension, count: dimension)
            row[dimension] = max(0, longest - squaredLengths[index]).squareRoot()
        }
    }

    /// Valid while this object lives.
    var measure: RowMeasure { RowMeasure(base: rows.base, dimension: dimension + 1, metric: .dot) }
}
