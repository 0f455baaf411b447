import AkinCluster
import AkinCore
import AkinStore
import Foundation

extension Database {
    /// The clusterings kept in the store, oldest first.
    public func clusterRuns() async throws -> [ClusterRunSummary] {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                try reader.clusterRuns().map { run in
                    let report = try report(of: run, reader)
                    return ClusterRunSummary(
                        run: run.id, name: run.name, created: report.about.created, k: run.k,
                        unit: report.about.unit, documents: report.points.count,
                        silhouette: report.silhouette)
                }
            }
        }
    }

    /// A clustering that is kept in the store, by name or number; nil takes the newest.
    ///
    /// - Parameter compareTo: an earlier run; the outcome says what changed since it.
    public func clusterRun(_ nameOrNumber: String? = nil, compareTo: String? = nil) async throws -> ClusterOutcome {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                let run = try find(nameOrNumber, reader)
                var report = try report(of: run, reader)
                if let compareTo {
                    report.comparison = ClusterRunComparison(
                        of: report, to: try self.report(of: try find(compareTo, reader), reader))
                }
                return ClusterOutcome(run: run.id, notes: [], report: report)
            }
        }
    }

    /// Gives a clustering a name, by which it can be asked for.
    public func renameClusterRun(_ nameOrNumber: String, to name: String) async throws {
        try await offload { [self] in
            guard !name.isEmpty, Int64(name) == nil else {
                throw AkinError(
                    .invalidArgument,
                    "\(name.debugDescription) cannot name a run: choose a name that is not empty and not a number.")
            }
            try store.write { writer in
                let run = try find(nameOrNumber, writer)
                if try writer.clusterRun(name: name) != nil {
                    throw AkinError(.invalidArgument, "There is a run named \(name) already: choose another name.")
                }
                try writer.renameClusterRun(id: run.id, to: name)
            }
        }
    }

    /// Gives a cluster a label of the user's own. Later runs keep it for the cluster that continues this one.
    ///
    /// - Parameters:
    ///   - cluster: its number or label.
    ///   - label: nil goes back to the label made from its texts.
    ///   - run: the run's name or number; nil takes the newest.
    /// - Returns: the number of the cluster and its label before.
    @discardableResult
    public func renameCluster(_ cluster: String, to label: String?, run: String? = nil) async throws -> (
        number: Int, label: String
    ) {
        try await offload { [self] in
            if let label, label.allSatisfy(\.isWhitespace) || Int(label) != nil || label.holdsNUL {
                throw AkinError(
                    .invalidArgument,
                    "\(label.debugDescription) cannot name a cluster: choose a name that is not empty and not a number."
                )
            }
            return try store.write { writer in
                let run = try find(run, writer)
                let found = try self.cluster(cluster, of: run, writer)
                try writer.setGivenLabel(label, run: run.id, cluster: found.number)
                return (found.number, found.name)
            }
        }
    }

    /// The filter that only members of a cluster meet. The cluster is one of the newest clustering of whole documents,
    /// or of the run that is named.
    ///
    /// - Parameter cluster: its number, its label, or a part of its label that no other label has.
    public func clusterFilter(_ cluster: String, run: String? = nil) async throws -> Filter {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                let run = try run.map { try find($0, reader) } ?? newestDocumentRun(reader)
                guard run.unit == ClusterUnit.document.rawValue else {
                    throw AkinError(
                        .invalidArgument,
                        "Run \(run.id) groups passages; only clusters of whole documents can be searched.")
                }
                let number = try self.cluster(cluster, of: run, reader).number
                return Filter(condition: .condition(.cluster(run: run.id), .compareNumber(.equal, Double(number))))
            }
        }
    }

    private func newestDocumentRun(_ reader: StoreReader) throws -> ClusterRun {
        guard let run = try reader.newestDocumentRun() else {
            throw AkinError(
                .notFound, "The documents of \(path) have not been clustered yet.", remedy: .cluster)
        }
        return run
    }

    /// Deletes a cluster run: its clusters and labels, not its documents. The runs before and after it stay.
    ///
    /// - Parameter run: Its number or name.
    /// - Returns: The run's number.
    /// - Throws: `AkinError(.notFound)` when there is no such run.
    @discardableResult
    public func deleteClusterRun(_ run: String) async throws -> Int64 {
        try await offload { [self] in
            try store.write { writer in
                let found = try find(run, writer)
                _ = try writer.deleteClusterRun(id: found.id)
                return found.id
            }
        }
    }

    func find(_ nameOrNumber: String?, _ reader: StoreReader) throws -> ClusterRun {
        let run: ClusterRun? =
            switch nameOrNumber {
            case nil: try reader.newestClusterRun()
            case let text?: try Int64(text).flatMap { try reader.clusterRun(id: $0) } ?? reader.clusterRun(name: text)
            }
        guard let run else {
            throw AkinError(
                .notFound,
                "There is no cluster run\(nameOrNumber.map { " " + $0 } ?? "") in \(path).",
                remedy: .list(.clusterRuns))
        }
        return run
    }

    /// A cluster by number, by label in any letter case, or by a part of its label that no other has.
    private func cluster(_ text: String, of run: ClusterRun, _ reader: StoreReader) throws -> StoredCluster {
        let clusters = try reader.clusters(run: run.id)
        guard !clusters.isEmpty else {
            throw AkinError(
                .notFound, "Run \(run.id) was made by an older Akin, which kept no names.", remedy: .cluster)
        }
        if let found = clusters.first(where: { String($0.number) == text }) { return found }
        let wanted = text.lowercased()
        let exact = clusters.filter { $0.name.lowercased() == wanted }
        let found = exact.isEmpty ? clusters.filter { !wanted.isEmpty && $0.name.lowercased().contains(wanted) } : exact
        if found.count == 1 { return found[0] }
        let names = (found.isEmpty ? clusters : found).prefix(8).map { "\($0.number) \($0.name)" }.joined(
            separator: ", ")
        throw AkinError(
            .notFound,
            found.isEmpty
                ? "Run \(run.id) has no cluster \(text.debugDescription); there are \(names)\(clusters.count > 8 ? ", …" : "")."
                : "\(text.debugDescription) may be one of several clusters: \(names). Give its number.")
    }

    /// A run's report, with the labels that the user has given since.
    func report(of run: ClusterRun, _ reader: StoreReader) throws -> ClusterReport {
        var report = try Self.storedReport(of: run)
        report.about.run = String(run.id)
        let names = Dictionary(try reader.clusters(run: run.id).map { ($0.number, $0.name) }) { first, _ in first }
        for index in report.clusters.indices {
            if let name = names[report.clusters[index].id] { report.clusters[index].label = name }
        }
        return report
    }

    private static func storedReport(of run: ClusterRun) throws -> ClusterReport {
        do {
            return try StoredReport.report(Data(run.body.utf8))
        } catch {
            throw AkinError(
                .invalidData, "Cluster run \(run.id) cannot be read back.", remedy: .cluster, cause: error)
        }
    }
}
