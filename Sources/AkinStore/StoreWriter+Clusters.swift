import AkinCore
import GRDB

extension StoreWriter {
    /// Stores a clustering, whose `id` is ignored.
    ///
    /// - Parameters:
    ///   - clusters: its clusters, whose `run` is ignored.
    ///   - assignments: The cluster of each document, by row id.
    /// - Returns: its id.
    package func saveClusterRun(
        _ run: ClusterRun, clusters: [StoredCluster] = [], assignments: [(document: Int64, cluster: Int)]
    ) throws -> Int64 {
        if let name = run.name, try clusterRun(name: name) != nil { throw nameTaken(name) }
        return try change {
            try execute(
                RowChecksum.clusterRun.insertion,
                [run.created, run.name, run.k, Int64(bitPattern: run.seed), run.unit, run.body, run.space, run.filter])
            let id = database.lastInsertedRowID
            for cluster in clusters {
                try execute(
                    RowChecksum.cluster.insertion,
                    [
                        id, cluster.number, cluster.label, cluster.givenLabel,
                        VectorBytes.data(cluster.centroid, as: .f32),
                    ])
            }
            try assign(assignments, run: id)
            return id
        }
    }

    /// Puts documents into clusters of a run, in place of those they were in.
    package func assign(_ assignments: [(document: Int64, cluster: Int)], run: Int64) throws {
        try change {
            for assignment in assignments {
                try execute(
                    "INSERT OR REPLACE INTO cluster_assignment (run, document, cluster) VALUES (?, ?, ?)",
                    [run, assignment.document, assignment.cluster])
            }
        }
    }

    /// Gives a cluster a label of the user's own; nil goes back to the one made from its texts.
    package func setGivenLabel(_ label: String?, run: Int64, cluster: Int) throws {
        try change {
            try execute("UPDATE cluster SET given_label = ? WHERE run = ? AND number = ?", [label, run, cluster])
            try execute(RowChecksum.cluster.sealing(where: "run = ? AND number = ?"), [run, cluster])
        }
        guard database.changesCount == 1 else {
            throw AkinError(.notFound, "Cluster run \(run) has no cluster \(cluster).")
        }
    }

    /// Renames a clustering; nil removes its name.
    package func renameClusterRun(id: Int64, to name: String?) throws {
        guard try clusterRun(id: id) != nil else {
            throw AkinError(.notFound, "There is no cluster run \(id) in the store.")
        }
        if let name, let other = try clusterRun(name: name), other.id != id { throw nameTaken(name) }
        try change {
            try execute("UPDATE cluster_run SET name = ? WHERE id = ?", [name, id])
            try execute(RowChecksum.clusterRun.sealing(where: "id = ?"), [id])
        }
    }

    /// Deletes a clustering.
    ///
    /// - Returns: whether there was one.
    package func deleteClusterRun(id: Int64) throws -> Bool {
        try change { try execute("DELETE FROM cluster_run WHERE id = ?", [id]) }
        return database.changesCount > 0
    }

    private func nameTaken(_ name: String) -> AkinError {
        AkinError(
            .invalidArgument, "There is already a cluster run named \(name); choose another name or rename that one.")
    }
}
