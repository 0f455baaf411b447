package import AkinVectors

/// Word vectors learned from a corpus, with all that is needed to turn a text into one vector.
package struct WordVectorModel: Sendable {
    package typealias Method = WordModelOptions.Method

    /// How the vectors were learned.
    package let method: Method
    package let vocabulary: WordVocabulary
    /// (words, dimension): the finished vector of each word, its n-grams included.
    package let wordVectors: Matrix
    /// The lengths and the bucket count of the n-grams.
    let hashing: SubwordHashing
    /// The n-gram buckets that have a vector, ascending.
    let buckets: [UInt32]
    /// (buckets, dimension)
    let bucketVectors: Matrix
    /// The a of the SIF weight a / (a + p(w)).
    package let sifParameter: Double
    /// The first principal component of the corpus' SIF means, of unit length; zeros where there was no corpus to take
    /// it from.
    package let component: [Float]

    package var dimension: Int { wordVectors.columns }

    /// The smooth inverse frequency weight of a word, a / (a + p(w)) (Arora, Liang and Ma 2017); 1 for an unknown word,
    /// whose p is 0.
    package func weight(ofWord index: Int?) -> Float {
        guard let index else { return 1 }
        return Float(
            sifParameter / (sifParameter + Double(vocabulary.counts[index]) / Double(max(vocabulary.total, 1))))
    }
}
