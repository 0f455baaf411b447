import AkinCore
import AkinIndex
import AkinVectors
import Testing

/// Walks over codes find what walks over rows would.
@Suite struct CodeTests {
    /// Vectors whose spread falls off from axis to axis as that of sentence embeddings does, around clusters.
    static func embeddings(_ rows: Int, _ dimension: Int, metric: DistanceMetric, seed: UInt64 = 7) -> Matrix {
        var matrix = Samples.vectors(rows, dimension, metric: .l2, clusters: 40, seed: seed)
        for row in 0..<rows {
            matrix.setRow(
                row,
                matrix.row(row).enumerated().map { index, value in value / (1 + 8 * Float(index) / Float(dimension)) })
        }
        if metric == .cosine { matrix.normalizeRows() }
        return matrix
    }

    static func recall(_ index: HNSWIndex, queries: Matrix, truth: [[Neighbor]], ef: Int?) -> Double {
        var hits = 0
        for query in 0..<queries.rows {
            let found = index.search(queries.row(query), k: 10, ef: ef)
            hits += Set(found.neighbors.map(\.id)).intersection(truth[query].map(\.id)).count
        }
        return Double(hits) / Double(10 * queries.rows)
    }

    @Test(arguments: DistanceMetric.allCases, [96, 384, 500]) func `neighbors are found by codes`(
        metric: DistanceMetric, dimension: Int
    ) throws {
        let vectors = Self.embeddings(4000, dimension, metric: metric)
        let queries = Self.embeddings(100, dimension, metric: metric, seed: 7)
        let ids = Samples.ids(4000)
        let truth = ExactIndex(ids: ids, vectors: vectors, metric: metric).search(batch: queries, k: 10)
        for format in RowFormat.allCases where metric != .l2 || format == .float32 {
            let index = try HNSWIndex.build(ids: ids, vectors: vectors, metric: metric, rowFormat: format)
            #expect(index.hasCodes && index.rowFormat == format)
            #expect(index.checkInvariants() == [])
            let found = Self.recall(index, queries: queries, truth: truth, ef: 200)
            #expect(found >= (format == .int8 ? 0.93 : 0.97), "\(format), recall \(found)")
            // What is scored by rows is scored to the format's precision.
            let best = index.search(queries.row(0), k: 1, ef: 200).neighbors[0]
            let tolerance: Float = format == .float32 ? 1e-5 : format == .float16 ? 1e-3 : 2e-2
            #expect(abs(best.similarity - truth[0][0].similarity) <= tolerance * max(1, abs(truth[0][0].similarity)))
        }
    }

    /// A spread over more directions than a code has coordinates: rows are compared as they are.
    @Test func `codes that would mislead are not used`() throws {
        let vectors = Samples.vectors(1100, 900, metric: .cosine)
        let index = try HNSWIndex.build(ids: Samples.ids(1100), vectors: vectors, metric: .cosine)
        #expect(!index.hasCodes)
        #expect(index.checkInvariants() == [])
        #expect(index.search(vectors.row(3), k: 1, ef: 200).neighbors.map(\.id) == [Samples.ids(1100)[3]])
    }

    @Test func `short rows and few rows get no codes`() throws {
        #expect(
            try !HNSWIndex.build(
                ids: Samples.ids(2000), vectors: Samples.vectors(2000, 64, metric: .cosine), metric: .cosine
            ).hasCodes)
        #expect(
            try !HNSWIndex.build(
                ids: Samples.ids(900), vectors: Samples.vectors(900, 96, metric: .cosine), metric: .cosine
            ).hasCodes)
    }

    /// Vectors that all lie in few directions, and vectors that are all the same but for one.
    @Test func `neighbors in a flat cloud are found`() throws {
        var vectors = Matrix(rows: 1500, columns: 128)
        for row in 0..<1500 { vectors[row, row % 3] = 1 + Float(row) / 1500 }
        for metric in [DistanceMetric.dot, .l2] {
            let index = try HNSWIndex.build(ids: Samples.ids(1500), vectors: vectors, metric: metric)
            #expect(index.checkInvariants() == [])
            let expected = Samples.bruteForce(
                vectors.row(10), ids: Samples.ids(1500), vectors: vectors, metric: metric, k: 3)
            #expect(Samples.agree(index.search(vectors.row(10), k: 3, ef: 400).neighbors, expected))
        }
    }

    @Test func `row formats that do not suit the vectors are refused`() {
        for (dimension, metric) in [(32, DistanceMetric.cosine), (96, .l2)] {
            #expect(throws: (any Error).self) {
                try HNSWIndex.build(
                    ids: [1], vectors: Samples.vectors(1, dimension, metric: metric), metric: metric, rowFormat: .int8)
            }
        }
    }
}
