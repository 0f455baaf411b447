import AkinCluster
import AkinCore
import AkinReport
import AkinStore
import AkinText
import AkinVectors
import Foundation

extension Database {
    /// Groups the store's documents (or passages) by meaning with spherical k-means and names each group by its words.
    ///
    /// Labels that the user gave to clusters of the previous run (`renameCluster`) stay with the clusters that continue
    /// them.
    public func cluster(_ options: ClusteringOptions = ClusteringOptions(), progress: ProgressHandler? = nil)
        async throws -> ClusterOutcome
    {
        try await offload { [self] in
            // A missing run to compare with is reported before the work begins.
            let earlier: ClusterReport? = try store.read { reader in
                try options.compareTo.map { try self.report(of: try find($0, reader), reader) }
            }
            let input = try store.read { try clusterInput(options, $0) }
            let about = ClusterReport.About(
                title: "Clusters of \(URL(filePath: path).deletingPathExtension().lastPathComponent)",
                created: Date.now.formatted(.iso8601),
                store: URL(filePath: path).lastPathComponent, encoder: input.space.encoderName,
                unit: options.unit, filter: options.filter?.description)
            var (report, result) = try ClusterReportBuilder.build(
                items: input.items, vectors: input.vectors,
                options: ClusterOptions(
                    k: options.count, seed: options.seed, threads: configuration.threads, about: about),
                encodeTerms: termEncoder(input.space)
            ) { phase, share in
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: phase), completed: share * 100, total: 100, unit: .percent, documents: 0)
                )
            }
            let given = try keepGivenLabels(in: &report, unit: options.unit)
            let labels = try store.read {
                try ClusterLabels(documents: input.documentRows, assignments: result.assignments, $0)
            }
            for index in report.clusters.indices {
                report.clusters[index].labels = labels.labels(ofCluster: report.clusters[index].id)
            }
            if let earlier { report.comparison = ClusterRunComparison(of: report, to: earlier) }
            var run: Int64?
            if options.save && mode != .readOnly { run = try save(&report, result, given: given, input, options) }
            return ClusterOutcome(
                run: run, notes: input.notes + notes(on: report, options), report: report)
        }
    }

    private func notes(on report: ClusterReport, _ options: ClusteringOptions) -> [Note] {
        var notes: [Note] = []
        if !report.withoutVector.isEmpty {
            let count = report.withoutVector.count
            notes.append(
                Note(
                    "\(count) \(options.unit.rawValue)\(count == 1 ? " has" : "s have") no vector "
                        + "and \(count == 1 ? "is" : "are") in no cluster."))
        }
        if let wanted = options.count, report.k < wanted {
            notes.append(
                "Of \(wanted) clusters asked for \(report.k) could be made: there are no more distinct vectors.")
        }
        return notes
    }

    /// What gives terms vectors in a space; nil where its encoder is not on this machine. Names then rest on counts
    /// alone.
    private func termEncoder(_ space: VectorSpace) -> (([String]) throws -> Matrix)? {
        guard !space.isImported, let encoder = try? encoder(of: space) else { return nil }
        let threads = configuration.threads
        return { terms in try encoder.encode(terms, role: .passage, threads: threads).vectors }
    }

    /// Takes over the labels that the user gave in the newest run of the same unit.
    ///
    /// - Returns: the given labels by cluster.
    private func keepGivenLabels(in report: inout ClusterReport, unit: ClusterUnit) throws -> [Int: String] {
        let found: (labels: [Int: String], report: ClusterReport)? = try store.read { reader in
            guard let run = try reader.newestClusterRun(unit: unit.rawValue) else { return nil }
            let labels = try reader.clusters(run: run.id).compactMap { cluster in
                cluster.givenLabel.map { (cluster.number, $0) }
            }
            return labels.isEmpty ? nil : (Dictionary(labels) { first, _ in first }, try self.report(of: run, reader))
        }
        guard let found else { return [:] }
        let comparison = ClusterRunComparison(of: report, to: found.report)
        var given: [Int: String] = [:]
        for entry in comparison.entries where entry.change != .moved {
            if let cluster = entry.cluster, let label = entry.earlier.flatMap({ found.labels[$0] }) {
                given[cluster] = label
            }
        }
        for index in report.clusters.indices {
            if let label = given[report.clusters[index].id] { report.clusters[index].label = label }
        }
        return given
    }

    private func save(
        _ report: inout ClusterReport, _ result: KMeansResult, given: [Int: String], _ input: ClusterInput,
        _ options: ClusteringOptions
    ) throws -> Int64 {
        let body = String(decoding: try JSONEncoder().encode(StoredReport(report)), as: UTF8.self)
        let run = ClusterRun(
            k: report.k, seed: options.seed, unit: options.unit.rawValue, body: body, space: input.space.id,
            filter: options.filter?.description)
        let clusters = report.clusters.map { cluster in
            StoredCluster(
                number: cluster.id, label: cluster.keywordLabel, givenLabel: given[cluster.id],
                centroid: result.centroids.row(cluster.id))
        }
        let members = options.unit == .document ? zip(input.documentRows, result.assignments).filter { $0.1 >= 0 } : []
        let id = try store.write { writer in
            // A document that was deleted since the vectors were read is left out.
            let present = try members.filter { try writer.document(rowID: $0.0) != nil }
            return try writer.saveClusterRun(
                run, clusters: clusters, assignments: present.map { (document: $0.0, cluster: $0.1) })
        }
        report.about.run = String(id)
        return id
    }
}
