import AkinCore

/// How word vectors are trained.
///
/// Letters are those of Mikolov et al. 2013 ("Distributed representations of words and phrases") and of Bojanowski et
/// al. 2017 ("Enriching word vectors with subword information").
package struct WordVectorTrainingOptions: Sendable {
    /// How a model is trained.
    package enum Method: String, Sendable, CaseIterable {
        /// Skip-gram with negative sampling over words and their character n-grams.
        case skipGramSubword = "skipgram-subword"
        /// Positive pointwise mutual information, factored by a truncated singular value decomposition.
        case ppmiSVD = "ppmi-svd"
    }

    /// nil: by the size of the corpus.
    package var method: Method? = nil
    /// Components of a vector.
    package var dimension = 128
    /// The most words on each side that are context ("c"); skip-gram draws 1 … window for each word.
    package var window = 5
    /// Noise words drawn for each context word ("k").
    package var negatives = 5
    /// Passes over the corpus; nil: by the size of the corpus, 40 for a small one and 1 for 40 million words.
    package var epochs: Int? = nil
    /// Rarer words are not learned; nil: 1 for a corpus of fewer than 20,000 words, where most words are rare, 2 up to
    /// a million, then 5.
    package var minimumCount: Int? = nil
    /// The frequency above which words are thinned out ("t"): a word of frequency f is kept with probability √(t/f) +
    /// t/f.
    package var sample = 1e-4
    /// The learning rate at the start; it falls linearly to 0.
    package var learningRate: Float = 0.05
    /// Hash buckets of the character n-grams; 0 for none. Only buckets that words of the vocabulary share get a vector,
    /// no more of them than there are words.
    package var bucketCount = 1 << 21
    /// Lengths of the character n-grams, in scalars, with the `<` and `>` that mark a word's ends.
    package var subwordLengths = 3...6
    /// The smoothing parameter of the SIF weight a / (a + p(w)).
    package var sifParameter = 3e-3
    package var seed: UInt64 = 1
    /// With one thread the same corpus and options give the same bytes. More threads update shared rows without locks,
    /// so that results differ from run to run in detail.
    package var threads = 1

    package init() {}
}

extension WordVectorTrainingOptions {
    /// Skip-gram once the corpus has enough words for it.
    ///
    /// Measured on evenly spread parts of the Cranfield abstracts, nDCG@10 of cosine alone, PPMI-SVD / skip-gram:
    /// 22,000 words .446 / .369, 56,000 .369 / .371, 112,000 .303 / .338, 226,000 .274 / .282.
    func chosenMethod(words: Int) -> Method { words < 60_000 ? .ppmiSVD : .skipGramSubword }

    func chosenMinimumCount(words: Int) -> Int {
        switch words {
        case ..<20_000: 1
        case ..<1_000_000: 2
        default: 5
        }
    }

    /// As many passes as visit about 5 million words, at most 40 and at least 7, but no more than 40 million visits in
    /// all (of a larger corpus `WordStream` takes that much).
    func chosenEpochs(words: Int) -> Int {
        let visits = min(max(5_000_000, 7 * words), 40_000_000)
        return min(40, max(1, visits / max(words, 1)))
    }

    /// How skip-gram is trained on a stream of so many words.
    func embedding(words: Int) -> EmbeddingTrainingOptions {
        var result = EmbeddingTrainingOptions()
        result.algorithm = .fastText
        result.dimension = dimension
        result.window = window
        result.negatives = negatives
        result.noiseExponent = 0.75
        result.epochs = epochs ?? chosenEpochs(words: words)
        result.sample = sample
        result.learningRate = learningRate
        result.seed = seed
        result.threads = threads
        return result
    }

    func validate() throws {
        func require(_ holds: Bool, _ message: String) throws {
            guard holds else { throw AkinError(.invalidArgument, "Word vector training needs \(message).") }
        }
        try require((1...4096).contains(dimension), "a dimension of 1 to 4096, not \(dimension)")
        try require((1...1000).contains(window), "a window of 1 to 1000 words, not \(window)")
        try require((0...1000).contains(negatives), "0 to 1000 negatives, not \(negatives)")
        try require(epochs.map { $0 > 0 } ?? true, "at least one epoch, not \(epochs ?? 0)")
        try require(minimumCount.map { $0 >= 1 } ?? true, "a minimum count of at least 1, not \(minimumCount ?? 0)")
        try require(sample >= 0 && sample.isFinite, "a sample threshold of 0 or more, not \(sample)")
        try require(learningRate > 0 && learningRate.isFinite, "a positive learning rate, not \(learningRate)")
        try require((0...Int(Int32.max)).contains(bucketCount), "0 to \(Int32.max) buckets, not \(bucketCount)")
        try require(subwordLengths.lowerBound >= 1, "n-gram lengths of at least 1, not \(subwordLengths)")
        try require(sifParameter > 0 && sifParameter.isFinite, "a positive SIF parameter, not \(sifParameter)")
        try require(threads >= 1, "at least one thread, not \(threads)")
    }
}
