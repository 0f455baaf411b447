import AkinCluster
import AkinCore
import AkinEncoder
import AkinReport
import AkinStore
import AkinText
import AkinVectors
public import Foundation

/// A clustering that was just made or is read back from the store.
public struct ClusterOutcome: RenderableReport {
    /// The run's number in the store; nil when it was not kept.
    public let run: Int64?
    public let k: Int
    /// Sentences a person should see, such as documents left out.
    public let notes: [String]
    let report: ClusterReport

    public func rendered(as format: ReportFormat, width: Int = 80, color: Bool = false) throws -> Data {
        let target: AkinReport.ReportFormat =
            switch format {
            case .html: .html
            case .markdown: .markdown
            case .json: .json
            case .csv: .csv
            case .terminal: .terminal
            }
        return Data(try ReportRenderer.render(report, as: target, width: width, color: color).utf8)
    }
}

extension Database {
    /// Groups the store's documents (or passages) by meaning with spherical k-means and names each group by its words.
    public func cluster(_ options: ClusteringOptions = ClusteringOptions(), progress: ProgressHandler? = nil) async throws -> ClusterOutcome
    {
        try await offload { [self] in
            let input = try store.read { try clusterInput(options.unit, filter: options.filter, $0) }
            let about = ClusterReport.About(
                title: "Clusters of \(URL(filePath: path).deletingPathExtension().lastPathComponent)",
                created: Date.now.formatted(.iso8601),
                store: URL(filePath: path).lastPathComponent, encoder: input.encoder, unit: options.unit.rawValue,
                filter: options.filter?.description)
            var (report, result) = try ClusterReportBuilder.build(
                items: input.items, vectors: input.vectors,
                options: ClusterOptions(k: options.count, seed: options.seed, threads: configuration.threads, about: about)
            ) { phase, share in
                progress?(WorkProgress(phase: phase, completed: share * 100, total: 100, unit: "%", documents: 0))
            }
            var notes: [String] = []
            if !report.withoutVector.isEmpty {
                let count = report.withoutVector.count
                notes.append(
                    "\(count) \(options.unit.rawValue)\(count == 1 ? " has" : "s have") no vector "
                        + "and \(count == 1 ? "is" : "are") in no cluster."
                )
            }
            if let wanted = options.count, report.k < wanted {
                notes.append("Of \(wanted) clusters asked for \(report.k) could be made: there are no more distinct vectors.")
            }
            var run: Int64?
            if options.save && mode != .readOnly {
                run = try save(&report, assignments: result.assignments, rows: input.documentRows, options: options)
            }
            return ClusterOutcome(run: run, k: report.k, notes: notes, report: report)
        }
    }

    /// The clusterings kept in the store, oldest first.
    public func clusterRuns() async throws -> [ClusterRunSummary] {
        try await offload { [self] in
            try store.read { reader in
                try reader.clusterRuns().map { run in
                    let report = try decode(run)
                    return ClusterRunSummary(
                        run: run.id, name: run.name, created: report.about.created, k: run.k,
                        unit: ClusterUnit(rawValue: run.unit) ?? .document, documents: report.points.count, silhouette: report.silhouette)
                }
            }
        }
    }

    /// A clustering kept in the store, by name or number; nil takes the newest.
    public func clusterRun(_ nameOrNumber: String? = nil) async throws -> ClusterOutcome {
        try await offload { [self] in
            let run = try store.read { try find(nameOrNumber, $0) }
            let report = try decode(run)
            return ClusterOutcome(run: run.id, k: report.k, notes: [], report: report)
        }
    }

    /// Gives a clustering a name to ask for it by.
    public func renameClusterRun(_ nameOrNumber: String, to name: String) async throws {
        try await offload { [self] in
            guard !name.isEmpty, Int64(name) == nil else {
                throw AkinError(
                    .invalidArgument, "\(name.debugDescription) cannot name a run: choose a name that is not empty and not a number.")
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

    private func find(_ nameOrNumber: String?, _ reader: StoreReader) throws -> ClusterRun {
        let run: ClusterRun? =
            switch nameOrNumber {
            case nil: try reader.clusterRuns().last
            case let text?: try Int64(text).flatMap { try reader.clusterRun(id: $0) } ?? reader.clusterRun(name: text)
            }
        guard let run else {
            throw AkinError(
                .notFound,
                "There is no cluster run\(nameOrNumber.map { " " + $0 } ?? "") in \(path): 'akin cluster list' shows what there is.")
        }
        return run
    }

    private func decode(_ run: ClusterRun) throws -> ClusterReport {
        do {
            var report = try JSONDecoder().decode(ClusterReport.self, from: Data(run.body.utf8))
            report.about.run = String(run.id)
            return report
        } catch {
            throw AkinError(.invalidData, "Cluster run \(run.id) cannot be read back: make it anew with 'akin cluster'.", cause: error)
        }
    }

    private func save(_ report: inout ClusterReport, assignments: [Int], rows: [Int64], options: ClusteringOptions) throws -> Int64 {
        let body = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        let run = ClusterRun(k: report.k, seed: options.seed, unit: options.unit.rawValue, body: body)
        let members = options.unit == .document ? zip(rows, assignments).filter { $0.1 >= 0 } : []
        let id = try store.write { try $0.saveClusterRun(run, assignments: members.map { (document: $0.0, cluster: $0.1) }) }
        report.about.run = String(id)
        return id
    }
}
