package import AkinVectors

/// Divides the occurrences of a word into senses by their contextual vectors (word sense induction, Schütze 1998,
/// "Automatic word sense discrimination").
///
/// The vectors of one word share what the word means in every sense, so their mean is subtracted. Whether the word has
/// several senses is asked first: it has, where the differences fall into two groups whose axis shows two humps in
/// occurrences that did not decide it (`HeldOutBimodality`), or where their groups are far apart. Then they are
/// clustered by spherical k-means for each number of senses up to eight, and the number with the largest mean
/// silhouette (Rousseeuw 1987) is taken, less a little for each sense more.
package struct SenseInduction: Sendable {
    /// The bimodality from which a word has several senses.
    ///
    /// Chosen, with `pricePerSense`, on nouns of one meaning in mixed English and on pseudo-words: two or three such
    /// nouns, the vectors of which were moved together until 20 or 30 % of the distance of their means was left.
    package static let threshold = 0.5
    /// What a sense more must add to the mean silhouette.
    package static let pricePerSense = 0.02
    /// The silhouette from which a word has several senses whatever the bimodality.
    private static let clearSilhouetteOfMany = 0.25
    /// The same for fewer than `fewOccurrences`, halves of which are too small to show two humps.
    ///
    /// Chosen on sentences written for the purpose and on words of a news corpus that have one meaning: all of 10 words
    /// with two or three senses reach it (.205 to .44), and 21 of 24 words with one meaning do not (.08 to .20; the
    /// three others are “train”, “engine” and “professor”).
    private static let clearSilhouetteOfFew = 0.2
    private static let fewOccurrences = 60

    /// The silhouette from which a word with so many occurrences has several senses whatever the bimodality.
    package static func clearSilhouette(ofOccurrences count: Int) -> Double {
        count < fewOccurrences ? clearSilhouetteOfFew : clearSilhouetteOfMany
    }
    /// The largest number of senses tried.
    package static let mostSenses = 8
    /// The fewest occurrences a sense has on average.
    private static let leastOccurrences = 5

    /// The sense of each occurrence, 0 ..< count, numbered by falling size.
    package let assignments: [Int]
    /// (senses, dimension): the mean direction of each sense's rows.
    package let centroids: Matrix
    /// (occurrences, dimension): the unit vectors minus `mean`, at unit length again.
    package let rows: Matrix
    /// The mean of the unit vectors.
    package let mean: [Float]
    /// How clearly the rows fall into two groups: see `HeldOutBimodality`.
    package let bimodality: Double
    /// The mean silhouette for each number of senses that was tried, from 2.
    package let silhouettes: [Double]

    package var count: Int { centroids.rows }

    /// - Parameters:
    ///   - vectors: (occurrences, dimension), at least one row, none of zeros.
    ///   - count: The number of senses; nil lets the data choose.
    /// - Complexity: k-means over the occurrences for 2 to 8 senses, and over halves of them for two.
    package init(vectors: Matrix, count: Int? = nil, seed: UInt64 = 42, threads: Int = 1) throws {
        precondition(vectors.rows > 0)
        var unit = vectors
        unit.normalizeRows()
        let mean = unit.meanRow()
        self.mean = mean
        let rows = Self.centred(unit, mean)
        self.rows = rows
        let options = KMeansOptions(seed: seed, threads: threads)
        let isSpread = (0..<rows.rows).allSatisfy { rows.largestMagnitude(row: $0) > 0 }
        let limit = isSpread ? min(Self.mostSenses, rows.rows / Self.leastOccurrences) : 1
        let tried = count.map { [$0] } ?? (limit >= 2 ? Array(2...limit) : [])
        bimodality = isSpread && limit >= 2 ? try HeldOutBimodality.measure(rows, options: options) : 0
        var best: (result: KMeansResult, score: Double)?
        var silhouettes: [Double] = []
        for k in tried where k > 1 && isSpread {
            let result = try KMeans.cluster(rows, k: k, options: options)
            let silhouette = try Silhouette.mean(rows, result, threads: threads)
            silhouettes.append(silhouette)
            let score = silhouette - Self.pricePerSense * Double(k - 2)
            if score > best?.score ?? -.infinity { best = (result, score) }
        }
        let clear = Self.clearSilhouette(ofOccurrences: rows.rows)
        if count == nil, bimodality < Self.threshold, silhouettes.allSatisfy({ $0 < clear }) {
            best = nil
        }
        self.silhouettes = silhouettes
        if let best {
            assignments = best.result.assignments
            centroids = best.result.centroids
        } else {
            assignments = [Int](repeating: 0, count: rows.rows)
            centroids = Matrix([VectorMath.normalized(rows.sum(ofRows: 0..<Int32(rows.rows)))])
        }
    }

    /// The unit vectors minus their mean, at unit length again; zeros for a vector that equals the mean.
    private static func centred(_ unit: Matrix, _ mean: [Float]) -> Matrix {
        var rows = unit
        for row in 0..<rows.rows { rows.setRow(row, VectorMath.normalized(zip(unit.row(row), mean).map { $0 - $1 })) }
        return rows
    }
}
