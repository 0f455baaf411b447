import AkinCore

/// How the word vectors of a store are trained on its own texts.
///
/// Letters are those of Mikolov et al. 2013 ("Distributed representations of words and phrases") and of Bojanowski et
/// al. 2017 ("Enriching word vectors with subword information").
package struct WordModelOptions: Sendable {
    /// How a model is trained.
    package enum Method: String, Sendable, CaseIterable {
        /// Skip-gram with negative sampling over words and their character n-grams.
        case skipGramSubword = "skipgram-subword"
        /// Positive pointwise mutual information, factored by a truncated singular value decomposition.
        case ppmiSVD = "ppmi-svd"
    }

    /// nil: by the size of the corpus.
    package var method: Method?
    /// What both methods share. Without `epochs`, as many as the size of the corpus asks for: 40 for a small one and 1
    /// for 40 million words. Without `minimumCount`, 1 for a corpus of fewer than 20,000 words, where most words are
    /// rare, 2 up to a million, then 5. Only buckets that words of the vocabulary share get a vector, no more of them
    /// than there are words.
    package var training: WordTrainingOptions
    /// The smoothing parameter of the SIF weight a / (a + p(w)).
    package var sifParameter = 3e-3

    package init() {
        training = WordTrainingOptions(algorithm: .fasttext)
        training.dimension = 128
        training.sample = 1e-4
        training.learningRate = 0.05
        training.buckets = 1 << 21
        training.noiseExponent = 0.75
        training.threads = 1
    }
}

extension WordModelOptions {
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
    /// all (`WordStream` takes that many words of a larger corpus).
    func chosenEpochs(words: Int) -> Int {
        let visits = min(max(5_000_000, 7 * words), 40_000_000)
        return min(40, max(1, visits / max(words, 1)))
    }

    /// How skip-gram is trained on a stream of so many words.
    func skipGram(words: Int) -> WordTrainingOptions {
        var result = training
        result.epochs = training.epochs ?? chosenEpochs(words: words)
        return result
    }

    func validate() throws {
        try training.validate()
        guard sifParameter > 0 && sifParameter.isFinite else {
            throw AkinError(
                .invalidArgument, "Word vector training needs a positive SIF parameter, not \(sifParameter).")
        }
    }
}
