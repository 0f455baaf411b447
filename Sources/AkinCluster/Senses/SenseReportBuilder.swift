package import AkinVectors

/// Divides the occurrences of a word into senses and describes each.
package struct SenseReportBuilder {
    private static let keywordCount = 6

    private let items: [SenseItem]
    private let vectors: Matrix
    private let induction: SenseInduction
    /// Where each occurrence stands on the map.
    private let places: [MapLayout.Place]

    /// - Parameters:
    ///   - items: the occurrences, at least one.
    ///   - vectors: (items, dimension): what a contextual encoder makes of the word in each sentence; none of zeros.
    ///   - count: the number of senses; nil lets the data choose.
    package init(items: [SenseItem], vectors: Matrix, count: Int? = nil, seed: UInt64, threads: Int) throws {
        precondition(items.count == vectors.rows)
        self.items = items
        self.vectors = vectors
        induction = try SenseInduction(vectors: vectors, count: count, seed: seed, threads: threads)
        places = try MapLayout.places(
            induction.rows, assignments: induction.assignments, centroids: induction.centroids, seed: seed,
            threads: threads)
    }

    /// The report.
    ///
    /// - Parameters:
    ///   - encoder: the name of what made the vectors.
    ///   - passages: how many passages hold the word.
    ///   - wordVector: what the encoder makes of the word by itself; nil where it has no vector.
    ///   - examples: the most example sentences of a sense.
    package func report(
        word: String, encoder: String, passages: Int, wordVector: [Float]?, examples: Int
    ) -> SenseReport {
        let occurrences = items.indices.map(occurrence)
        let keywords = ClassKeywords(
            documents: items.map(\.tokens), classes: induction.assignments, classCount: induction.count,
            limit: Self.keywordCount
        ).keywords
        let senses = (0..<induction.count).map { sense in
            let members = items.indices.filter { induction.assignments[$0] == sense }
            return SenseReport.Sense(
                sense: sense, size: members.count, share: Double(members.count) / Double(items.count),
                keywords: keywords[sense].map(\.term), distance: distance(of: members, to: wordVector),
                examples: Self.examples(members, occurrences, limit: examples))
        }
        return SenseReport(
            word: word, encoder: encoder, passages: passages, silhouettes: induction.silhouettes,
            bimodality: induction.bimodality, threshold: SenseInduction.threshold, senses: senses,
            occurrences: occurrences)
    }

    private func occurrence(_ index: Int) -> SenseReport.Occurrence {
        let (item, sense, place) = (items[index], induction.assignments[index], places[index])
        return SenseReport.Occurrence(
            id: item.id, passage: item.passage, range: item.range, sense: sense,
            typicality: Double(VectorMath.dot(induction.rows.row(index), induction.centroids.row(sense))),
            x: place.x, y: place.y, text: item.sentence, word: item.word)
    }

    /// 1 − cosine of the members' mean direction and the word's own vector; 0 without one.
    private func distance(of members: [Int], to wordVector: [Float]?) -> Double {
        guard let wordVector else { return 0 }
        let center = VectorMath.normalized(vectors.sum(ofRows: members.map(Int32.init)))
        return 1 - Double(VectorMath.dot(center, VectorMath.normalized(wordVector)))
    }

    /// The most typical members, each with another sentence.
    private static func examples(_ members: [Int], _ occurrences: [SenseReport.Occurrence], limit: Int) -> [Int] {
        var seen: Set<String> = []
        let ordered = members.sorted { (occurrences[$1].typicality, $0) < (occurrences[$0].typicality, $1) }
        return Array(ordered.filter { seen.insert(occurrences[$0].text).inserted }.prefix(limit))
    }
}
