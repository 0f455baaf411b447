/// Numbers of documents and clusters up to here can be added up without care.
private let counts = 0...(1 << 32)

extension ClusterReport {
    /// What is wrong with a report that was read back; nil when everything in it can be drawn and reckoned with.
    package var fault: String? {
        guard counts.contains(k), requestedK.map(counts.contains) ?? true,
            candidates.allSatisfy({ counts.contains($0.k) })
        else {
            return "It has an impossible number of clusters"
        }
        guard [objective, silhouette].allSatisfy(\.isFinite), candidates.allSatisfy({ $0.score.isFinite }) else {
            return "A figure of it is no number"
        }
        if let fault = clusters.lazy.compactMap(\.fault).first { return fault }
        guard points.allSatisfy(\.isPossible) else { return "A document of it has an impossible place" }
        guard (outliers ?? []).allSatisfy(\.isPossible) else { return "An outlier of it is impossible" }
        guard comparison?.isPossible ?? true else { return "Its comparison with another run is impossible" }
        return isTree(hierarchy ?? []) ? nil : "Its joins of clusters are no tree"
    }

    /// Whether each join is of two clusters, or of earlier joins, that no other join takes.
    private func isTree(_ merges: [Merge]) -> Bool {
        var taken = Set<Int>()
        return merges.enumerated().allSatisfy { place, merge in
            [merge.left, merge.right].allSatisfy { $0 >= 0 && $0 < k + place && taken.insert($0).inserted }
                && merge.similarity.isFinite && counts.contains(merge.size)
        }
    }
}

extension ClusterReport.Cluster {
    fileprivate var fault: String? {
        guard
            ([id, size, outliers ?? 0] + (sources ?? []).map(\.documents) + (periodCounts ?? []) + neighbors.map(\.id))
                .allSatisfy(counts.contains)
        else { return "A number of cluster \(id) is impossible" }
        let figures =
            [share, cohesion, silhouette, outlierFence ?? 0] + keywords.map(\.score) + neighbors.map(\.similarity)
        guard figures.allSatisfy(\.isFinite), (representatives + borderline).allSatisfy(\.isPossible) else {
            return "A figure of cluster \(id) is no number"
        }
        return nil
    }
}

extension ClusterReport.Example {
    fileprivate var isPossible: Bool { similarity.isFinite && (otherCluster ?? 0) >= 0 }
}

extension ClusterReport.Point {
    /// The map's places lie between 0 and 1.
    fileprivate var isPossible: Bool {
        counts.contains(cluster) && similarity.isFinite && [x, y].allSatisfy { (-1...2).contains($0 ?? 0) }
    }
}

extension RunComparison {
    fileprivate var isPossible: Bool {
        agreement.isFinite
            && entries.allSatisfy { entry in
                ([
                    entry.cluster ?? 0, entry.earlier ?? 0, entry.size, entry.earlierSize, entry.stayed, entry.added,
                    entry.gone,
                ]
                    + entry.flows.map(\.documents)).allSatisfy(counts.contains)
            }
    }
}
