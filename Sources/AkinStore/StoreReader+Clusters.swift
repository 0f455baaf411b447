import AkinCore
import Foundation
import GRDB

extension StoreReader {
    /// Every stored clustering, oldest first.
    package func clusterRuns() throws -> [ClusterRun] {
        var runs: [ClusterRun] = []
        let cursor = try rows("SELECT \(Self.runColumns) FROM cluster_run ORDER BY id")
        while let row = try cursor.next() { runs.append(try Self.run(row)) }
        return runs
    }

    package func clusterRun(id: Int64) throws -> ClusterRun? {
        try firstRow("SELECT \(Self.runColumns) FROM cluster_run WHERE id = ?", [id]).map(Self.run)
    }

    package func clusterRun(name: String) throws -> ClusterRun? {
        try firstRow("SELECT \(Self.runColumns) FROM cluster_run WHERE name = ?", [name]).map(Self.run)
    }

    /// The newest clustering, of a unit where one is given; bodies of others are not read.
    package func newestClusterRun(unit: String? = nil) throws -> ClusterRun? {
        try firstRow(
            "SELECT \(Self.runColumns) FROM cluster_run WHERE id = (SELECT max(id) FROM cluster_run WHERE unit = ?1 OR ?1 IS NULL)",
            [unit]
        ).map(Self.run)
    }

    /// The newest clustering of whole documents, without its body.
    package func newestDocumentRun() throws -> ClusterRun? {
        try firstRow(
            "SELECT id, created, name, k, seed, unit, '', space, filter FROM cluster_run WHERE unit = 'document' ORDER BY id DESC LIMIT 1"
        ).map(Self.run)
    }

    /// The clusters of a run, by number; none for runs of stores of format 1.
    package func clusters(run: Int64) throws -> [StoredCluster] {
        var clusters: [StoredCluster] = []
        let cursor = try rows(
            "SELECT number, label, given_label, centroid FROM cluster WHERE run = ? ORDER BY number", [run])
        while let row = try cursor.next() {
            let number: Int = try row.number(0, in: RowLimits.part, "number", of: "a cluster of run \(run)")
            let bytes: Data = try row.decode(atIndex: 3)
            let size = VectorElement.f32.byteCount
            let isWhole =
                bytes.count % size == 0 && clusters.first.map { $0.centroid.count * size == bytes.count } ?? true
            let centroid = isWhole ? VectorBytes.vector(bytes, as: .f32) : []
            guard isWhole, centroid.allSatisfy(\.isFinite) else {
                throw AkinError.impossible("The centroid of cluster \(number) of run \(run) is damaged")
            }
            clusters.append(
                StoredCluster(
                    number: number, label: try row.decode(atIndex: 1), givenLabel: try row.decode(atIndex: 2),
                    centroid: centroid))
        }
        return clusters
    }

    /// Documents that a run has not assigned, by row id, ascending.
    package func documentsWithoutCluster(run: Int64) throws -> [Int64] {
        var documents: [Int64] = []
        let cursor = try rows(
            "SELECT id FROM document EXCEPT SELECT document FROM cluster_assignment WHERE run = ? ORDER BY 1", [run])
        while let row = try cursor.next() { documents.append(try row.decode(atIndex: 0)) }
        return documents
    }

    private static let runColumns = "id, created, name, k, seed, unit, body, space, filter"

    private static func run(_ row: Row) throws -> ClusterRun {
        let id: Int64 = try row.number(0, in: RowLimits.row, "number", of: "a cluster run")
        return try ClusterRun(
            id: id, created: row.decode(atIndex: 1), name: row.decode(atIndex: 2),
            k: row.number(3, in: RowLimits.part, "number of clusters", of: "cluster run \(id)"),
            seed: UInt64(bitPattern: row.decode(atIndex: 4)), unit: row.decode(atIndex: 5),
            body: row.decode(atIndex: 6),
            space: row.hasNull(atIndex: 7) ? nil : row.number(7, in: RowLimits.space, "space", of: "cluster run \(id)"),
            filter: row.decode(atIndex: 8))
    }
}
