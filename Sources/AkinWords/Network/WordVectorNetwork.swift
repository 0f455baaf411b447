import CAkinKernels

/// The two layers of a word2vec model and what it is trained for.
///
/// Skip-gram and continuous bag of words: Mikolov et al. 2013, "Efficient estimation of word representations in vector
/// space"; negative sampling: the same, "Distributed representations of words and phrases"; subwords: Bojanowski et al.
/// 2017, "Enriching word vectors with subword information".
package struct WordVectorNetwork: Sendable {
    package enum Objective: Sendable {
        /// The word against `count` words drawn from `noise`; output row w belongs to word w.
        case negativeSampling(noise: AliasTable, count: Int)
        /// The turns on the way from the root of a binary tree to the word: lists of output rows, and beside each row 1
        /// for a turn to the left and 0 for one to the right.
        case hierarchicalSoftmax(paths: RowLists, labels: [Float])
    }

    package let architecture: WordArchitecture
    package let objective: Objective
    /// The most words on each side that are context; for each word, a number drawn from 1 … window of them is taken.
    package let window: Int
    /// The probability with which an occurrence of each word is kept.
    package let keep: [Float]
    /// The rows of `input` that each word's vector is the mean of; nil: row w for word w.
    package let parts: RowLists?
    package let input: WordVectorRows
    package let output: WordVectorRows

    package init(
        architecture: WordArchitecture, objective: Objective, window: Int, keep: [Float], parts: RowLists?,
        input: WordVectorRows,
        output: WordVectorRows
    ) {
        precondition(input.dimension == output.dimension && window >= 1)
        self.architecture = architecture
        self.objective = objective
        self.window = window
        self.keep = keep
        self.parts = parts
        self.input = input
        self.output = output
    }

    /// The most outputs of one step.
    var mostOutputs: Int {
        switch objective {
        case .negativeSampling(_, let count): count + 1
        case .hierarchicalSoftmax(let paths, _): max(paths.longest, 1)
        }
    }
}
