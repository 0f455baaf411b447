import AkinVectors

/// Describes clusters: names, keywords, examples and neighbours.
struct ClusterDescription {
    private static let keywordCount = 10
    private static let exampleCount = 5
    private static let neighborCount = 3
    private static let outlierCount = 50
    /// Terms of a cluster that are compared by meaning.
    private static let candidateCount = 30

    let clusters: [ClusterReport.Cluster]
    let outliers: [ClusterReport.Example]
    let periods: [String]
    /// For each item whether it is an outlier.
    let isOutlier: [Bool]

    /// - Parameter encodeTerms: vectors of terms in the space of the items' vectors; nil to rank keywords by counting
    ///   alone.
    init(
        items: [ClusterItem], result: KMeansResult, memberships: [Membership], quality: ClusterQuality, textLength: Int,
        encodeTerms: (([String]) throws -> Matrix)?
    ) throws {
        let keywords = try Self.keywords(items, result, encodeTerms)
        let cosines = result.centroids.multipliedByTranspose(of: result.centroids)
        let timeline = Timeline(dates: items.map(\.date))
        let sources = Sources(items.map(\.source))
        let example = { (row: Int, other: Int?) in
            ClusterReport.Example(
                id: items[row].id, title: items[row].title, text: ShortText.line(items[row].text, limit: textLength),
                source: items[row].source, similarity: Double(memberships[row].similarity), otherCluster: other)
        }
        var isOutlier = [Bool](repeating: false, count: items.count)
        clusters = result.members.enumerated().map { cluster, members in
            let nearest = members.sorted { (memberships[$1].similarity, $0) < (memberships[$0].similarity, $1) }
            let contested = members.filter { memberships[$0].runnerUp != nil }
                .sorted { (memberships[$0].margin, $0) < (memberships[$1].margin, $1) }
            let representatives = Self.distinct(nearest, items, besides: [])
            let borderline = Self.distinct(contested, items, besides: representatives)
            let fence = Outliers.fence(members.map { memberships[$0].similarity })
            for row in members { isOutlier[row] = fence.map { Double(memberships[row].similarity) < $0 } ?? false }
            var described = ClusterReport.Cluster(
                id: cluster, size: members.count, share: Double(members.count) / Double(items.count),
                label: "", keywords: keywords[cluster],
                cohesion: quality.cohesion[cluster], silhouette: quality.silhouettes[cluster],
                representatives: representatives.map { example($0, nil) },
                borderline: borderline.map { example($0, memberships[$0].runnerUp) },
                neighbors: (0..<result.k).filter { $0 != cluster }
                    .sorted { (cosines[cluster, $1], $0) < (cosines[cluster, $0], $1) }.prefix(Self.neighborCount)
                    .map { ClusterReport.Neighbor(id: $0, similarity: Double(cosines[cluster, $0])) })
            described.label = described.keywordLabel
            described.outlierFence = fence
            described.outliers = members.count { isOutlier[$0] }
            described.sources = sources.counts(members)
            if !timeline.periods.isEmpty { described.periodCounts = timeline.counts(members.map { items[$0].date }) }
            return described
        }
        self.isOutlier = isOutlier
        outliers = items.indices.filter { isOutlier[$0] }
            .sorted { (memberships[$0].similarity, $0) < (memberships[$1].similarity, $1) }.prefix(Self.outlierCount)
            .map { example($0, memberships[$0].cluster) }
        periods = timeline.periods
    }

    /// Candidates by class-based TF-IDF, re-ranked by meaning where terms have vectors.
    private static func keywords(
        _ items: [ClusterItem], _ result: KMeansResult, _ encodeTerms: (([String]) throws -> Matrix)?
    ) throws -> [[Keyword]] {
        let candidates = ClassKeywords(
            documents: items.map(\.tokens), classes: result.assignments, classCount: result.k,
            limit: encodeTerms == nil ? keywordCount : candidateCount
        ).keywords
        guard let encodeTerms else { return candidates }
        let ranking = try KeywordRanking(candidates, encode: encodeTerms)
        return candidates.enumerated().map { cluster, terms in
            ranking.ranked(terms, centroid: result.centroids.row(cluster), limit: keywordCount)
        }
    }

    /// The first rows with different texts, none of them a text of `besides`.
    private static func distinct(_ rows: [Int], _ items: [ClusterItem], besides: [Int]) -> [Int] {
        var seen = Set(besides.map { items[$0].text })
        var chosen: [Int] = []
        for row in rows where chosen.count < exampleCount && seen.insert(items[row].text).inserted {
            chosen.append(row)
        }
        return chosen
    }
}
