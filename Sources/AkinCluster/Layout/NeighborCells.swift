import AkinVectors

/// Many rows divided into cells, so that neighbours are looked for in the nearest cells alone.
///
/// The cells are those of a short k-means with √n centroids; the neighbours of a row are found among the rows of its
/// own cell and of the eleven whose centroids are nearest to that cell's: an inverted file, searched cell by cell so
/// that each comparison is a matrix product.
struct NeighborCells: Sendable {
    private static let cellsSearched = 12

    private let members: [[Int]]
    /// For each cell the cells that are searched, itself first.
    private let near: [[Int]]

    /// - Parameter rows: (n, dimension), unit rows.
    init(_ rows: Matrix, seed: UInt64, threads: Int) throws {
        let cells = Int(Double(rows.rows).squareRoot())
        let options = KMeansOptions(seed: seed, restarts: 1, maximumIterations: 8, threads: threads)
        let result = try KMeans.cluster(rows, k: cells, options: options)
        members = result.members
        let cosines = result.centroids.multipliedByTranspose(of: result.centroids)
        near = (0..<result.k).map { cell in
            Array(
                (0..<result.k).sorted { (cosines[cell, $1], $0) < (cosines[cell, $0], $1) }.prefix(Self.cellsSearched))
        }
    }

    /// For each of the rows that were divided, in any space of theirs, the `count` nearest others with their negative
    /// squared distances.
    func nearest(of rows: Matrix, count: Int, threads: Int) throws -> [[TopSelection.Entry]] {
        let found = try RowBlocks.mapEach(members.count, threads: threads) { cell in
            var candidates = near[cell].flatMap { members[$0] }
            // Small cells do not hold enough neighbours for each row.
            if candidates.count <= count { candidates = Array(0..<rows.rows) }
            let others = rows.gathered(candidates)
            return NeighborGraph.nearest(
                of: rows, members[cell], among: others, numbers: candidates, norms: NeighborGraph.squaredNorms(others),
                count: count)
        }
        var result = [[TopSelection.Entry]](repeating: [], count: rows.rows)
        for (cell, entries) in found.enumerated() {
            for (row, entry) in zip(members[cell], entries) { result[row] = entry }
        }
        return result
    }
}
