package import AkinVectors
import Foundation

/// Places rows on a plane so that neighbours stay neighbours.
///
/// The two principal components first; from there `GraphLayout` over the graph of nearest neighbours. Each row is first
/// moved a little towards its centroid, so that the picture keeps to the clusters it is coloured by.
package enum MapLayout {
    /// A place on the map: the longer side of all places spans 0 … 1, the shorter is centred.
    package struct Place: Sendable, Hashable {
        package var x: Double
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    private static let neighbors = 15
    private static let centroidPull: Float = 0.12
    /// Rows beyond which the first plane is found from a sample.
    private static let planeSample = 8_192

    /// The places of the rows, in 0 … 1. The same rows, clusters and seed give the same places at any thread count.
    ///
    /// - Parameters:
    ///   - rows: (n, dimension), unit rows.
    ///   - assignments: n clusters, 0 ..< centroids.rows.
    ///   - centroids: (k, dimension), unit rows.
    ///   - exactLimit: rows up to which all are compared with all; beyond, neighbours are looked for in cells.
    /// - Complexity: rows × min(rows, 12 √rows) × dimension multiplications, and 200 to 500 passes over about 20 edges
    ///   a row.
    package static func places(
        _ rows: Matrix, assignments: [Int], centroids: Matrix, seed: UInt64, threads: Int, exactLimit: Int = 20_000
    ) throws -> [Place] {
        precondition(assignments.count == rows.rows)
        guard rows.rows > 1 else { return Array(repeating: Place(x: 0.5, y: 0.5), count: rows.rows) }
        var generator = SeededGenerator(seed: seed)
        let pulled = pulledToCentroids(rows, assignments: assignments, centroids: centroids)
        let flat = try widestPlane(pulled, threads: threads, generator: &generator)
        guard rows.rows > 3 else { return scaled(flat) }
        let cells = rows.rows > exactLimit ? try NeighborCells(rows, seed: seed, threads: threads) : nil
        let graph = try NeighborGraph(pulled, degree: neighbors, cells: cells, threads: threads)
        // Starting within ± 10 leaves room to move; a little noise separates equal rows.
        let start = scaled(flat).map { place in
            SIMD2<Float>(
                Float(place.x - 0.5) * 20 + (generator.unitFloat() - 0.5) * 0.01,
                Float(place.y - 0.5) * 20 + (generator.unitFloat() - 0.5) * 0.01)
        }
        let epochs = rows.rows <= 10_000 ? 500 : rows.rows <= 30_000 ? 300 : 200
        let layout = GraphLayout(edges: try graph.fuzzyEdges(threads: threads), count: rows.rows, epochs: epochs)
        let places = layout.optimized(start, generator: &generator)
        return scaled(zip(drawnIn(places.map(\.x)), drawnIn(places.map(\.y))).map { Place(x: $0, y: $1) })
    }

    private static func pulledToCentroids(_ rows: Matrix, assignments: [Int], centroids: Matrix) -> Matrix {
        var pulled = rows
        unsafe pulled.withUnsafeMutablePointer { base in
            unsafe centroids.withUnsafePointer { centroids in
                for (row, cluster) in assignments.enumerated() {
                    unsafe VectorMath.axpy(
                        centroidPull, centroids + cluster * rows.columns, base + row * rows.columns, rows.columns)
                }
            }
        }
        return pulled
    }

    /// The rows seen along the two directions in which a sample of them varies most.
    private static func widestPlane(_ rows: Matrix, threads: Int, generator: inout SeededGenerator) throws -> [Place] {
        var sample = rows.gathered(KMeans.sampleIndices(count: planeSample, of: rows.rows, generator: &generator))
        let mean = sample.meanRow()
        for row in 0..<sample.rows { sample.setRow(row, zip(sample.row(row), mean).map { $0 - $1 }) }
        let directions = PrincipalComponents(of: sample, count: 2).directions
        return try RowBlocks.map(rows.rows, threads: threads) { range in
            let products = RowBlocks.products(rows, range, with: directions)
            return stride(from: 0, to: products.count, by: directions.rows).map { place in
                Place(x: Double(products[place]), y: directions.rows > 1 ? Double(products[place + 1]) : 0)
            }
        }.flatMap(\.self)
    }

    /// Brings the outermost 0.5 % at either end close to the rest, in their order: a few far islands would shrink the
    /// whole map.
    private static func drawnIn(_ values: [Float]) -> [Double] {
        let sorted = values.sorted()
        let low = Double(sorted[sorted.count / 200])
        let high = Double(sorted[sorted.count - 1 - sorted.count / 200])
        let margin = max((high - low) * 0.06, 1e-6)
        return values.map { value in
            let value = Double(value)
            if value < low { return low - margin * tanh((low - value) / margin) }
            return value > high ? high + margin * tanh((value - high) / margin) : value
        }
    }

    /// The places moved and scaled evenly to 0 … 1.
    static func scaled(_ places: [Place]) -> [Place] {
        let (minX, maxX) = bounds(places.map(\.x))
        let (minY, maxY) = bounds(places.map(\.y))
        let side = max(maxX - minX, maxY - minY)
        guard side > 0 else { return places.map { _ in Place(x: 0.5, y: 0.5) } }
        return places.map { place in
            Place(x: (place.x - (minX + maxX) / 2) / side + 0.5, y: (place.y - (minY + maxY) / 2) / side + 0.5)
        }
    }

    private static func bounds(_ values: [Double]) -> (Double, Double) { (values.min() ?? 0, values.max() ?? 0) }
}
