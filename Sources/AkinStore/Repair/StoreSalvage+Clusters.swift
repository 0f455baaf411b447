import AkinCore
import Foundation
import GRDB

extension StoreSalvage {
    /// Drops clusterings that cannot be read back or were altered in more than their labels, and reports those that
    /// were altered or have lost clusters.
    mutating func checkClusters() throws {
        let lost = try Int64.fetchAll(
            target,
            sql: """
                SELECT run FROM cluster_assignment WHERE run NOT IN (SELECT id FROM cluster_run)
                UNION SELECT run FROM cluster WHERE run NOT IN (SELECT id FROM cluster_run)
                """)
        losses += lost.map { Note("Cluster run \($0) is gone.", remedy: .cluster) }
        let altered = try Int64.fetchAll(
            target, sql: "SELECT id FROM cluster_run WHERE \(RowChecksum.clusterRun.isAltered)")
        for run in Set(altered).union(try runsOfBrokenCentroids()).sorted() {
            try target.execute(
                sql: """
                    DELETE FROM cluster_assignment WHERE run = :run; DELETE FROM cluster WHERE run = :run;
                    DELETE FROM cluster_run WHERE id = :run
                    """, arguments: ["run": run])
            losses.append(Note("Cluster run \(run) was altered and is gone.", remedy: .cluster))
        }
        // Runs of the first format, which had no clusters, have no space.
        let doubtful = try Int64.fetchAll(
            target,
            sql: """
                SELECT run FROM cluster WHERE \(RowChecksum.cluster.isAltered)
                UNION SELECT id FROM cluster_run AS r WHERE space IS NOT NULL AND k > (SELECT count(*) FROM cluster WHERE run = r.id)
                """)
        losses += doubtful.map { Note("Cluster run \($0) may have been altered.", remedy: .cluster) }
    }

    /// Runs with centroids of different lengths, or with components that are not numbers.
    private func runsOfBrokenCentroids() throws -> Set<Int64> {
        var (broken, lengths): (Set<Int64>, [Int64: Int]) = ([], [:])
        let cursor = try Row.fetchCursor(target, sql: "SELECT run, centroid FROM cluster ORDER BY run, number")
        while let row = try cursor.next() {
            let (run, centroid): (Int64, Data) = (row[0], row[1])
            let isSound =
                centroid.count % 4 == 0 && lengths[run, default: centroid.count] == centroid.count
                && VectorBytes.vector(centroid, as: .f32).allSatisfy(\.isFinite)
            lengths[run] = centroid.count
            if !isSound { broken.insert(run) }
        }
        return broken
    }
}
