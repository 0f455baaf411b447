/// The senses of a word as a value, for JSON, a terminal or a page.
package struct SenseReport: Sendable, Codable {
    /// A place in a text where the word is used.
    package struct Occurrence: Sendable, Codable {
        /// The document's id, and the passage.
        package var id: String
        package var passage: Int64
        /// Half-open, in Unicode scalars of the document's text.
        package var range: Range<Int>
        package var sense: Int
        /// Cosine to the sense's centre, −1 … 1.
        package var typicality: Double
        /// Place on the map, 0 … 1.
        package var x: Double
        package var y: Double
        /// The sentence, and the place of the word in it: half-open, in Unicode scalars.
        package var text: String
        package var word: Range<Int>

        package init(
            id: String, passage: Int64, range: Range<Int>, sense: Int, typicality: Double, x: Double, y: Double,
            text: String, word: Range<Int>
        ) {
            (self.id, self.passage, self.range, self.sense, self.typicality) = (id, passage, range, sense, typicality)
            (self.x, self.y, self.text, self.word) = (x, y, text, word)
        }
    }

    package struct Sense: Sendable, Codable {
        package var sense: Int
        package var size: Int
        /// Of all occurrences.
        package var share: Double
        package var keywords: [String]
        /// 1 − cosine of the mean contextual vector and the word's static vector.
        package var distance: Double
        /// The most typical occurrences, as indices of `occurrences`.
        package var examples: [Int]

        package init(sense: Int, size: Int, share: Double, keywords: [String], distance: Double, examples: [Int]) {
            (self.sense, self.size, self.share, self.keywords) = (sense, size, share, keywords)
            (self.distance, self.examples) = (distance, examples)
        }
    }

    package var word: String
    package var encoder: String
    /// Passages that hold the word. The occurrences are from all of them, or from a part when there are too many.
    package var passages: Int
    /// The mean silhouette of each number of senses tried, from 2.
    package var silhouettes: [Double]
    /// How clearly the occurrences fall into two groups, and the least value of a word with several senses.
    package var bimodality: Double
    package var threshold: Double
    package var senses: [Sense]
    package var occurrences: [Occurrence]

    package init(
        word: String, encoder: String, passages: Int, silhouettes: [Double], bimodality: Double,
        threshold: Double, senses: [Sense],
        occurrences: [Occurrence]
    ) {
        (self.word, self.encoder, self.passages) = (word, encoder, passages)
        (self.silhouettes, self.bimodality, self.threshold) = (silhouettes, bimodality, threshold)
        (self.senses, self.occurrences) = (senses, occurrences)
    }
}
