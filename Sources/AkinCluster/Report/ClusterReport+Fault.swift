import AkinCore

/// Numbers of documents and clusters in this range can be added without overflow.
private let counts = 0...(1 << 32)

extension ClusterReport {
    /// Why a report that was read back cannot be drawn or computed with.
    package enum Fault: Hashable, CustomStringConvertible {
        case clusterCount
        case figure
        case clusterNumber(cluster: Int)
        case clusterFigure(cluster: Int)
        case point
        case outlier
        case comparison
        case hierarchy

        package var description: String {
            switch self {
            case .clusterCount: "Its number of clusters is impossible"
            case .figure: "One of its figures is not finite"
            case .clusterNumber(let cluster): "A number of its cluster \(cluster) is impossible"
            case .clusterFigure(let cluster): "A figure of its cluster \(cluster) is not finite"
            case .point: "One of its documents has an impossible place"
            case .outlier: "One of its outliers is impossible"
            case .comparison: "Its comparison with another run is impossible"
            case .hierarchy: "Its hierarchy of clusters is not a tree"
            }
        }
    }

    /// The first thing wrong with a report that was read back; nil when it can be drawn and computed with.
    package var fault: Fault? {
        guard counts.contains(k), requestedK.map(counts.contains) ?? true,
            candidates.allSatisfy({ counts.contains($0.k) })
        else { return .clusterCount }
        guard [objective, silhouette].allSatisfy(\.isFinite), candidates.allSatisfy({ $0.score.isFinite }) else {
            return .figure
        }
        if let fault = clusters.lazy.compactMap(\.fault).first { return fault }
        guard points.allSatisfy(\.isPossible) else { return .point }
        guard (outliers ?? []).allSatisfy(\.isPossible) else { return .outlier }
        guard comparison?.isPossible ?? true else { return .comparison }
        return isTree(hierarchy ?? []) ? nil : .hierarchy
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
    fileprivate var fault: ClusterReport.Fault? {
        let numbers =
            [id, size, outliers ?? 0] + (sources ?? []).map(\.documents) + (periodCounts ?? []) + neighbors.map(\.id)
        guard numbers.allSatisfy(counts.contains) else { return .clusterNumber(cluster: id) }
        let figures =
            [share, cohesion, silhouette, outlierFence ?? 0] + keywords.map(\.score) + neighbors.map(\.similarity)
        guard figures.allSatisfy(\.isFinite), (representatives + borderline).allSatisfy(\.isPossible) else {
            return .clusterFigure(cluster: id)
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

extension ClusterRunComparison {
    fileprivate var isPossible: Bool { agreement.isFinite && entries.allSatisfy(\.isPossible) }
}

extension ClusterRunComparison.Entry {
    fileprivate var isPossible: Bool {
        ([cluster ?? 0, earlier ?? 0, size, earlierSize, stayed, added, gone] + flows.map(\.documents))
            .allSatisfy(counts.contains)
    }
}
