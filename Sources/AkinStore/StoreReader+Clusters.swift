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

    /// The cluster of each document of a run, by row id. Documents deleted since are gone from it.
    package func clusterAssignments(run: Int64) throws -> [Int64: Int] {
        var assignments: [Int64: Int] = [:]
        let cursor = try rows("SELECT document, cluster FROM cluster_assignment WHERE run = ?", [run])
        while let row = try cursor.next() { assignments[try row.decode(atIndex: 0)] = try row.decode(Int.self, atIndex: 1) }
        return assignments
    }

    private static let runColumns = "id, created, name, k, seed, unit, body"

    private static func run(_ row: Row) throws -> ClusterRun {
        try ClusterRun(
            id: row.decode(atIndex: 0), created: row.decode(atIndex: 1), name: row.decode(atIndex: 2), k: row.decode(atIndex: 3),
            seed: UInt64(bitPattern: row.decode(atIndex: 4)), unit: row.decode(atIndex: 5), body: row.decode(atIndex: 6))
    }
}
