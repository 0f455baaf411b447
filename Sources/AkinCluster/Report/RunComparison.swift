/// How the clusters of an earlier run have changed.
package struct RunComparison: Sendable, Codable, Hashable {
    package enum Change: String, Sendable, Codable, Hashable, CaseIterable {
        case grew, shrank, moved, same, appeared, vanished
    }

    /// A cluster of the other run and the documents it shares with one of this.
    package struct Flow: Sendable, Codable, Hashable {
        package var cluster: Int
        package var label: String
        package var documents: Int

        package init(cluster: Int, label: String, documents: Int) {
            self.cluster = cluster
            self.label = label
            self.documents = documents
        }
    }

    package struct Entry: Sendable, Codable, Hashable {
        package var change: Change
        /// The cluster now; nil when it vanished.
        package var cluster: Int?
        package var label: String
        /// The cluster of the earlier run that it continues; nil when it appeared.
        package var earlier: Int?
        package var earlierLabel: String?
        package var size: Int
        package var earlierSize: Int
        /// Members of both clusters, among the documents that both runs know.
        package var stayed: Int
        /// Members now that the earlier run did not know, and members then that this one does not.
        package var added: Int
        package var gone: Int
        /// Where the other members came from (for a vanished cluster: went to), the most first.
        package var flows: [Flow]
        /// Ids of a few members that came from elsewhere or are new (for a vanished cluster: of those that left).
        package var examples: [String]
    }

    /// The earlier run's name or number, and the day it was made.
    package var run: String
    package var created: String
    /// Documents that both runs know, and the share of their pairs on which the runs agree, corrected for chance
    /// (adjusted Rand index).
    package var common: Int
    package var agreement: Double
    package var entries: [Entry]

    /// A cluster continues another only if they share at least so much of the smaller one's common documents.
    private static let continues = 0.3
    /// The relative change of size from which a cluster has grown or shrunk.
    private static let noticeable = 0.1
    /// The share of the smaller one's members that stayed below which a cluster has moved.
    private static let mostlyTheSame = 0.6

    /// - Complexity: linear in the documents.
    package init(of report: ClusterReport, to earlier: ClusterReport) {
        let before = Dictionary(earlier.points.map { ($0.id, $0.cluster) }) { first, _ in first }
        let now = Dictionary(report.points.map { ($0.id, $0.cluster) }) { first, _ in first }
        let common = report.points.filter { before[$0.id] != nil }
        run = earlier.about.run
        created = earlier.about.created
        self.common = common.count
        agreement = Agreement.adjustedRandIndex(common.map(\.cluster), common.map { before[$0.id] ?? 0 })
        let shared = Shared(common, before)
        let matches = shared.matches(atLeast: Self.continues)
        let (oldLabels, newLabels) = (Self.labels(earlier), Self.labels(report))
        var entries: [Entry] = []
        for cluster in report.clusters {
            let members = report.points.filter { $0.cluster == cluster.id }
            let added = members.filter { before[$0.id] == nil }
            let old = matches[cluster.id].flatMap { number in earlier.clusters.first { $0.id == number } }
            let arrived = members.filter { point in before[point.id].map { $0 != old?.id } ?? false }
            let stayed = old.map { shared.count(now: cluster.id, before: $0.id) } ?? 0
            let gone = old.map { old in earlier.points.filter { $0.cluster == old.id && now[$0.id] == nil }.count } ?? 0
            entries.append(
                Entry(
                    change: Self.change(cluster.size, old?.size, stayed: stayed), cluster: cluster.id,
                    label: cluster.label,
                    earlier: old?.id, earlierLabel: old?.label, size: cluster.size, earlierSize: old?.size ?? 0,
                    stayed: stayed,
                    added: added.count, gone: gone, flows: Self.flows(arrived.compactMap { before[$0.id] }, oldLabels),
                    examples: (added + arrived).prefix(3).map(\.id)))
        }
        let continued = Set(matches.values)
        for cluster in earlier.clusters where !continued.contains(cluster.id) {
            let members = earlier.points.filter { $0.cluster == cluster.id }
            entries.append(
                Entry(
                    change: .vanished, cluster: nil, label: cluster.label, earlier: cluster.id,
                    earlierLabel: cluster.label, size: 0,
                    earlierSize: cluster.size, stayed: 0, added: 0, gone: members.count { now[$0.id] == nil },
                    flows: Self.flows(members.compactMap { now[$0.id] }, newLabels),
                    examples: members.prefix(3).map(\.id)))
        }
        self.entries = entries
    }

    private static func change(_ size: Int, _ earlier: Int?, stayed: Int) -> Change {
        guard let earlier else { return .appeared }
        if Double(stayed) < mostlyTheSame * Double(min(size, earlier)) { return .moved }
        let growth = Double(size - earlier) / Double(max(earlier, 1))
        return growth > noticeable ? .grew : growth < -noticeable ? .shrank : .same
    }

    private static func labels(_ report: ClusterReport) -> [Int: String] {
        Dictionary(report.clusters.map { ($0.id, $0.label) }) { first, _ in first }
    }

    private static func flows(_ clusters: [Int], _ labels: [Int: String]) -> [Flow] {
        var counts: [Int: Int] = [:]
        for cluster in clusters { counts[cluster, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
            .map { Flow(cluster: $0.key, label: labels[$0.key] ?? "", documents: $0.value) }
    }

    /// How many of the common documents each pair of clusters shares.
    private struct Shared {
        private struct Pair: Hashable {
            var now: Int
            var before: Int
        }

        private var pairs: [Pair: Int] = [:]
        private var nowSizes: [Int: Int] = [:]
        private var beforeSizes: [Int: Int] = [:]

        init(_ common: [ClusterReport.Point], _ before: [String: Int]) {
            for point in common {
                guard let cluster = before[point.id] else { continue }
                pairs[Pair(now: point.cluster, before: cluster), default: 0] += 1
                nowSizes[point.cluster, default: 0] += 1
                beforeSizes[cluster, default: 0] += 1
            }
        }

        func count(now: Int, before: Int) -> Int { pairs[Pair(now: now, before: before)] ?? 0 }

        /// Pairs of clusters by falling overlap (Jaccard), each cluster in one pair at most.
        func matches(atLeast least: Double) -> [Int: Int] {
            let ranked = pairs.map { pair, count in
                let union = (nowSizes[pair.now] ?? 0) + (beforeSizes[pair.before] ?? 0) - count
                let smaller = min(nowSizes[pair.now] ?? 0, beforeSizes[pair.before] ?? 0)
                return (
                    now: pair.now, before: pair.before, overlap: Double(count) / Double(max(union, 1)),
                    share: Double(count) / Double(max(smaller, 1))
                )
            }
            var matches: [Int: Int] = [:]
            var taken = Set<Int>()
            for pair in ranked.sorted(by: { ($1.overlap, $0.now, $0.before) < ($0.overlap, $1.now, $1.before) })
            where matches[pair.now] == nil && !taken.contains(pair.before) && pair.share >= least
                && pair.overlap >= least / 2
            {
                matches[pair.now] = pair.before
                taken.insert(pair.before)
            }
            return matches
        }
    }
}
