import AkinCore
package import AkinVectors

/// Clusters documents and describes the result.
package enum ClusterReportBuilder {
    /// Characters of a text kept in `Point.text`, and in examples.
    private static let pointTextLength = 160
    private static let exampleTextLength = 600

    /// Clusters the vectors and builds the report.
    ///
    /// - Parameters:
    ///   - items: the documents.
    ///   - vectors: (items, dimension), of any length. Rows of zeros are documents without a vector: they are listed
    ///     separately and get `KMeansResult.unassigned`.
    ///   - encodeTerms: vectors of terms in the space of `vectors`, one row each, to rank keywords by meaning; nil
    ///     where there are none.
    ///   - progress: called with the name of a stage and the share of the whole that is done.
    /// - Returns: the report and, for all items, the result of k-means.
    /// - Throws: `invalidArgument` when the numbers of items and vectors differ or `options.k` is below 1;
    ///   `invalidData` for vectors that are not finite.
    package static func build(
        items: [ClusterItem], vectors: Matrix, options: ClusterOptions = ClusterOptions(),
        encodeTerms: (([String]) throws -> Matrix)? = nil, progress: ((String, Double) -> Void)? = nil
    ) throws -> (report: ClusterReport, result: KMeansResult) {
        guard items.count == vectors.rows else {
            throw AkinError(
                .invalidArgument,
                "There are \(items.count) documents but \(vectors.rows) vectors; pass one row for each document.")
        }
        var unit = vectors
        unit.normalizeRows()
        let present = (0..<unit.rows).filter { row in unit.row(row).contains { $0 != 0 } }
        if present.count < unit.rows { unit = unit.gathered(present) }

        let means = KMeansOptions(seed: options.seed, restarts: options.restarts, threads: options.threads)
        var candidates: [ClusterReport.Candidate] = []
        let k: Int
        if let wanted = options.k {
            k = wanted
        } else {
            progress?("choosing the number of clusters", 0)
            let choice = try ClusterCount.choose(unit, options: means)
            candidates = choice.candidates.map { ClusterReport.Candidate(k: $0.k, score: $0.score) }
            k = max(choice.k, 1)
        }
        progress?("clustering", 0.3)
        var result = try KMeans.cluster(unit, k: k, options: means)
        progress?("describing clusters", 0.6)
        let memberships = try Membership.all(
            unit, assignments: result.assignments, centroids: result.centroids, threads: options.threads)
        let quality = ClusterQuality(memberships, k: result.k)
        let description = try ClusterDescription(
            items: present.map { items[$0] }, result: result, memberships: memberships, quality: quality,
            textLength: exampleTextLength, encodeTerms: encodeTerms)
        var places: [MapLayout.Place] = []
        if options.layout {
            progress?("drawing the map", 0.7)
            places = try MapLayout.places(
                unit, assignments: result.assignments, centroids: result.centroids, seed: options.seed,
                threads: options.threads)
        }
        let points = present.indices.map { index in
            let item = items[present[index]]
            var point = ClusterReport.Point(
                id: item.id, cluster: memberships[index].cluster, similarity: Double(memberships[index].similarity),
                x: places.isEmpty ? nil : places[index].x, y: places.isEmpty ? nil : places[index].y,
                text: ShortText.line(item.title.flatMap { $0.isEmpty ? nil : $0 } ?? item.text, limit: pointTextLength),
                date: item.date)
            point.isOutlier = description.isOutlier[index]
            return point
        }
        var assignments = [Int](repeating: KMeansResult.unassigned, count: items.count)
        for (index, row) in present.enumerated() { assignments[row] = result.assignments[index] }
        result.assignments = assignments
        var report = ClusterReport(
            about: options.about, algorithm: "spherical k-means", seed: options.seed, k: result.k,
            requestedK: options.k,
            candidates: candidates, objective: result.objective, silhouette: quality.silhouette,
            clusters: description.clusters,
            points: points,
            withoutVector: items.indices.filter { assignments[$0] == KMeansResult.unassigned }.map { items[$0].id })
        report.outliers = description.outliers
        report.periods = description.periods
        report.hierarchy = ClusterHierarchy.merges(
            centroids: result.centroids,
            lengths: description.clusters.map { $0.cohesion * Double($0.size) }, sizes: description.clusters.map(\.size)
        )
        return (report, result)
    }
}
