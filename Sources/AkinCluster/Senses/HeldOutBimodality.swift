package import AkinVectors
import Foundation

/// How clearly rows fall into two groups, judged on rows that did not draw the line between them.
///
/// Half of the rows are divided in two by k-means, and the other half is projected onto the difference of the two
/// centroids. Of what k-means finds in noise alone nothing is left there: the projections have one hump. Their
/// bimodality coefficient, (skewness² + 1) / kurtosis with the corrections for small samples (SAS Institute 1990;
/// Pfister et al. 2013, "Good things peak in pairs"), is 1/3 for a normal distribution, 5/9 for an even one and 1 for
/// two points.
package enum HeldOutBimodality {
    /// Ways to halve the rows; either half is once the one that is projected.
    private static let splits = 6
    private static let restarts = 3
    /// Rows of a half at least: four moments of fewer say nothing.
    private static let leastRows = 5

    /// The mean coefficient over some ways to halve the rows; 0 for too few rows.
    ///
    /// - Parameter rows: (n, dimension), unit rows.
    /// - Complexity: 36 starts of k-means of half the rows.
    package static func measure(_ rows: Matrix, options: KMeansOptions) throws -> Double {
        guard rows.rows >= 2 * leastRows else { return 0 }
        var generator = SeededGenerator(seed: options.seed)
        var options = options
        options.restarts = restarts
        var total = 0.0
        for _ in 0..<splits {
            let first = KMeans.sampleIndices(count: rows.rows / 2, of: rows.rows, generator: &generator)
            let taken = Set(first)
            let halves = [first, (0..<rows.rows).filter { !taken.contains($0) }]
            for (drawing, judging) in [(halves[0], halves[1]), (halves[1], halves[0])] {
                let result = try KMeans.cluster(rows.gathered(drawing), k: 2, options: options)
                guard result.centroids.rows == 2 else { continue }
                let axis = zip(result.centroids.row(0), result.centroids.row(1)).map { $0 - $1 }
                total += coefficient(judging.map { Double(VectorMath.dot(rows.row($0), axis)) })
            }
        }
        return total / Double(2 * splits)
    }

    /// The bimodality coefficient of numbers; 0 where all are equal.
    static func coefficient(_ values: [Double]) -> Double {
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for value in values {
            let difference = value - mean
            let square = difference * difference
            second += square / n
            third += square * difference / n
            fourth += square * square / n
        }
        guard second > 0, n > 3 else { return 0 }
        let skewness = third / (second * second.squareRoot())
        let excess = fourth / (second * second) - 3
        return (skewness * skewness + 1) / (excess + 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)))
    }
}
