import AkinVectors

/// Puts clusters into words: names, keywords, examples and neighbours.
struct ClusterDescription {
    private static let keywordCount = 10
    private static let labelWords = 3
    private static let exampleCount = 5
    private static let neighborCount = 3

    let clusters: [ClusterReport.Cluster]

    init(items: [ClusterItem], result: KMeansResult, memberships: [Membership], quality: ClusterQuality, textLength: Int) {
        let keywords = ClassKeywords(
            documents: items.map(\.tokens), classes: result.assignments, classCount: result.k, limit: Self.keywordCount
        ).keywords
        let cosines = result.centroids.multipliedByTranspose(of: result.centroids)
        clusters = result.members.enumerated().map { cluster, members in
            let example = { (row: Int, other: Int?) in
                ClusterReport.Example(
                    id: items[row].id, title: items[row].title, text: ShortText.line(items[row].text, limit: textLength),
                    source: items[row].source, similarity: Double(memberships[row].similarity), otherCluster: other)
            }
            let nearest = members.sorted { (memberships[$1].similarity, $0) < (memberships[$0].similarity, $1) }
            let contested = members.filter { memberships[$0].runnerUp != nil }
                .sorted { (memberships[$0].margin, $0) < (memberships[$1].margin, $1) }
            let representatives = Self.distinct(nearest, items, besides: [])
            let borderline = Self.distinct(contested, items, besides: representatives)
            return ClusterReport.Cluster(
                id: cluster, size: members.count, share: Double(members.count) / Double(items.count),
                label: Self.label(keywords[cluster], cluster), keywords: keywords[cluster],
                cohesion: quality.cohesion[cluster], silhouette: quality.silhouettes[cluster],
                representatives: representatives.map { example($0, nil) },
                borderline: borderline.map { example($0, memberships[$0].runnerUp) },
                neighbors: (0..<result.k).filter { $0 != cluster }
                    .sorted { (cosines[cluster, $1], $0) < (cosines[cluster, $0], $1) }.prefix(Self.neighborCount)
                    .map { ClusterReport.Neighbor(id: $0, similarity: Double(cosines[cluster, $0])) })
        }
    }

    private static func label(_ keywords: [Keyword], _ cluster: Int) -> String {
        keywords.isEmpty ? "Cluster \(cluster)" : keywords.prefix(labelWords).map(\.term).joined(separator: " · ")
    }

    /// The first rows with different texts, none of them a text of `besides`.
    private static func distinct(_ rows: [Int], _ items: [ClusterItem], besides: [Int]) -> [Int] {
        var seen = Set(besides.map { items[$0].text })
        var chosen: [Int] = []
        for row in rows where chosen.count < exampleCount && seen.insert(items[row].text).inserted { chosen.append(row) }
        return chosen
    }
}
